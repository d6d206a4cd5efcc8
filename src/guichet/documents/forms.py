"""The forms of the verification pages."""

from __future__ import annotations

from django import forms

from guichet.kit.forms import CodeField, DayField, GuichetForm, UploadField

from .bearers import Bearer
from .verification import MOST_BYTES


class CodeForm(GuichetForm):
    """The code printed on a document."""

    code = CodeField(label="Code de vérification", help_text="Imprimé à côté du code QR, par exemple : 7K2M-9XQA-44CD.")


class FileForm(GuichetForm):
    """The document itself, as it was received."""

    file = UploadField(label="Document PDF, tel que vous l'avez reçu", max_octets=MOST_BYTES)


class BearerForm(GuichetForm):
    """The name and birth date printed on a paper, to be compared with those the office printed."""

    examples = {"family_name": "Favre"}  # noqa: RUF012 - the shape of GuichetForm

    family_name = forms.CharField(
        label="Nom de famille imprimé sur le document", max_length=120, widget=forms.TextInput({"autocomplete": "off"})
    )
    born_on = DayField(label="Date de naissance imprimée sur le document")

    def bearer(self) -> Bearer:
        """The person typed."""
        return Bearer(family_name=self.cleaned_data["family_name"], born_on=self.cleaned_data["born_on"])
