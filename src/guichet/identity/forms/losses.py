"""The questions of a declaration of loss, one form a page, and the forms of the police for the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from guichet.identity.models import DocumentKind, LossKind
from guichet.identity.numbers import EXAMPLE, EXPECTED, is_well_formed, normalise
from guichet.identity.operations.losses import Lost, Told
from guichet.kit.forms import Choice, DayField, GuichetForm, PostalAddressForm, address_lines, plain

_KINDS = (
    (LossKind.LOSS, Choice("Je l'ai perdu")),
    (LossKind.THEFT, Choice("On me l'a volé")),
    (LossKind.DESTRUCTION, Choice("Il est détruit", "Par exemple brûlé ou déchiré : il n'en reste rien d'utilisable.")),
)
_DOCUMENTS = (
    (DocumentKind.PASSPORT, Choice("Passeport", "Aussi un passeport provisoire.")),
    (DocumentKind.IDENTITY_CARD, Choice("Carte d'identité")),
)


class NumberField(forms.CharField):
    """The number of a passport or identity card, however it was typed; gives it as it is compared."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        widget = forms.TextInput({**attrs, "class": "govuk-input--code"})
        super().__init__(**{"widget": widget, "max_length": 20, **kwargs})

    def clean(self, value: str | None) -> str:
        """Eight letters and digits, or nothing if the field may be empty."""
        number = normalise(super().clean(value) or "")
        if number and not is_well_formed(number):
            raise forms.ValidationError(EXPECTED)
        return number


class _Dated(GuichetForm):
    """A form that compares days with today."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def _past(self, name: str, *, years: int) -> date:
        day: date = self.cleaned_data[name]
        if day > self.today:
            raise forms.ValidationError("Cette date est dans le futur. Vérifiez-la, par exemple 27 3 2024.")
        if day.year < self.today.year - years:
            raise forms.ValidationError("Cette année est trop ancienne. Vérifiez-la.")
        return day


class LossPersonForm(_Dated):
    """Whose document it is."""

    examples: ClassVar[Mapping[str, str]] = {"official_name": "Rochat", "first_names": "Amélie Jeanne"}

    official_name = forms.CharField(label="Nom", help_text="Tel qu'il figure sur le document.", max_length=100)
    first_names = forms.CharField(label="Prénoms", help_text="Tous les prénoms.", max_length=100)
    born_on = DayField(label="Date de naissance", help_text="Par exemple 27 3 1985.")

    def clean_born_on(self) -> date:
        """A day that isn't in the future, nor more than 130 years ago."""
        return self._past("born_on", years=130)


class EventForm(_Dated):
    """What happened, when and where."""

    examples: ClassVar[Mapping[str, str]] = {"place": "gare Cornavin, Genève"}

    kind = forms.ChoiceField(label="Qu'est-il arrivé ?", choices=_KINDS, widget=forms.RadioSelect)
    happened_on = DayField(
        label="Quand ?", help_text="Si vous ne le savez pas exactement : le jour où vous l'avez constaté."
    )
    place = forms.CharField(label="Où ?", help_text="Lieu, ville et, à l'étranger, pays.", max_length=200)
    circumstances = forms.CharField(
        label="Dans quelles circonstances ?",
        help_text="Ce que la police doit savoir, en quelques phrases.",
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )

    def clean_happened_on(self) -> date:
        """A day that isn't in the future, nor before the oldest document could still be valid."""
        return self._past("happened_on", years=20)


