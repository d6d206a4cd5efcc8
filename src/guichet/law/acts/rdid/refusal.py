"""Articles 8 al. 2, 9 and 10 al. 3: a cancelled document given back or not, a document refused or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.readings import remarks
from guichet.law.facts.reading import Facts
from guichet.law.kernel.answers import Answer, Assessment, Decided
from guichet.law.kernel.tables import Line, Table


class ReturnEvent(StrEnum):
    """What happened to a document that its holder would like to have back."""

    RECOVERED = "recovered"
    CANCELLED = "cancelled"


RETURN_EVENTS: Mapping[str, str] = {
    "recovered": "Document volé ou perdu, puis retrouvé",
    "cancelled": "Document annulé lors d'une nouvelle demande",
}
# A value of nothing: the text leaves the matter to the authority.
GIVING_BACK: Table[str | None] = Table(
    RDID,
    "8/2",
    inputs={"event": ReturnEvent, "abuse_feared": (False, True)},
    lines=(
        Line("8/2", None, {"event": frozenset({ReturnEvent.CANCELLED}), "abuse_feared": frozenset({False})}),
        Line(
            "8/2",
            "Le document annulé n'est pas rendu : un abus est à craindre",
            {"event": frozenset({ReturnEvent.CANCELLED}), "abuse_feared": frozenset({True})},
        ),
        Line(
            "10/3",
            "Le document retrouvé n'est pas rendu ; le centre le rend inutilisable",
            {"event": frozenset({ReturnEvent.RECOVERED})},
        ),
    ),
)
CRITERIA = (
    "une demande du titulaire ou des parents d'une personne décédée",
    "aucun abus à craindre",
)


def may_return(on: date, facts: Facts, asked: Mapping[str, Any]) -> Answer:
    """Whether a document may be given back: never once recovered, by the authority's choice once cancelled."""
    found = GIVING_BACK.decide(on, asked["event"], asked["abuse_feared"])
    if not isinstance(found, tuple):
        return found
    line, ref = found
    notes = remarks(on, line.address)
    if line.value is None:
        return Assessment(
            by="l'autorité qui a annulé le document", criteria=CRITERIA, because=(ref,), reservations=notes
        )
    return Decided(value={"may": False}, phrase=line.value, because=(ref,), reservations=notes)
