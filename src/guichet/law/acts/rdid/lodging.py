"""Articles 3 to 8 and 10 al. 2: what an applicant must do and produce."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from guichet.law.acts.rdid.competence import Request
from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.majority import BIRTH, age_reservations, is_minor
from guichet.law.acts.rdid.readings import BIOMETRIC_DATA, DESTRUCTION, remarks
from guichet.law.facts.reading import Facts
from guichet.law.kernel.addresses import Ref, order_of
from guichet.law.kernel.answers import Answer, Decided, Step, Steps
from guichet.law.kernel.inputs import needed
from guichet.law.kernel.tables import Conditions, Line
from guichet.law.kernel.wording import enumerate_in_french

Inputs = Mapping[str, Any]


class Reason(StrEnum):
    """Why a document is asked for."""

    FIRST = "first"
    RENEWAL = "renewal"
    LOSS = "loss"
    THEFT = "theft"
    DESTRUCTION = "destruction"
    NAME_CHANGE = "name_change"
    SEX_CHANGE = "sex_change"


class Parents(StrEnum):
    """The situation of a minor's parents."""

    TOGETHER = "together"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    SOLE_HOLDER = "sole_holder"


REASONS: Mapping[str, str] = {
    "first": "Premier document",
    "renewal": "Renouvellement",
    "loss": "Perte",
    "theft": "Vol",
    "destruction": "Destruction",
    "name_change": "Changement de nom",
    "sex_change": "Changement de sexe",
}
PARENTS: Mapping[str, str] = {
    "together": "Parents ensemble",
    "separated": "Parents séparés",
    "divorced": "Parents divorcés",
    "sole_holder": "Une seule personne détient l'autorité parentale",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to do or produce: its code in the public contract and its French name."""

    code: str
    name: str


def _when(**conditions: Any) -> Conditions:
    """Conditions from one value or several."""
    return {name: frozenset(value if isinstance(value, set) else {value}) for name, value in conditions.items()}


DOCUMENT = set(Request) - {Request.LOSS_DECLARATION}
WITH_CARD = {Request.IDENTITY_CARD, Request.BOTH}
GONE = {Reason.LOSS, Reason.THEFT, Reason.DESTRUCTION}
CHANGED = {Reason.NAME_CHANGE, Reason.SEX_CHANGE}
APART = {Parents.SEPARATED, Parents.DIVORCED}
PIECES: tuple[Line[Piece], ...] = (
    Line("3/1", Piece("personal_appearance", "se présenter en personne"), _when(request=DOCUMENT)),
    Line("3/2", Piece("photo_4x6", "une photographie récente de 4 sur 6 cm"), _when(request=WITH_CARD)),
    Line(
        "3/2",
        Piece("biometric_capture", "la saisie des données biométriques au guichet"),
        _when(request=DOCUMENT - {Request.IDENTITY_CARD}),
    ),
    Line("5", Piece("signed_form", "la formule de demande signée"), _when(request=DOCUMENT)),
    Line(
        "6/1",
        Piece("parental_agreement", "l'accord de l'autorité parentale, signé au guichet"),
        _when(request=DOCUMENT, minor=True, holder_prevented=False),
    ),
    Line(
        "6/1",
        Piece("legalised_authorisation", "l'autorisation écrite et légalisée de l'autorité parentale"),
        _when(request=DOCUMENT, minor=True, holder_prevented=True),
    ),
    Line(
        "6/2",
        Piece("custody_judgment", "le jugement sur l'autorité parentale"),
        _when(request=DOCUMENT, minor=True, parents=APART),
    ),
    Line(
        "8/1",
        Piece("old_document", "l'ancien document"),
        _when(request=DOCUMENT, reason={Reason.RENEWAL, *CHANGED}),
    ),
    Line(
        "10/2",
        Piece("police_certificate", "l'attestation de perte ou de vol d'une police suisse"),
        _when(request=DOCUMENT, reason=GONE),
    ),
)
INPUTS: Mapping[str, tuple[Any, ...]] = {
    "request": tuple(Request),
    "reason": tuple(Reason),
    "minor": (False, True),
    "parents": tuple(Parents),
    "holder_prevented": (False, True),
}
FURTHER = f"L'autorité peut demander en plus un document de l'état civil ({RDID.ref('3/3')})."


@dataclass(frozen=True, slots=True)
class Required:
    """What one point of the inputs asks for: the lines that apply, the sentence, and the passages it all rests on.

    ``since`` is the first day on which the wording of each of these passages is known.
    """

    lines: tuple[Line[Piece], ...]
    phrase: str
    addresses: tuple[str, ...]
    basis: tuple[Ref, ...]
    since: date

    def steps(self) -> tuple[Step, ...]:
        """One step a piece, with its passage."""
        return tuple(Step(f"Il faut {line.value.name}.", RDID.refs(line.address)) for line in self.lines)


@lru_cache(maxsize=1024)
def required_for(*point: Hashable) -> Required:
    """The pieces for one point of ``INPUTS``, given in their order."""
    named = dict(zip(INPUTS, point, strict=True))
    lines = tuple(line for line in PIECES if line.meets(named))
    if named["request"] is Request.LOSS_DECLARATION:
        founding: tuple[str, ...] = ("10/1",)
    else:
        founding = ("7",) if named["reason"] in CHANGED else ()
    addresses = tuple(sorted({*founding, *(line.address for line in lines)}, key=order_of))
    return Required(lines, _sentence(lines), addresses, RDID.refs(*addresses), max(map(RDID.known_from, addresses)))


def requirements(on: date, facts: Facts, asked: Inputs) -> Answer:
    """What an application needs, in the order of the text; a declaration of loss needs nothing more than itself."""
    request, reason = asked["request"], asked["reason"]
    minor = request is not Request.LOSS_DECLARATION and is_minor(needed(asked, "born", BIRTH), on)
    parents = needed(asked, "parents", list(PARENTS)) if minor else Parents.TOGETHER
    required = required_for(request, reason, minor, parents, asked["holder_prevented"])
    if on < required.since:
        return next(gap for address in required.addresses if (gap := RDID.gap(address, on)))
    return Decided(
        value={"pieces": [line.value.code for line in required.lines]},
        phrase=required.phrase,
        because=required.basis,
        steps=Steps(required.steps),
        reservations=(*_reservations(on, asked), *remarks(on, *required.addresses)),
    )


def _sentence(lines: tuple[Line[Piece], ...]) -> str:
    if not lines:
        return "La déclaration à la police ne demande aucune pièce"
    return f"Il faut {enumerate_in_french([line.value.name for line in lines])}"


def _reservations(on: date, asked: Inputs) -> tuple[str, ...]:
    request, reason = asked["request"], asked["reason"]
    if request is Request.LOSS_DECLARATION:
        return ()
    notes = list(age_reservations(asked["born"], on))
    if request in (Request.BOTH, Request.PROVISIONAL_PASSPORT):
        notes += BIOMETRIC_DATA.reservations()
    if reason is Reason.DESTRUCTION:
        notes += DESTRUCTION.reservations()
    return (*notes, FURTHER)
