"""The forms by which people write to the office (CGV 11) and find their cases again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms

from guichet.kit.forms import Choice, CodeField, GuichetForm, ReferenceField
from guichet.orders.correspondence import Kind, Message

_HINTS = {
    Kind.SUBSTANCE: "Une donnée est fausse, un document manque, une décision vous étonne.",
    Kind.TECHNICAL: "Une page ne s'affiche pas, un fichier ne s'ouvre pas, un code n'arrive pas.",
}


class MessageForm(GuichetForm):
    """What it is about, the order if there is one, where to answer, the text."""

    examples: ClassVar[Mapping[str, str]] = {"text": "Mon prénom est mal écrit sur l'attestation."}

    kind = forms.ChoiceField(
        label="Votre message concerne",
        choices=[(kind.value, Choice(kind.label, _HINTS[kind])) for kind in Kind],
        widget=forms.RadioSelect,
    )
    reference = ReferenceField(
        label="Référence de la commande", required=False, help_text="Par exemple CMD-7K2M9XQA-4, si vous en avez une."
    )
    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Nous vous y répondons.",
        max_length=120,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    text = forms.CharField(
        label="Votre message",
        help_text="N'indiquez ni mot de passe, ni code, ni numéro de carte.",
        min_length=10,
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
    )

    def message(self) -> Message:
        """What was written."""
        given = self.cleaned_data
        return Message(Kind(given["kind"]), given["reference"], given["email"], given["text"])


class TrackingForm(GuichetForm):
    """Finding one's case without an account."""

    reference = ReferenceField(
        label="Référence",
        help_text="Elle commence par CMD pour une commande, PID pour un document d'identité, DEC pour une perte.",
    )
    code = CodeField(label="Code de suivi", help_text="Il figure dans le courriel de confirmation.")
