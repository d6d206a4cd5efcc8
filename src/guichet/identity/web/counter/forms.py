"""The forms of the acts: derived from what the procedure says an act carries, and from what an agent must say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from guichet.identity.models import BiometricKind, IdentityApplication
from guichet.identity.operations import counter, deciding, pieces
from guichet.kit.forms import DayField, DayInput, GuichetForm, UploadField, worded
from guichet.law.kernel.inputs import Day, Input
from guichet.law.kernel.procedures import Transition

NUMBERED = "old_document_cancelled"
EXPECTED_BY = "expected_by"
DATED = "appearance_recorded"
PARENTS_FACT = "parents"
_JUDGMENT_FIRST = "S'ils sont séparés ou divorcés, enregistrez d'abord le jugement."
_TOLD = "Coché d'avance : ce que la personne qui demande a indiqué."


class ActForm(GuichetForm):
    """What an act carries: its facts by their names in the procedure, the agent's words, the number of a document."""

    def __init__(self, lines: Sequence[Transition], *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        act = lines[0].act
        self._facts = lines[0].facts
        for fact in self._facts:
            self.fields[fact.name] = _field(fact, lines, told=self.initial.get(fact.name))
        if act == NUMBERED:
            self.fields["number"] = forms.CharField(
                label="Numéro de l'ancien document",
                help_text="Il est gardé chiffré, et détruit dès que le nouveau document est établi.",
                max_length=20,
                widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
                error_messages={"required": "Recopiez le numéro du document remis, par exemple X1234567."},
            )
        if act in counter.WORDS:
            self.fields["words"] = forms.CharField(
                label=counter.WORDS[act],
                max_length=counter.MOST_WORDS,
                widget=forms.Textarea({"rows": 3}),
                error_messages={"required": "Répondez en quelques mots : ils restent au dossier."},
            )
        if act == DATED:
            self.fields["why_late"] = forms.CharField(
                label="Pourquoi la saisir après coup",
                help_text="Seulement si le jour ci-dessus est passé. Par exemple : panne du réseau au guichet.",
                max_length=counter.MOST_WORDS,
                required=False,
            )
            self.order_fields(["words"])
        for field in self.fields.values():
            worded(field)

    def clean(self) -> dict[str, Any]:
        """A period to produce a document ends on a day to come."""
        cleaned = super().clean() or {}
        until = cleaned.get(EXPECTED_BY)
        if until is not None and until <= self.today:
            self.add_error(EXPECTED_BY, "Ce jour est passé : fixez un jour à venir, ou n'en fixez aucun.")
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """The valid facts as the journal writes them; what was left out is none."""
        given = {fact.name: self.cleaned_data.get(fact.name) for fact in self._facts}
        return {name: _plain(value) for name, value in given.items() if value}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def told_of(application: IdentityApplication) -> dict[str, Any]:
    """What the applicant has told already of the facts of an act: the agent confirms it or corrects it."""
    return {PARENTS_FACT: application.parents} if application.parents else {}


def _field(fact: Input, lines: Sequence[Transition], *, told: str | None) -> forms.Field:
    """A choice of the words that lead on from here, or a day; what was ``told`` already says so."""
    if isinstance(fact, Day):
        return DayField(label=fact.meaning, required=fact.required, widget=DayInput)
    names: Mapping[str, str] = fact.choices(None)
    leading = {word for line in lines for word in line.words(fact.name)} or set(names)
    offered = [(word, name) for word, name in names.items() if word in leading]
    # Those apart only lead on once the judgment is in the file (RDId 6/2).
    is_shortened = fact.name == PARENTS_FACT and len(offered) < len(names)
    return forms.ChoiceField(
        label=fact.meaning,
        help_text=" ".join([_TOLD] * (told in dict(offered)) + [_JUDGMENT_FIRST] * is_shortened),
        choices=offered,
        required=fact.required,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )


class DecisionForm(GuichetForm):
    """A formal decision: a ground of the closed list, and the reasons in the words of the letter."""

    ground = forms.ChoiceField(label="Motif", widget=forms.RadioSelect)
    reasons = forms.CharField(
        label="Motivation",
        help_text="Elle figure telle quelle dans la lettre : les faits, en phrases complètes, avec « vous ».",
        min_length=deciding.LEAST_REASONS,
        max_length=deciding.MOST_REASONS,
        widget=forms.Textarea({"rows": 7}),
        error_messages={"required": "Expliquez la décision en une phrase au moins : la lettre doit être motivée."},
    )

    def __init__(self, act: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = list(deciding.grounds(act).items())  # type: ignore[attr-defined]  # a ChoiceField


class NotifiedForm(GuichetForm):
    """The day on which a decision reached its addressee."""

    notified_on = DayField(
        label="Notifiée le", help_text="Le jour indiqué par l'avis de remise de la poste.", widget=DayInput
    )


class DatumForm(GuichetForm):
    """A datum taken at the counter, as a file of the camera, the scanner or the pad."""

    kind = forms.ChoiceField(label="Donnée", widget=forms.RadioSelect)
    content = UploadField(label="Fichier", max_octets=pieces.LARGEST_FILE, accept="image/jpeg,image/png")

    def __init__(self, kinds: Sequence[BiometricKind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Where one thing is taken, it is that one.
        self.fields["kind"].initial = str(kinds[0]) if len(kinds) == 1 else None
        self.fields["kind"].choices = [(str(kind), kind.label) for kind in kinds]  # type: ignore[attr-defined]  # a ChoiceField


class CorrectionForm(GuichetForm):
    """Why an entry of the ledger is taken back, and whether its fee is booked anew."""

    reason = forms.CharField(
        label="Motif de la correction",
        help_text="Il figure dans le décompte, à côté de la contre-écriture. Par exemple : encaissé deux fois.",
        min_length=5,
        max_length=300,
    )
    again = forms.BooleanField(
        label="Inscrire l'émolument à nouveau, d'après la demande telle qu'elle est aujourd'hui", required=False
    )
