"""A table as plain integers, for files of cases: the number of a point and the days of law lead to the number of an outcome.

Whoever computes in bulk reads the arrays as they are; each outcome is the very one that `Table.decide` gives, so that
every case keeps the line that decided it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Generic

from guichet.law.kernel.answers import Answer
from guichet.law.kernel.tables import Found, Table, V


@dataclass(frozen=True, slots=True)
class Columns(Generic[V]):
    """The arrays of one table.

    ``codes`` gives, for each input in order, what each value adds to the number of a point. ``first_days`` are the first
    days of the epochs as ordinals, ascending, the first of them 1. ``cells`` holds the number of an outcome for each
    point and epoch, the epochs of a point side by side.
    """

    codes: tuple[Mapping[Hashable, int], ...]
    first_days: array[int]
    cells: array[int]
    outcomes: tuple[Found[V] | Answer, ...]

    @property
    def points(self) -> int:
        """How many points there are; they are numbered from 0."""
        return len(self.cells) // len(self.first_days)

    def number(self, point: tuple[Hashable, ...]) -> int:
        """The number of a point.

        Raises:
            KeyError: a value outside the table's inputs.
        """
        return sum(code[value] for code, value in zip(self.codes, point, strict=True))

    def outcome(self, on: date, number: int) -> Found[V] | Answer:
        """The outcome of one point on one day."""
        epoch = bisect_right(self.first_days, on.toordinal()) - 1
        return self.outcomes[self.cells[number * len(self.first_days) + epoch]]


def compile_table(table: Table[V]) -> Columns[V]:
    """Ask the table once for each point and epoch; a reform of its values leaves every number as it is."""
    days = (date.min, *table.days())
    numbers: dict[object, int] = {}
    outcomes: list[Found[V] | Answer] = []
    cells = array("H")
    for point in product(*table.inputs.values()):
        for day in days:
            found = table.decide(day, *point)
            # A line is the same object on each day of an epoch; other answers are made afresh and compared.
            key = id(found) if isinstance(found, tuple) else found
            if key not in numbers:
                numbers[key] = len(outcomes)
                outcomes.append(found)
            cells.append(numbers[key])
    return Columns(_codes(table), array("i", (day.toordinal() for day in days)), cells, tuple(outcomes))


def _codes(table: Table[V]) -> tuple[Mapping[Hashable, int], ...]:
    codes: list[Mapping[Hashable, int]] = []
    stride = 1
    for domain in reversed(table.inputs.values()):
        codes.append({value: place * stride for place, value in enumerate(domain)})
        stride *= len(domain)
    return tuple(reversed(codes))
