"""French words for what the register says of a person, and the form under which names are searched."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from guichet.gateways.register.port import (
    CivilStatus,
    Lock,
    Municipality,
    PermitCategory,
    Place,
    RelationKind,
    ResidenceKind,
    Sex,
)

_Kind = TypeVar("_Kind", bound=StrEnum)

SEX = {Sex.FEMALE: "féminin", Sex.MALE: "masculin", Sex.INDETERMINATE: "indéterminé"}
CIVIL_STATUS = {
    CivilStatus.SINGLE: "célibataire",
    CivilStatus.MARRIED: "marié(e)",
    CivilStatus.WIDOWED: "veuf, veuve",
    CivilStatus.DIVORCED: "divorcé(e)",
    CivilStatus.UNMARRIED: "non marié(e)",
    CivilStatus.PARTNERSHIP: "lié(e) par un partenariat enregistré",
    CivilStatus.DISSOLVED_PARTNERSHIP: "partenariat dissous",
    CivilStatus.UNKNOWN: "inconnu",
}
_FEMALE = {
    CivilStatus.MARRIED: "mariée",
    CivilStatus.WIDOWED: "veuve",
    CivilStatus.DIVORCED: "divorcée",
    CivilStatus.UNMARRIED: "non mariée",
    CivilStatus.PARTNERSHIP: "liée par un partenariat enregistré",
}
_MALE = {
    CivilStatus.MARRIED: "marié",
    CivilStatus.WIDOWED: "veuf",
    CivilStatus.DIVORCED: "divorcé",
    CivilStatus.UNMARRIED: "non marié",
    CivilStatus.PARTNERSHIP: "lié par un partenariat enregistré",
}
PERMIT = {
    PermitCategory.B: "B (séjour)",
    PermitCategory.C: "C (établissement)",
    PermitCategory.CI: "Ci (séjour avec activité)",
    PermitCategory.F: "F (admission provisoire)",
    PermitCategory.G: "G (frontalier)",
    PermitCategory.L: "L (courte durée)",
    PermitCategory.N: "N (requérant d'asile)",
    PermitCategory.S: "S (protection)",
    PermitCategory.OTHER: "sans lettre",
}
RESIDENCE = {
    ResidenceKind.MAIN: "domicile principal",
    ResidenceKind.SECONDARY: "domicile secondaire",
    ResidenceKind.OTHER: "ni principal ni secondaire",
}
RELATION = {
    RelationKind.SPOUSE: "conjoint",
    RelationKind.PARTNER: "partenaire enregistré",
    RelationKind.MOTHER: "mère",
    RelationKind.FATHER: "père",
}
LOCK = {Lock.NONE: "aucun", Lock.ADDRESS: "adresse bloquée", Lock.INFORMATION: "toute information bloquée"}

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ß": "ss", "ħ": "h", "ŧ": "t"}
)


def choices(words: Mapping[_Kind, str]) -> list[tuple[str, str]]:
    """Stored values and their words, for a model field."""
    return [(kind.value, word) for kind, word in words.items()]


def civil_status(status: str, sex: str) -> str:
    """The état civil as written on a document: « mariée », « veuf », « célibataire »."""
    agreeing = {Sex.FEMALE: _FEMALE, Sex.MALE: _MALE}.get(Sex(sex), {})
    kind = CivilStatus(status)
    return agreeing.get(kind, CIVIL_STATUS[kind])


def permit_letter(permit: str) -> str:
    """The letter as printed on the permit: ``B``, ``Ci``; empty where there is none."""
    return "" if permit in ("", PermitCategory.OTHER) else permit.capitalize()


def search_form(name: str) -> str:
    """A name without capitals, accents and signs: « D'Angelo-Çelik » becomes ``d angelo celik``."""
    if name.isascii():
        plain = name.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def municipality(commune: Municipality) -> str:
    """A commune as written on a document: « Saanen (BE) »; one whose name holds its canton already stays as it is."""
    if commune.canton is None or commune.name.endswith(f"({commune.canton})"):
        return commune.name
    return f"{commune.name} ({commune.canton})"


def place(where: Place | None) -> str:
    """A place as written on a document: « Genève (GE) », « Viseu (Portugal) », « Érythrée »; empty if unknown."""
    if where is None:
        return ""
    if where.municipality:
        return municipality(where.municipality)
    if where.country:
        return f"{where.town} ({where.country.name})" if where.town else where.country.name
    return ""
