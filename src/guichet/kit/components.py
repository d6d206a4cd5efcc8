"""What the parts of a page are given: plain frozen records, so that a view prepares them and a type checker reads them.

Every part is shown on the gallery page ``/kit/``, empty, single, many and very long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias

from django.utils.safestring import SafeString

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Answer, Step
from guichet.law.kernel.money import Chf

# A passage as a page may hold it: the object of the law, its stored key (``CGV:3/1``), or its JSON form.
Passage: TypeAlias = Ref | str | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons behind a sum, a day or a refusal, opened in place by « pourquoi ? »."""

    sentence: str
    steps: Sequence[Step] = ()
    basis: tuple[Passage, ...] = ()
    reservations: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: Answer) -> Why:
        """The reasons of an answer of the law, in its own words."""
        sentence = answer.say().splitlines()[0]
        return cls(sentence, steps=answer.steps, basis=answer.because, reservations=answer.reservations)


class Row(NamedTuple):
    """One answer on a review page; ``change`` is the address where it can be changed, empty when it cannot be."""

    label: str
    value: str | SafeString
    change: str = ""


class PriceLine(NamedTuple):
    """One line of what a person pays; ``amount`` is absent while the law or the tariff cannot tell it."""

    label: str
    amount: Chf | None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """« Ce que vous payez »: the lines, their total, and when it is due (a French sentence)."""

    lines: tuple[PriceLine, ...]
    note: str = ""
    why_total: Why | None = None

    @property
    def total(self) -> Chf | None:
        """The sum of the lines; absent as soon as one line is not known."""
        amounts = [line.amount for line in self.lines if line.amount is not None]
        return Chf.total(amounts) if len(amounts) == len(self.lines) else None


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a case, as its timeline tells it: ``what`` is a whole sentence, with its full stop."""

    at: datetime
    what: str
    by: str = ""
    basis: tuple[Passage, ...] = ()
    note: str | SafeString = ""


@dataclass(frozen=True, slots=True)
class OpenClock:
    """A period that runs: until which day (inclusive), its length in words, and how the day is calculated.

    ``due_on`` is absent for an indicative or indeterminate period; ``length`` then says all there is to say.
    """

    label: str
    due_on: date | None
    length: str
    basis: tuple[Passage, ...] = ()
    why: Why | None = None
    is_over: bool = False


class Crumb(NamedTuple):
    """A step of the way to this page; the last one has no address."""

    label: str
    address: str = ""


class Entrance(NamedTuple):
    """A way in on a page of choices: where it leads, what it is called, and one sentence on what it is for."""

    address: str
    label: str
    purpose: str = ""


class Cell(NamedTuple):
    """A cell of a table; numbers are aligned to the right."""

    content: str | SafeString
    is_number: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a caption; ``empty`` is the French sentence shown instead of a table without rows."""

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    empty: str = "Rien à afficher."
    caption_is_hidden: bool = False

    @property
    def headings(self) -> list[tuple[str, bool]]:
        """Each column's name, and whether it holds numbers (told by the first row)."""
        first = self.rows[0] if self.rows else ()
        return [(name, place < len(first) and first[place].is_number) for place, name in enumerate(self.columns)]