class LostDocumentsForm(GuichetForm):
    """Which documents, and the number of each, or why nobody has it."""

    documents = forms.MultipleChoiceField(
        label="Quel document ?",
        choices=_DOCUMENTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un document."},
    )
    passport_number = NumberField(
        label="Numéro du passeport", required=False, help_text=f"Par exemple {EXAMPLE}, sur une copie du document."
    )
    identity_card_number = NumberField(
        label="Numéro de la carte d'identité", required=False, help_text=f"Par exemple {EXAMPLE}."
    )
    why_unknown = forms.CharField(
        label="Si un numéro vous manque, dites pourquoi",
        help_text="Par exemple : je n'ai pas de copie. La police cherchera le numéro.",
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A number for each document, or a reason."""
        cleaned = super().clean() or {}
        kinds: Sequence[str] = cleaned.get("documents", ())
        missing = [kind for kind in kinds if f"{kind}_number" in cleaned and not cleaned[f"{kind}_number"]]
        if missing and not cleaned.get("why_unknown") and "why_unknown" not in self.errors:
            self.add_error(f"{missing[0]}_number", "Donnez ce numéro, ou dites plus bas pourquoi vous ne l'avez pas.")
        return cleaned

    def lost(self) -> tuple[Lost, ...]:
        """The documents told."""
        given = self.cleaned_data
        return tuple(
            Lost(kind, given[f"{kind}_number"], "" if given[f"{kind}_number"] else given["why_unknown"])
            for kind in DocumentKind.values
            if kind in given["documents"]
        )


class ContactForm(PostalAddressForm):
    """Where the person can be written to."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Nous vous y écrivons quand votre attestation est prête.",
        max_length=120,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class LossConfirmForm(GuichetForm):
    """The review: the button declares."""

    confirmed = forms.BooleanField(
        label="Je confirme que cette déclaration est exacte.",
        error_messages={"required": "Pour envoyer la déclaration, confirmez qu'elle est exacte : cochez la case."},
    )


class IntakeForm(LossPersonForm, EventForm, LostDocumentsForm, ContactForm):
    """Everything at once, as the police takes it down from somebody at its counter; the mail address is optional there."""

    field_order = (
        *("official_name", "first_names", "born_on", "kind", "happened_on", "place", "circumstances", "documents"),
        *("passport_number", "identity_card_number", "why_unknown", "street", "house_number", "extra_line"),
        *("postcode", "town", "country", "email"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False

    def told(self) -> Told:
        """The declaration as it was told."""
        given = plain(self.cleaned_data)
        name = f"{given['first_names']} {given['official_name']}"
        columns = {one: self.cleaned_data[one] for one in ("kind", "happened_on", "born_on")}
        columns |= {"name": name, "email": given["email"] or None, "address": address_lines(name, given)}
        return Told(
            person={one: given[one] for one in LossPersonForm.base_fields},
            event={one: given[one] for one in EventForm.base_fields},
            contact={one: given[one] for one in ContactForm.base_fields},
            lost=self.lost(),
            columns=columns,
        )


class RecordForm(GuichetForm):
    """What the police establishes before it records."""

    identity_checked = forms.CharField(
        label="Comment l'identité a-t-elle été vérifiée ?",
        help_text="Par exemple : permis de conduire présenté.",
        max_length=200,
    )


class ProofForm(GuichetForm):
    """The piece that proves the indigence (RDId 12/1)."""

    proof = forms.CharField(label="Justificatif d'indigence présenté", max_length=200)


class MinutesForm(GuichetForm):
    """The minutes of a destruction (RDId 10/3)."""

    minutes = forms.CharField(
        label="Procès-verbal",
        help_text="Comment le document a été rendu inutilisable, et devant qui.",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


class InvalidityForm(GuichetForm):
    """One document to be checked, and why."""

    kind = forms.ChoiceField(label="Document", choices=DocumentKind.choices, widget=forms.RadioSelect)
    number = NumberField(label="Numéro exact", help_text=f"Par exemple {EXAMPLE}.")
    reason = forms.CharField(label="Motif de la vérification", help_text="Il est journalisé.", max_length=200)


class QuoteForm(GuichetForm):
    """The reference of a declaration, typed for an application."""

    reference = forms.CharField(
        label="Référence de la déclaration", help_text="Par exemple DEC-7K2M9XQA-4.", max_length=20
    )
