"""The effect of a reform: for each line of a table, how many cases it decides and what they pay before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.columns import Columns, compile_table
from guichet.law.kernel.inputs import BadInput
from guichet.law.kernel.money import Chf
from guichet.law.kernel.tables import Table
from guichet.reform.cases import Cases
from guichet.reform.columns import decide_all


@dataclass(frozen=True, slots=True)
class LineEffect:
    """One line of the table: the cases it decides, and their amounts before and after, exact in centimes."""

    ref: Ref
    cases: int
    before: Chf
    after: Chf

    @property
    def difference(self) -> Chf:
        """What the reform adds; negative where it takes away."""
        return self.after - self.before

    def to_json(self) -> dict[str, Any]:
        """The line as plain values."""
        return {"because": self.ref.to_json(), "cases": self.cases, **_amounts(self.before, self.after)}


@dataclass(frozen=True, slots=True)
class Effect:
    """A reform and what it does: the values it changes, its lines, and how many cases no line decides, by kind of answer."""

    question: str
    changes: Mapping[str, tuple[Chf, Chf]]
    lines: tuple[LineEffect, ...]
    undecided: Mapping[str, int]

    @property
    def before(self) -> Chf:
        """What all the cases pay today."""
        return Chf.total(line.before for line in self.lines)

    @property
    def after(self) -> Chf:
        """What all the cases would pay."""
        return Chf.total(line.after for line in self.lines)

    @property
    def cases(self) -> int:
        """How many cases were counted, decided or not."""
        return sum(line.cases for line in self.lines) + sum(self.undecided.values())

    def to_json(self) -> dict[str, Any]:
        """The effect as plain values: amounts in francs with two decimals."""
        return {
            "question": self.question,
            "reform": {address: {"from": old.francs, "to": new.francs} for address, (old, new) in self.changes.items()},
            "lines": [line.to_json() for line in self.lines],
            "undecided": dict(self.undecided),
            "cases": self.cases,
            "total": _amounts(self.before, self.after),
        }


def effect_of(question: str, table: Table[Chf], reform: Mapping[str, Chf], cases: Cases) -> Effect:
    """What other present values of some lines would change for these cases.

    Raises:
        BadInput: no line of the table has one of the addresses.
    """
    present = {line.address: line.value for line in table.lines}
    for address, value in reform.items():
        if address not in present:
            raise BadInput(address, value.francs, list(present))
    before, after = cases.table, compile_table(table.reform(reform))
    counts = _count(cases)
    return Effect(
        question,
        {address: (present[address], value) for address, value in reform.items()},
        tuple(sorted(_lines(before, after, counts), key=lambda effect: list(present).index(effect.ref.address))),
        _undecided(before, counts),
    )


def _count(cases: Cases) -> list[int]:
    """How many cases each outcome has."""
    points, days = np.asarray(cases.points, dtype=np.int32), np.asarray(cases.days, dtype=np.int32)
    counts = np.bincount(decide_all(cases.table, points, days), minlength=len(cases.table.outcomes))
    return [int(count) for count in counts]


def _lines(before: Columns[Chf], after: Columns[Chf], counts: Sequence[int]) -> list[LineEffect]:
    """The lines that decide a case; the numbers of outcomes are the same before and after."""
    found: dict[str, LineEffect] = {}
    for old, new, count in zip(before.outcomes, after.outcomes, counts, strict=True):
        if not isinstance(old, tuple) or not isinstance(new, tuple):
            continue
        (line, ref), (reformed, _) = old, new
        so_far = found.get(line.address, LineEffect(ref, 0, Chf(0), Chf(0)))
        found[line.address] = LineEffect(
            so_far.ref,
            so_far.cases + count,
            so_far.before + Chf(count * line.value.centimes),
            so_far.after + Chf(count * reformed.value.centimes),
        )
    return [effect for effect in found.values() if effect.cases]


def _undecided(columns: Columns[Chf], counts: Sequence[int]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for outcome, count in zip(columns.outcomes, counts, strict=True):
        if not isinstance(outcome, tuple) and count:
            found[outcome.kind] = found.get(outcome.kind, 0) + count
    return found


def _amounts(before: Chf, after: Chf) -> dict[str, str]:
    return {"before": before.francs, "after": after.francs, "difference": (after - before).francs}
