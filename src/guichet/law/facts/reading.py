"""Reading the files of dated facts, strictly: an unknown key, an overlap or a missing source stops the start."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.money import Chf
from guichet.law.kernel.wording import write_date

PACKAGED = Path(__file__).parent
FILES = ("tariff", "postage", "issuer", "shares", "grounds", "dispatch", "validity")
_REQUIRED = {"key", "label", "from", "confidence", "source"}
_OPTIONAL = {"amount", "value", "number", "until", "verified_to", "note", "address"}


class BadFacts(Exception):  # noqa: N818 - named like the other refusals of the core
    """A file of facts cannot be used; the message names the file, the line and what is wrong, in French."""


class Confidence(StrEnum):
    """How far a fact can be relied on."""

    SURE = "sure"
    LIKELY = "likely"
    OWN_KNOWLEDGE = "own_knowledge"


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated value: an amount, a text or a whole number, its first and last day (both inclusive), its source and its confidence.

    ``ref`` is the passage of its text that holds it, where the file says which, and where it was read.
    """

    key: str
    label: str
    value: Chf | str | int
    valid_from: date
    valid_until: date | None
    confidence: Confidence
    verified_to: date | None
    note: str
    ref: Ref

    def holds_on(self, on: date) -> bool:
        """Whether the fact is valid on that day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def reservations(self, on: date) -> tuple[str, ...]:
        """What an answer that rests on this fact owes to its reader."""
        found = []
        if self.confidence is not Confidence.SURE:
            degree = "probable" if self.confidence is Confidence.LIKELY else "non vérifiée"
            found.append(f"Donnée {degree} : {self.label}. Source : {self.ref.source}.")
        if self.verified_to and on > self.verified_to:
            found.append(f"Donnée vérifiée jusqu'au {write_date(self.verified_to)} seulement : {self.label}.")
        return (*found, self.note) if found and self.note else tuple(found)


class Facts:
    """All the dated facts an installation knows."""

    def __init__(self, lines: Mapping[str, Iterable[Fact]]) -> None:
        self._lines: dict[str, dict[str, list[Fact]]] = {name: {} for name in FILES}
        for name, facts in lines.items():
            for fact in facts:
                self._lines[name].setdefault(fact.key, []).append(fact)

    def find(self, file: str, key: str, on: date) -> Fact | None:
        """The fact of this key valid on that day; nothing when none is known."""
        return next((fact for fact in self._lines[file].get(key, ()) if fact.holds_on(on)), None)

    def names(self, file: str) -> dict[str, str]:
        """The keys of a file, whatever their days, with the latest of their French labels."""
        return {key: max(facts, key=lambda fact: fact.valid_from).label for key, facts in self._lines[file].items()}


@lru_cache(maxsize=1)
def packaged() -> Facts:
    """The facts that come with the software."""
    return read()


def read(folder: Path | None = None) -> Facts:
    """Read the facts: each file from the office's own folder when it has one there, else as packaged.

    Raises:
        BadFacts: a file is unreadable or a line of it is not acceptable.
    """
    if folder is not None and not folder.is_dir():
        raise BadFacts(f"{folder} : le dossier des données datées n'existe pas.")
    return Facts({name: _read_file(_place(name, folder)) for name in FILES})


def _place(name: str, folder: Path | None) -> Path:
    own = folder / f"{name}.toml" if folder else None
    return own if own and own.is_file() else PACKAGED / f"{name}.toml"


def _read_file(place: Path) -> list[Fact]:
    try:
        written = tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFacts(f"{place.name} : fichier illisible ({error}).") from error
    if set(written) - {"text", "title", "line"} or not isinstance(written.get("text"), str):
        raise BadFacts(f"{place.name} : le fichier contient « text », « title » et des « [[line]] », rien d'autre.")
    facts: list[Fact] = []
    for number, line in enumerate(written.get("line", []), start=1):
        try:
            facts.append(_read_line(line, written["text"], facts))
        except (ValueError, TypeError) as error:
            key = line.get("key", "?") if isinstance(line, dict) else "?"
            raise BadFacts(f"{place.name}, ligne {number} ({key}) : {error}.") from error
    return facts


def _read_line(line: dict[str, Any], text: str, others: Iterable[Fact]) -> Fact:
    if unknown := set(line) - _REQUIRED - _OPTIONAL:
        raise ValueError(f"clé inconnue : {', '.join(sorted(unknown))}")
    if missing := {name for name in _REQUIRED if not line.get(name)}:
        raise ValueError(f"il manque : {', '.join(sorted(missing))}")
    first, last, verified_to = _day(line, "from"), _day(line, "until"), _day(line, "verified_to")
    assert first is not None, "required above"
    if last and last < first:
        raise ValueError("la ligne finit avant de commencer")
    fact = Fact(
        key=_text(line, "key"),
        label=_text(line, "label"),
        value=_value(line),
        valid_from=first,
        valid_until=last,
        confidence=Confidence(line["confidence"]),
        verified_to=verified_to,
        note=_text(line, "note"),
        ref=Ref(text, _text(line, "address"), first, outside=True, source=_text(line, "source")),
    )
    if any(_overlap(fact, other) for other in others if other.key == fact.key):
        raise ValueError("elle recouvre une autre ligne de même clé")
    return fact


def _value(line: dict[str, Any]) -> Chf | str | int:
    if sum(name in line for name in ("amount", "value", "number")) != 1:
        raise ValueError("il faut soit « amount », soit « value », soit « number »")
    if "number" in line:
        return _number(line["number"])
    return Chf.parse(_text(line, "amount")) if "amount" in line else _text(line, "value")


def _number(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise TypeError("« number » est un nombre entier d'au moins 1, sans guillemets")
    return value


def _text(line: dict[str, Any], name: str) -> str:
    value = line.get(name, "")
    if not isinstance(value, str):
        raise TypeError(f"« {name} » est un texte")
    return value


def _day(line: dict[str, Any], name: str) -> date | None:
    value = line.get(name)
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise TypeError(f"« {name} » est une date, sans guillemets")
    return value


def _overlap(one: Fact, other: Fact) -> bool:
    first, second = sorted((one, other), key=lambda fact: fact.valid_from)
    return first.valid_until is None or first.valid_until >= second.valid_from
