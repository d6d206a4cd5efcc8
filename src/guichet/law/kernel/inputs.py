"""Typed inputs of questions: what each accepts, and the refusal that names the field, what was given, what is accepted.

Python values are accepted as they are (a date, a member of an enumeration); JSON gives strings and booleans; a command
line and a page give text, which `Input.from_text` turns into JSON values first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from guichet.law.kernel.money import Chf

FIRST_YEAR, LAST_YEAR = 1800, 2999
DAY_PATTERN = r"^(1[89]|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
LONGEST_SHOWN = 200
LARGEST_SHOWN = 10**18
AMOUNT_PATTERN = r"^[0-9]{1,12}\.[0-9]{2}$"
# The one form accepted: ISO also knows 20260302 and weeks.
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)
INSTANT_SCHEMA = {"type": "string", "format": "date-time", "pattern": "^(1[89]|2[0-9])[0-9]{2}-"}
Accepted = str | list[str]


class BadInput(Exception):  # noqa: N818 - a refusal of what was asked, not an error of the program
    """An input is missing, unknown or not acceptable."""

    def __init__(self, where: str, given: Any, accepted: Accepted) -> None:
        super().__init__(where)
        self.field, self.given, self.accepted = where, given, accepted

    def to_json(self) -> dict[str, Any]:
        """The error object of the public contract."""
        return {"error": {"field": self.field, "given": _shown(self.given), "accepted": self.accepted}}

    def say(self) -> str:
        """The refusal as a French sentence."""
        accepted = self.accepted if isinstance(self.accepted, str) else ", ".join(self.accepted)
        given = "rien n'a été donné" if self.given is None else f"« {_shown(self.given)} » n'est pas accepté"
        return f"{self.field} : {given}. Valeurs acceptées : {accepted}."


class UnknownQuestion(BadInput):
    """No question, or no procedure, has this name; ``nearest`` are those that look like it."""

    def __init__(self, name: Any, nearest: Sequence[str], where: str = "question") -> None:
        super().__init__(where, name, list(nearest))
        self.name, self.nearest = name, tuple(nearest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input of a question; ``meaning`` is its French label.

    An optional input that is absent reads as its ``default``: nothing, unless the question says otherwise.
    """

    name: str
    meaning: str
    required: bool = True
    default: Any = None

    def read(self, value: Any, known: Any) -> Any:
        """The typed value.

        Raises:
            BadInput: the value is not acceptable.
        """
        raise NotImplementedError

    def accepted(self, known: Any) -> Accepted:
        """What is acceptable: the list of words, or a French description."""
        raise NotImplementedError

    def schema(self, known: Any) -> dict[str, Any]:
        """The same as a JSON schema."""
        raise NotImplementedError

    def choices(self, known: Any) -> Mapping[str, str]:
        """The words to choose from with their French names; empty where the input is no choice."""
        return {}

    def from_text(self, text: str) -> Any:
        """The JSON value meant by a text of the command line or of an address."""
        return text

    def refuse(self, value: Any, known: Any) -> BadInput:
        """The refusal of this value."""
        return BadInput(self.name, value, self.accepted(known))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Input):
    """A word of a closed list; ``names`` are the French words for people."""

    options: type[StrEnum]
    names: Mapping[Any, str] = field(default_factory=dict)

    def read(self, value: Any, known: Any) -> StrEnum:
        try:
            return self.options(value)
        except ValueError:
            raise self.refuse(value, known) from None

    def accepted(self, known: Any) -> Accepted:
        return [option.value for option in self.options]

    def schema(self, known: Any) -> dict[str, Any]:
        return {"type": "string", "enum": self.accepted(known)}

    def choices(self, known: Any) -> Mapping[str, str]:
        return {option.value: self.names.get(option.value, option.value) for option in self.options}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Input):
    """A word of a list that the dated data may lengthen; each word with its French name."""

    words: Callable[[Any], Mapping[str, str]]

    def read(self, value: Any, known: Any) -> str:
        if isinstance(value, str) and value in self.words(known):
            return str(value)
        raise self.refuse(value, known)

    def accepted(self, known: Any) -> Accepted:
        return list(self.words(known))

    def schema(self, known: Any) -> dict[str, Any]:
        return {"type": "string", "enum": self.accepted(known)}

    def choices(self, known: Any) -> Mapping[str, str]:
        return self.words(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Boolean(Input):
    """Yes or no."""

    def read(self, value: Any, known: Any) -> bool:
        if value is True or value is False:
            return bool(value)
        raise self.refuse(value, known)

    def accepted(self, known: Any) -> Accepted:
        return ["true", "false"]

    def schema(self, known: Any) -> dict[str, Any]:
        return {"type": "boolean"}

    def choices(self, known: Any) -> Mapping[str, str]:
        return {"true": "Oui", "false": "Non"}

    def from_text(self, text: str) -> Any:
        return {"true": True, "false": False}.get(text, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Input):
    """A day, ISO."""

    def read(self, value: Any, known: Any) -> date:
        day = read_day(value)
        if day is None:
            raise self.refuse(value, known)
        return day

    def accepted(self, known: Any) -> Accepted:
        return f"une date AAAA-MM-JJ, de {FIRST_YEAR} à {LAST_YEAR}"

    def schema(self, known: Any) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": DAY_PATTERN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant(Input):
    """An instant, ISO, with its time zone."""

    def read(self, value: Any, known: Any) -> datetime:
        at = read_instant(value)
        if at is None:
            raise self.refuse(value, known)
        return at

    def accepted(self, known: Any) -> Accepted:
        return f"un instant ISO 8601 avec fuseau, comme 2026-03-02T09:30:00+01:00, de {FIRST_YEAR} à {LAST_YEAR}"

    def schema(self, known: Any) -> dict[str, Any]:
        return INSTANT_SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeNumber(Input):
    """A whole number from ``least`` to ``most``, both inclusive; ``3.0`` is the number 3, as JSON has it."""

    least: int = 0
    most: int

    def read(self, value: Any, known: Any) -> int:
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is int and self.least <= value <= self.most:
            return value
        raise self.refuse(value, known)

    def accepted(self, known: Any) -> Accepted:
        return f"un nombre entier de {self.least} à {self.most}"

    def schema(self, known: Any) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def from_text(self, text: str) -> Any:
        return int(text) if _WHOLE.fullmatch(text) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Percent(Input):
    """A share of a whole in percent, from 0 to 100, both inclusive; read as the decimal number written, never rounded."""

    def read(self, value: Any, known: Any) -> Decimal:
        # A decimal that is no number raises when compared; a float that is none only fails to compare.
        is_number = type(value) in (int, float) or (isinstance(value, Decimal) and value.is_finite())
        if is_number and 0 <= value <= 100:
            return Decimal(str(value))
        raise self.refuse(value, known)

    def accepted(self, known: Any) -> Accepted:
        return "un nombre de 0 à 100, en pour cent"

    def schema(self, known: Any) -> dict[str, Any]:
        return {"type": "number", "minimum": 0, "maximum": 100}

    def from_text(self, text: str) -> Any:
        return float(text) if _DECIMAL.fullmatch(text) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Input):
    """An amount in francs, written with two decimals and never negative: ``25.00``."""

    def read(self, value: Any, known: Any) -> Chf:
        if isinstance(value, str) and re.fullmatch(AMOUNT_PATTERN, value, re.ASCII):
            return Chf.parse(value)
        if isinstance(value, Chf) and re.fullmatch(AMOUNT_PATTERN, value.francs, re.ASCII):
            return value
        raise self.refuse(value, known)

    def accepted(self, known: Any) -> Accepted:
        return "un montant en francs avec deux décimales, comme 25.00, de 0.00 à 999999999999.99"

    def schema(self, known: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": AMOUNT_PATTERN}


def _shown(given: Any) -> Any:
    """What was given, short and safe to write as JSON: a list, an object, an infinity, a huge number become text."""
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, int):
        return given if abs(given) < LARGEST_SHOWN else "un nombre de plus de 18 chiffres"
    return str(given)[:LONGEST_SHOWN]


def read_day(value: Any) -> date | None:
    """A date, or its form AAAA-MM-JJ; nothing for anything else, an instant included."""
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime) and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    return None


def read_instant(value: Any) -> datetime | None:
    """An aware datetime, or its ISO form; nothing for anything else, an instant without time zone included."""
    if isinstance(value, str) and len(value) > 10:  # noqa: PLR2004 - longer than a bare day
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime) and value.tzinfo is not None and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    return None


def needed(asked: Mapping[str, Any], name: str, accepted: Accepted) -> Any:
    """The value of an optional input that the other inputs make necessary.

    Raises:
        BadInput: it is absent.
    """
    if asked[name] is None:
        raise BadInput(name, None, accepted)
    return asked[name]


def nearest_names(name: Any, known: Sequence[str]) -> list[str]:
    """The known names that look most like one that is not; all of them when none does."""
    from difflib import get_close_matches  # noqa: PLC0415 - costs as much as the whole core to load, and only errors need it

    return get_close_matches(str(name), known, n=3, cutoff=0.3) or list(known)
