"""The forms of the department: its ruling, the note of a precedent, the search among the notes."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from guichet.identity.models import DepartmentRuling, Reason
from guichet.identity.operations import deciding, referrals
from guichet.identity.operations.referrals import PrecedentNote
from guichet.kit.forms import GuichetForm


def _long(label: str, hint: str = "", *, rows: int = 4, most: int = 2000) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, help_text=hint, min_length=20, max_length=most, widget=widget)


class RulingForm(GuichetForm):
    """What the department decides, and why."""

    ruling = forms.ChoiceField(label="Décision", choices=DepartmentRuling.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label="Motivation",
        help_text="Elle figure telle quelle au dossier, et dans la lettre en cas de refus.",
        min_length=deciding.LEAST_REASONS,
        max_length=deciding.MOST_REASONS,
        widget=forms.Textarea({"rows": 7}),
    )


class NoteForm(GuichetForm):
    """The note of a precedent: without anything that would tell whose case it was."""

    examples: ClassVar = {"title": "Carte d'identité d'une personne sans adresse fixe"}

    title = forms.CharField(label="Titre", max_length=160)
    question = _long("Question posée", "En termes généraux : sans nom, ni date de naissance, ni adresse, ni numéro.")
    facts = _long("Faits utiles", "Ce qui a compté dans la décision, sans donnée personnelle.")
    reasons = _long("Motifs", rows=6, most=3000)
    articles = forms.MultipleChoiceField(label="Articles", widget=forms.CheckboxSelectMultiple)
    keywords = forms.CharField(label="Mots-clés", help_text="Séparés par des virgules.", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["articles"].choices = list(referrals.articles().items())  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def note(self) -> PrecedentNote:
        """The note as it was typed, once it is valid."""
        told = self.cleaned_data
        return PrecedentNote(
            **{name: told[name] for name in PrecedentNote._fields if name != "articles"},
            articles=tuple(told["articles"]),
        )


class SearchForm(GuichetForm):
    """Words, an article, a reason: whatever is none of these looks for nothing."""

    mots = forms.CharField(required=False, max_length=200)
    article = forms.ChoiceField(required=False)
    motif = forms.ChoiceField(required=False, choices=[("", "Tous"), *Reason.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].choices = [("", "Tous"), *referrals.articles().items()]  # type: ignore[attr-defined]  # a ChoiceField
