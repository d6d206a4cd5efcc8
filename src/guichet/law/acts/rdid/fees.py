"""Articles 11 and 12: what is paid, who is exempt, and how a fee is shared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from guichet.law.acts.rdid.competence import Request
from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.federal import LOSS_SHARE_MISSING, SHARES, SHARES_MISSING
from guichet.law.acts.rdid.majority import BIRTH, age_reservations, age_steps, is_minor
from guichet.law.acts.rdid.readings import COMMUNE_HALF, LOSS_FEE, LOSS_OF_BOTH, remarks
from guichet.law.facts.reading import Facts
from guichet.law.kernel.answers import Answer, Decided, OutsideSources, Referred, Step, Steps
from guichet.law.kernel.inputs import needed
from guichet.law.kernel.money import Chf
from guichet.law.kernel.tables import Line, Silence, Table

Inputs = Mapping[str, Any]
Point = tuple[Request, "Document", bool, bool]


class Document(StrEnum):
    """The document that a declaration of loss is about."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    BOTH = "both"


class Place(StrEnum):
    """Where an application was lodged, for the share of the commune."""

    COMMUNE = "commune"
    CENTRE = "centre"


DOCUMENTS: Mapping[str, str] = {
    "passport": "Passeport",
    "identity_card": "Carte d'identité",
    "both": "Passeport et carte d'identité",
}
PLACES: Mapping[str, str] = {"commune": "La commune de domicile", "centre": "Le centre cantonal de biométrie"}
# The requests whose price depends on age.
AGED = frozenset({Request.IDENTITY_CARD, Request.PASSPORT, Request.BOTH})
DEPARTMENT = "le département des institutions et du numérique"


def _line(address: str, francs: int, request: Request, **more: Any) -> Line[Chf]:
    """One line of the tariff: whoever is not exempt, for this request; ``minor`` and ``document`` where they matter."""
    asked = {"request": request, "indigent": False, **more}
    return Line(address, Chf(100 * francs), {name: frozenset({value}) for name, value in asked.items()})


# Article 12 al. 1 stands with the tariff: whoever is exempt pays nothing, whatever the line.
TARIFF = Table(
    RDID,
    "11/1",
    inputs={"request": Request, "document": Document, "minor": (False, True), "indigent": (False, True)},
    lines=(
        _line("11/1/1/a", 140, Request.PASSPORT, minor=False),
        _line("11/1/1/b", 60, Request.PASSPORT, minor=True),
        _line("11/1/1/c", 40, Request.LOSS_DECLARATION, document=Document.PASSPORT),
        _line("11/1/1/d", 150, Request.PROVISIONAL_PASSPORT),
        _line("11/1/2/a", 65, Request.IDENTITY_CARD, minor=False),
        _line("11/1/2/b", 30, Request.IDENTITY_CARD, minor=True),
        _line("11/1/2/c", 40, Request.LOSS_DECLARATION, document=Document.IDENTITY_CARD),
        _line("11/1/3/a", 148, Request.BOTH, minor=False),
        _line("11/1/3/b", 68, Request.BOTH, minor=True),
        Line("12/1", Chf(0), {"indigent": frozenset({True})}),
    ),
    silences=(
        Silence(
            {
                "request": frozenset({Request.LOSS_DECLARATION}),
                "document": frozenset({Document.BOTH}),
                "indigent": frozenset({False}),
            }
        ),
    ),
    otherwise=Referred(authority=DEPARTMENT, because=RDID.refs("12/2")),
)
PHRASES: Mapping[str, str] = {
    "11/1/1/a": "L'émolument d'un passeport pour adulte est de {amount}",
    "11/1/1/b": "L'émolument d'un passeport pour enfant est de {amount}",
    "11/1/1/c": "L'émolument de la déclaration, pour un passeport, est de {amount}",
    "11/1/1/d": "L'émolument d'un passeport provisoire est de {amount}",
    "11/1/2/a": "L'émolument d'une carte d'identité pour adulte est de {amount}",
    "11/1/2/b": "L'émolument d'une carte d'identité pour enfant est de {amount}",
    "11/1/2/c": "L'émolument de la déclaration, pour une carte d'identité, est de {amount}",
    "11/1/3/a": "L'émolument d'un passeport et d'une carte d'identité pour adulte est de {amount}",
    "11/1/3/b": "L'émolument d'un passeport et d'une carte d'identité pour enfant est de {amount}",
    "12/1": "La personne est exonérée : l'émolument est de {amount}",
}
PROOF = ("L'exonération suppose un justificatif d'indigence, présenté avant le paiement.",)


