"""The forms about appointments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any, ClassVar

from django import forms

from guichet.identity.models import IdentityApplication
from guichet.identity.operations.opening import WEEKDAYS
from guichet.kit.forms import DayField, GuichetForm, ReferenceField

_TIME = {"type": "time", "class": "govuk-input govuk-input--width-5"}
_NUMBER = {"inputmode": "numeric", "class": "govuk-input--width-3"}


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


class OpeningForm(GuichetForm):
    """A weekly span in which the office receives; where it changes one, from which day on."""

    examples: ClassVar[Mapping[str, str]] = {"begins": "08:30", "ends": "12:00", "minutes": "20", "places": "3"}

    weekday = forms.TypedChoiceField(label="Jour de la semaine", coerce=int, choices=list(enumerate(WEEKDAYS)))
    week = forms.TypedChoiceField(
        label="Quelles semaines",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "toutes"), *((n, f"la {n}e du mois" if n > 1 else "la 1re du mois") for n in range(1, 6))],
    )
    begins = forms.TimeField(label="De", help_text="Par exemple 08:30.", widget=forms.TimeInput(_TIME, "%H:%M"))
    ends = forms.TimeField(label="À", help_text="Par exemple 12:00.", widget=forms.TimeInput(_TIME, "%H:%M"))
    minutes = forms.IntegerField(label="Minutes par rendez-vous", widget=forms.TextInput(_NUMBER))
    places = forms.IntegerField(label="Personnes reçues en même temps", widget=forms.TextInput(_NUMBER))
    on_holidays = forms.BooleanField(label="Ouvert aussi les jours fériés légaux", required=False)
    valid_from = DayField(label="Dès le")
    valid_until = DayField(label="Jusqu'au", help_text="Laissez vide s'il n'y a pas de fin prévue.", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """See that the times and days follow each other, and that the change is not for days that are over."""
        cleaned = super().clean() or {}
        begins, ends, minutes = (cleaned.get(name) for name in ("begins", "ends", "minutes"))
        if minutes is not None and not 5 <= minutes <= 480:
            self.add_error("minutes", "Un rendez-vous dure de 5 à 480 minutes, par exemple 20.")
        elif begins and ends and minutes and _minutes(begins) + minutes > _minutes(ends):
            self.add_error("ends", "La plage finit avant son premier rendez-vous : choisissez une heure plus tardive.")
        if cleaned.get("places") is not None and not 1 <= cleaned["places"] <= 500:
            self.add_error("places", "Indiquez de 1 à 500 personnes, par exemple 3.")
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and first < self._today:
            self.add_error("valid_from", "Ce jour est passé : un changement vaut dès aujourd'hui au plus tôt.")
        elif first and last and last < first:
            self.add_error("valid_until", "Ce jour précède le premier : choisissez un jour suivant, ou laissez vide.")
        return cleaned


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


class LastDayForm(GuichetForm):
    """The last day of a weekly span."""

    last_on = DayField(label="Dernier jour")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_last_on(self) -> date:
        """Refuse a day before yesterday: what is over stays as it was."""
        last: date = self.cleaned_data["last_on"]
        if last < self._today - timedelta(days=1):
            raise forms.ValidationError(
                "Ce jour est passé. Choisissez hier au plus tôt : la plage finit alors aussitôt."
            )
        return last


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
