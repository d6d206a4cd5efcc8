"""The forms about appointments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from guichet.identity.models import IdentityApplication
from guichet.kit.forms import DayField, GuichetForm, ReferenceField


class PeopleForm(GuichetForm):
    """Who of a household is meant; nothing is asked where there is only one person."""

    people = forms.MultipleChoiceField(
        label="Qui vient ?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une personne."},
    )

    def __init__(self, applications: Sequence[IdentityApplication], data: Any = None) -> None:
        super().__init__(data, initial={"people": [str(one.pk) for one in applications]})
        self._applications = applications
        if len(applications) == 1:
            del self.fields["people"]
        else:
            field = self.fields["people"]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(str(one.pk), one.name or one.reference) for one in applications]

    def chosen(self) -> list[IdentityApplication]:
        """Those who were ticked; the only one where there was no question."""
        if "people" not in self.fields:
            return list(self._applications)
        return [one for one in self._applications if str(one.pk) in self.cleaned_data["people"]]


class EarlierForm(GuichetForm):
    """Between which days, both included, somebody would rather come."""

    from_on = DayField(label="Du")
    until_on = DayField(label="Au")


class ClosureForm(GuichetForm):
    """The days, both included, on which the office receives nobody, and why."""

    from_on = DayField(label="Premier jour")
    until_on = DayField(label="Dernier jour")
    reason = forms.CharField(
        label="Motif, tel que le public le lira", help_text="Par exemple : formation du personnel.", max_length=120
    )


class WalkInForm(GuichetForm):
    """Whose application it is that comes to the counter without an appointment."""

    examples: ClassVar[Mapping[str, str]] = {"reference": "PID-7K2M9XQA-4"}

    reference = ReferenceField(label="Référence de la demande")
