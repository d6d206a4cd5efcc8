"""The questions of the desk: text in, typed values out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from guichet.kit.forms import AvsField, Choice, DayField, DayInput, GuichetForm
from guichet.orders.grounds import GROUNDS


class RefusalForm(GuichetForm):
    """A refusal: grounds of the closed list, and the reasons in the words of the letter (CGV 3/5)."""

    grounds = forms.MultipleChoiceField(
        label="Motifs",
        help_text="Cochez chaque condition qui n'est pas remplie.",
        choices=[(ground.code, Choice(ground.label, ground.basis.cite)) for ground in GROUNDS.values()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un motif de la liste."},
    )
    reasons = forms.CharField(
        label="Motivation",
        help_text="Elle figure telle quelle dans la lettre : les faits de ce dossier, en phrases complètes, avec « vous ».",
        min_length=20,
        max_length=3000,
        widget=forms.Textarea({"rows": 7}),
        error_messages={"required": "Expliquez la décision en une phrase au moins : la lettre doit être motivée."},
    )


class CorrectionForm(GuichetForm):
    """An error of the office, for which the document is made again without charge (CGV 3/3)."""

    reason = forms.CharField(
        label="Quelle erreur l'office a-t-il commise ?",
        help_text="Par exemple : le registre avait été lu avant la mise à jour annoncée par la commune.",
        min_length=10,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Dites quelle erreur l'office a commise : c'est la condition de la gratuité."},
    )


class NoteForm(GuichetForm):
    """A note for colleagues."""

    text = forms.CharField(
        label="Nouvelle note",
        help_text="Pour les collègues ; la personne ne la voit pas, mais elle peut demander à consulter son dossier.",
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "La note est vide : écrivez au moins un mot."},
    )


class PersonSearchForm(GuichetForm):
    """Whom to find in the register: an AVS number, or a name, with a birth date where it is known."""

    examples: ClassVar[Mapping[str, str]] = {"name": "Rochat Amélie"}

    avs_number = AvsField(label="Numéro AVS", required=False)
    name = forms.CharField(
        label="Nom et prénoms",
        help_text="Au moins deux lettres ; accents et majuscules ne comptent pas.",
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    birth_date = DayField(label="Date de naissance", required=False, widget=DayInput)

    def clean(self) -> dict[str, Any]:
        """A birth date alone, or nothing, would list people rather than find one."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("avs_number") and len(cleaned.get("name", "").strip()) < 2:
            self.add_error("name", "Indiquez un numéro AVS, ou au moins deux lettres du nom.")
        return cleaned

    @property
    def criteria(self) -> dict[str, Any]:
        """The valid criteria as the register's ``find`` takes them."""
        cleaned = self.cleaned_data
        birth_date: date | None = cleaned["birth_date"]
        return {
            "avs_number": cleaned["avs_number"] or None,
            "name": cleaned["name"].strip() or None,
            "birth_date": birth_date,
        }


class ReasonForm(GuichetForm):
    """Why a person's record is opened outside of a case; the person can read it."""

    reason = forms.CharField(
        label="Pourquoi consultez-vous ces données ?",
        help_text="La personne peut lire ce motif. Par exemple : appel téléphonique au sujet de son attestation.",
        min_length=10,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Dites pourquoi vous consultez ces données : la lecture est inscrite au journal."},
    )


class NotificationForm(GuichetForm):
    """The day on which a decision reached its addressee."""

    notified_on = DayField(
        label="Notifiée le",
        help_text="Le jour indiqué par l'avis de remise de la poste.",
        widget=DayInput,
    )

    def __init__(self, *args: Any, decided_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decided_on, self.today = decided_on, today

    def clean_notified_on(self) -> date:
        """Not before the decision, not in the future."""
        day: date = self.cleaned_data["notified_on"]
        if day > self.today:
            raise forms.ValidationError("Cette date est dans le futur. Indiquez le jour de la remise.")
        if day < self.decided_on:
            raise forms.ValidationError("La décision n'était pas encore rendue ce jour-là : vérifiez la date.")
        return day


class FilterNameForm(GuichetForm):
    """The name under which the filters of the work list are kept."""

    name = forms.CharField(label="Nom du filtre", max_length=40, widget=forms.TextInput({"autocomplete": "off"}))
