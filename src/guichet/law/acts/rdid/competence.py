"""Articles 1 and 2: who is entitled to a document, and which authority takes a request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.federal import RESIDENCE, RESIDENCE_MISSING
from guichet.law.acts.rdid.readings import remarks
from guichet.law.facts.reading import Facts
from guichet.law.kernel.answers import Answer, Decided, OutsideSources
from guichet.law.kernel.tables import Line, Table

Inputs = Mapping[str, Any]


class Request(StrEnum):
    """What is asked of the authorities of article 2 (*demande*, *déclaration*)."""

    IDENTITY_CARD = "identity_card"
    PASSPORT = "passport"
    BOTH = "both"
    PROVISIONAL_PASSPORT = "provisional_passport"
    LOSS_DECLARATION = "loss_declaration"


class Authority(StrEnum):
    """The authorities of article 2."""

    COMMUNE = "commune"
    CENTRE = "centre"
    UDA = "uda"
    POLICE = "police"


REQUESTS: Mapping[str, str] = {
    "identity_card": "Carte d'identité",
    "passport": "Passeport",
    "both": "Passeport et carte d'identité",
    "provisional_passport": "Passeport provisoire",
    "loss_declaration": "Déclaration de vol, de perte ou de destruction",
}
AUTHORITIES: Mapping[Authority, str] = {
    Authority.COMMUNE: "la commune de domicile",
    Authority.CENTRE: "le centre cantonal de biométrie",
    Authority.UDA: "l'unité diplomatique et aéroportuaire",
    Authority.POLICE: "la police",
}


def _line(address: str, authority: Authority, request: Request) -> Line[Authority]:
    return Line(address, authority, {"request": frozenset({request})})


ENTITLEMENT = Table(
    RDID,
    "1",
    inputs={"swiss": (False, True)},
    lines=(
        Line("1", (True, "La personne a droit au passeport et à la carte d'identité"), {"swiss": frozenset({True})}),
        Line(
            "1",
            (False, "Ces documents sont réservés aux personnes de nationalité suisse"),
            {"swiss": frozenset({False})},
        ),
    ),
)
COMPETENCE = Table(
    RDID,
    "2",
    inputs={"request": Request},
    lines=(
        _line("2/1", Authority.COMMUNE, Request.IDENTITY_CARD),
        _line("2/2", Authority.CENTRE, Request.PASSPORT),
        _line("2/3", Authority.CENTRE, Request.BOTH),
        _line("2/4", Authority.UDA, Request.PROVISIONAL_PASSPORT),
        _line("2/5", Authority.POLICE, Request.LOSS_DECLARATION),
    ),
)


def entitled(on: date, facts: Facts, asked: Inputs) -> Answer:
    """Whether a person may have a passport and an identity card: every Swiss citizen, nobody else (art. 1)."""
    found = ENTITLEMENT.decide(on, asked["swiss"])
    if not isinstance(found, tuple):
        return found
    line, ref = found
    is_entitled, phrase = line.value
    return Decided(
        value={"entitled": is_entitled}, phrase=phrase, because=(ref,), reservations=remarks(on, line.address)
    )


def authority(on: date, facts: Facts, asked: Inputs) -> Answer:
    """The authority that takes a request of a person who lives in the canton (art. 2)."""
    found = COMPETENCE.decide(on, asked["request"])
    if not isinstance(found, tuple):
        return found
    line, ref = found
    if not asked["resident"]:
        return OutsideSources(
            missing=RESIDENCE_MISSING, because=(ref, RESIDENCE), reservations=remarks(on, line.address)
        )
    return Decided(
        value={"authority": line.value.value},
        phrase=f"L'autorité compétente est {AUTHORITIES[line.value]}",
        because=(ref,),
        reservations=remarks(on, line.address),
    )
