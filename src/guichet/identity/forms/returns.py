"""Asking for a cancelled document back, and deciding on it (RDId 8/2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst

from guichet.identity.models import CourtRuling, HandingOver, Requester
from guichet.kit.forms import Choice, DayField, DayInput, GuichetForm, PostalAddressForm, ReferenceField, address_lines

YES, NO = "yes", "no"
_YES_OR_NO = ((YES, Choice("Oui")), (NO, Choice("Non")))


def _sentences(choices: Sequence[tuple[str, str]]) -> list[tuple[str, Choice]]:
    """The words of a list as answers that stand alone."""
    return [(value, Choice(capfirst(label))) for value, label in choices]


class ReturnForm(PostalAddressForm):
    """Who asks, why, and where the decision is sent."""

    examples: ClassVar[Mapping[str, str]] = {**PostalAddressForm.examples, "name": "Amélie Rochat"}

    requester = forms.ChoiceField(
        label="Qui demande le document ?",
        choices=(
            (Requester.HOLDER, Choice("Le titulaire du document")),
            (Requester.RELATIVE, Choice("Un parent du titulaire, qui est décédé")),
        ),
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="Nom et prénoms de qui demande", max_length=120)
    reason = forms.CharField(
        label="Pourquoi ?",
        help_text="Par exemple : visas à garder, souvenir.",
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )
    field_order: tuple[str, ...] = ("requester", "name", "reason")

    def asked(self) -> dict[str, Any]:
        """What is asked, as the operation takes it."""
        given = self.cleaned_data
        told = {one: given[one] for one in ("requester", "name", "reason")}
        return {**told, "address": address_lines(given["name"], given)}


class ReturnIntakeForm(ReturnForm):
    """The same, taken down at the counter for an application."""

    reference = ReferenceField(label="Référence de la demande", help_text="Par exemple PID-7K2M9XQA-4.")
    field_order: tuple[str, ...] = ("reference", "requester", "name", "reason")


class ReturnDecisionForm(GuichetForm):
    """The decision of the authority, with its reasons."""

    is_abuse_feared = forms.ChoiceField(
        label="Un abus est-il à craindre ?", choices=_YES_OR_NO, widget=forms.RadioSelect
    )
    is_returned = forms.ChoiceField(label="Le document est-il rendu ?", choices=_YES_OR_NO, widget=forms.RadioSelect)
    assessment = forms.CharField(
        label="Motivation",
        help_text="Elle figure telle quelle dans la lettre.",
        min_length=20,
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
    )

    def decided(self) -> dict[str, Any]:
        """The decision, as the operation takes it."""
        given = self.cleaned_data
        told = {one: given[one] == YES for one in ("is_abuse_feared", "is_returned")}
        return {**told, "assessment": given["assessment"]}


class HandedOverForm(GuichetForm):
    """That the document was in fact handed over: when, how, to whom."""

    handed_on = DayField(label="Remis ou envoyé le", help_text="Le jour de la remise ou de l'envoi.", widget=DayInput)
    handing = forms.ChoiceField(label="Comment ?", choices=_sentences(HandingOver.choices), widget=forms.RadioSelect)
    words = forms.CharField(
        label="À qui, ou par quel envoi ?",
        help_text="Par exemple : à la titulaire, permis de conduire vu ; envoi recommandé à son adresse.",
        min_length=3,
        max_length=300,
    )


class AppealedForm(GuichetForm):
    """The day on which an appeal against the decision was filed."""

    appealed_on = DayField(
        label="Recours déposé le", help_text="Le jour indiqué par la chambre administrative.", widget=DayInput
    )


class JudgedForm(GuichetForm):
    """How the court ended the appeal."""

    ruling = forms.ChoiceField(
        label="Que dit le jugement ?", choices=_sentences(CourtRuling.choices), widget=forms.RadioSelect
    )