def point_of(on: date, asked: Inputs) -> Point:
    """The point of the tariff that the inputs mean on a day; what does not matter takes the first value.

    Raises:
        BadInput: the birth or the document is missing where the price depends on it, or the birth follows the day.
    """
    request, document, is_young = asked["request"], asked["document"], False
    if request in AGED:
        is_young = is_minor(needed(asked, "born", BIRTH), on)
    elif request is Request.LOSS_DECLARATION:
        document = needed(asked, "document", list(DOCUMENTS))
    return request, document or Document.PASSPORT, is_young, asked["indigent"]


def fee(on: date, facts: Facts, asked: Inputs) -> Answer:
    """The fee of a request: its line of the tariff, nothing for the indigent (art. 11 al. 1, 12)."""
    found = TARIFF.decide(on, *point_of(on, asked))
    if isinstance(found, tuple):
        line, ref = found
        return Decided(
            value={"amount": line.value},
            phrase=PHRASES[line.address],
            because=(ref,),
            steps=age_steps(asked["born"]) if _depends_on_age(asked) else (),
            reservations=_reservations(on, line.address, asked),
        )
    if isinstance(found, Referred):
        notes = (*LOSS_OF_BOTH.reservations(), *remarks(on, "12/2"))
        return Referred(authority=found.authority, because=found.because, reservations=notes)
    return found


def share(on: date, facts: Facts, asked: Inputs) -> Answer:
    """How a fee is shared: the commune has half of the canton's share of an identity card lodged there (art. 11 al. 2).

    The parts sum to the fee. The share of the canton comes from federal law, for a declaration of loss from
    no text that we hold: it is dated data of the office.
    """
    whole = fee(on, facts, {**asked, "document": Document.PASSPORT, "indigent": False})
    if not isinstance(whole, Decided):
        return whole
    if gap := RDID.gap("11/2", on):
        return gap
    request, amount = asked["request"], whole.value["amount"]
    is_declaration = request is Request.LOSS_DECLARATION
    missing, source = (LOSS_SHARE_MISSING, ()) if is_declaration else (SHARES_MISSING, (SHARES,))
    known = facts.find("shares", _share_key(on, asked), on)
    because = (*whole.because, *RDID.refs("11/2"))
    if known is None or not isinstance(known.value, Chf):
        return OutsideSources(missing=missing, because=(*because, *source), reservations=whole.reservations)
    canton = known.value
    if not Chf(0) <= canton <= amount:
        notes = (*whole.reservations, f"La part connue, {canton}, dépasse l'émolument : à corriger par l'office.")
        return OutsideSources(missing=missing, because=(*because, known.ref), reservations=notes)
    is_halved = request is Request.IDENTITY_CARD and asked["lodged_at"] is Place.COMMUNE
    commune = Chf(canton.centimes // 2) if is_halved else Chf(0)
    has_odd_centime = is_halved and canton.centimes % 2 == 1
    return Decided(
        value={"federal": amount - canton, "canton": canton - commune, "commune": commune},
        phrase="L'émolument revient à la Confédération pour {federal}, au canton pour {canton}, à la commune pour {commune}",
        because=(*because, known.ref),
        steps=Steps(
            lambda: (
                Step("Émolument.", whole.because, amount),
                Step("Part du canton, avec celle de la commune.", (known.ref,), canton),
                Step("Part de la commune.", RDID.refs("11/2"), commune),
            )
        ),
        reservations=(
            *whole.reservations,
            *known.reservations(on),
            *(COMMUNE_HALF.reservations() if has_odd_centime else ()),
            *_misplaced(asked),
        ),
    )


def _depends_on_age(asked: Inputs) -> bool:
    return asked["request"] in AGED and not asked["indigent"]


def _reservations(on: date, address: str, asked: Inputs) -> tuple[str, ...]:
    notes = remarks(on, address)
    if asked["indigent"]:
        return (*PROOF, *notes)
    if asked["request"] is Request.LOSS_DECLARATION:
        return (*LOSS_FEE.reservations(), *notes)
    if asked["request"] in AGED:
        return (*age_reservations(asked["born"], on), *notes)
    return notes


def _share_key(on: date, asked: Inputs) -> str:
    request: Request = asked["request"]
    if request not in AGED:
        return request.value
    return f"{request.value}_{'child' if is_minor(asked['born'], on) else 'adult'}"


def _misplaced(asked: Inputs) -> tuple[str, ...]:
    if asked["lodged_at"] is Place.COMMUNE and asked["request"] is not Request.IDENTITY_CARD:
        return (f"La commune n'est compétente que pour une carte d'identité seule ({RDID.ref('2/1')}).",)
    return ()
