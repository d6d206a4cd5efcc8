"""What a document is, what keeps it from being given, and what asking for it costs (art. 24 to 29 LIPAD).

`lipad.is_document`, `lipad.exceptions`, `lipad.access_fee`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from guichet.law.acts.lipad.answers import decided, first_gap
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.answers import Answer, Assessment
from guichet.law.kernel.tables import Line, Table
from guichet.law.terms.passages import ACCESS_REGULATION, OUTSIDE_TEXTS


class Carrier(StrEnum):
    """What holds the information asked for (art. 25)."""

    DOCUMENT = "document"
    PERSONAL_NOTE = "personal_note"
    DRAFT = "draft"
    UNAPPROVED_MINUTES = "unapproved_minutes"
    APPROVED_MINUTES = "approved_minutes"
    ELECTRONIC_RECORD = "electronic_record"


CARRIERS: Mapping[str, str] = {
    Carrier.DOCUMENT: "Document sur n'importe quel support",
    Carrier.PERSONAL_NOTE: "Note à usage personnel",
    Carrier.DRAFT: "Brouillon ou texte inachevé",
    Carrier.UNAPPROVED_MINUTES: "Procès-verbal pas encore approuvé",
    Carrier.APPROVED_MINUTES: "Procès-verbal approuvé",
    Carrier.ELECTRONIC_RECORD: "Information qui n'existe que sous forme électronique",
}


@dataclass(frozen=True, slots=True)
class Nature:
    """Whether the carrier is a document of the act, the sentence, and what remains reserved."""

    is_document: bool
    phrase: str
    notes: tuple[str, ...] = ()


_IS = "C'est un document au sens de la loi"
_IS_NOT = "Ce n'est pas un document au sens de la loi"
_PRINT_OUT = "Seule l'impression sur papier obtenue par un traitement informatique simple est le document."
_FINISHED = frozenset({Carrier.DOCUMENT, Carrier.APPROVED_MINUTES, Carrier.ELECTRONIC_RECORD})
_TASK = {"public_task": frozenset({True})}
DOCUMENT = Table(
    LIPAD,
    "25",
    inputs={"carrier": Carrier, "public_task": (False, True)},
    lines=(
        Line("25/1", Nature(is_document=True, phrase=_IS), {"carrier": frozenset({Carrier.DOCUMENT}), **_TASK}),
        Line(
            "25/1",
            Nature(is_document=False, phrase=f"{_IS_NOT} : il n'est pas relatif à une tâche publique"),
            {"carrier": _FINISHED, "public_task": frozenset({False})},
        ),
        Line("25/2", Nature(is_document=True, phrase=_IS), {"carrier": frozenset({Carrier.APPROVED_MINUTES}), **_TASK}),
        Line(
            "25/3",
            Nature(is_document=True, phrase=_IS, notes=(_PRINT_OUT,)),
            {"carrier": frozenset({Carrier.ELECTRONIC_RECORD}), **_TASK},
        ),
        Line(
            "25/4",
            Nature(is_document=False, phrase=_IS_NOT),
            {"carrier": frozenset(Carrier) - _FINISHED},
        ),
    ),
)


def is_document(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """Whether what is asked for is a document to which the act gives access (art. 25)."""
    found = DOCUMENT.decide(on, asked["carrier"], asked["public_task"])
    if not isinstance(found, tuple):
        return found
    line, _ = found
    return decided(
        on,
        {"document": line.value.is_document},
        line.value.phrase,
        line.address,
        reservations=line.value.notes,
    )


RULE, BALANCE = "24/1", "26/1"
# What comes back over an exception drawn from the content of a document: part of it, later, or under conditions.
LESSER_ACCESS = ("27/1", "27/3", "27/4")


@dataclass(frozen=True, slots=True)
class AccessException:
    """One ground that departs from the right of access (*exception*, art. 26), and what it yields to in turn.

    ``departs_from`` is the passage it is special to: the letters of 26/2 are examples of the weighing of 26/1, the
    paragraphs 3 to 5 depart from the right itself. ``is_weighed`` tells whether a person weighs the interests against
    each other; ``yields_to`` the passages that prefer a lesser access to its refusal.
    """

    address: str
    departs_from: str
    is_weighed: bool
    yields_to: tuple[str, ...] = LESSER_ACCESS


EXCEPTIONS = (
    *(AccessException(f"26/2/{letter}", BALANCE, is_weighed=True) for letter in "abcdefghijkl"),
    AccessException("26/3", RULE, is_weighed=False),
    AccessException("26/4", RULE, is_weighed=False),
    # Not drawn from the content: a lesser access spares no work, a narrower request does.
    AccessException("26/5", RULE, is_weighed=True, yields_to=()),
)
WEIGHED_BY = "la personne saisie de la demande ou, en cas de doute, le responsable de l'institution (art. 28 al. 3)"
CRITERIA = (
    "un intérêt public ou privé s'oppose à la communication",
    "il l'emporte sur l'intérêt à l'accès",
    "un accès partiel, différé ou assorti de charges ne suffit pas à le protéger",
)


def _written(exception: AccessException) -> dict[str, Any]:
    return {
        "address": exception.address,
        "cite": LIPAD.ref(exception.address).cite,
        "summary": LIPAD.provision(exception.address).summary,
        "departs_from": exception.departs_from,
        "weighed": exception.is_weighed,
        "yields_to": list(exception.yields_to),
    }


_EXCEPTED = (BALANCE, *(each.address for each in EXCEPTIONS))
_LISTED = {
    "exceptions": [_written(each) for each in EXCEPTIONS],
    "assessment": {"address": BALANCE, "kind": Assessment.kind, "by": WEIGHED_BY, "criteria": list(CRITERIA)},
}
_COUNTED = f"{len(EXCEPTIONS)} exceptions sont énumérées ; l'intérêt prépondérant demande toujours une appréciation"


def exceptions(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """The closed list of what may keep a document from being given, and the weighing that no list exhausts (art. 26)."""
    if gap := first_gap(on, RULE, *_EXCEPTED):
        return gap
    return decided(on, _LISTED, _COUNTED, *_EXCEPTED, RULE, *LESSER_ACCESS)


class Copies(StrEnum):
    """Whether copies are handed over, and on what."""

    NONE = "none"
    PAPER = "paper"


COPIES: Mapping[str, str] = {Copies.NONE: "Aucune copie papier", Copies.PAPER: "Copies papier"}


@dataclass(frozen=True, slots=True)
class Charge:
    """Whether a fee may be charged, and the sentence that says why."""

    may_charge: bool
    phrase: str


_ANNOUNCED = {"announced": frozenset({True})}
_PAPER, _WORK = {"copies": frozenset({Copies.PAPER})}, {"extra_work": frozenset({True})}
_NO_PAPER, _NO_WORK = {"copies": frozenset({Copies.NONE})}, {"extra_work": frozenset({False})}
_UNANNOUNCED = Charge(may_charge=False, phrase="Rien ne peut être perçu : rien n'a été annoncé avec son montant")
FEE = Table(
    LIPAD,
    "28/7",
    inputs={"copies": Copies, "extra_work": (False, True), "announced": (False, True)},
    lines=(
        Line("28/7", Charge(may_charge=False, phrase="La procédure est sans frais"), {**_NO_PAPER, **_NO_WORK}),
        Line("28/7", _UNANNOUNCED, {**_PAPER, "announced": frozenset({False})}),
        Line("28/7", _UNANNOUNCED, {**_NO_PAPER, **_WORK, "announced": frozenset({False})}),
        Line(
            "28/7",
            Charge(may_charge=True, phrase="Un émolument annoncé peut être perçu pour les copies papier"),
            {**_PAPER, **_NO_WORK, **_ANNOUNCED},
        ),
        Line(
            "28/7",
            Charge(may_charge=True, phrase="Un émolument annoncé peut être perçu pour l'important surcroît de travail"),
            {**_NO_PAPER, **_WORK, **_ANNOUNCED},
        ),
        Line(
            "28/7",
            Charge(may_charge=True, phrase="Un émolument annoncé peut être perçu pour les copies papier et le travail"),
            {**_PAPER, **_WORK, **_ANNOUNCED},
        ),
    ),
)
_TARIFF = f"Le tarif est dans le {OUTSIDE_TEXTS['RIPAD']}, qui n'est pas dans nos sources."


def access_fee(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """Whether the requester may be charged: paper or much work, and only what was announced (art. 28 al. 7)."""
    found = FEE.decide(on, asked["copies"], asked["extra_work"], asked["announced"])
    if not isinstance(found, tuple):
        return found
    charge = found[0].value
    return decided(
        on,
        {"may_charge": charge.may_charge},
        charge.phrase,
        "28/7",
        outside=(ACCESS_REGULATION,) if charge.may_charge else (),
        reservations=(_TARIFF,) if charge.may_charge else (),
    )
