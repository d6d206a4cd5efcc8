"""The columns of a table of the law beside a bare numpy look-up of the same amounts, a million mixed cases in one process.

``python -m tests.load.law_columns`` prints the ratio; `measure` gives it to the bench.
"""

from __future__ import annotations

from datetime import date
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from guichet.law.kernel.columns import Columns, compile_table
from guichet.law.questions import find
from guichet.reform.columns import decide_all

CASES, ROUNDS = 1_000_000, 15
FIRST_DAY, LAST_DAY = date(2003, 1, 1).toordinal(), date(2025, 12, 31).toordinal()


class Measured(NamedTuple):
    """Milliseconds for cases of mixed days and inputs, the best of the rounds: whatever else runs only adds to them."""

    floor: float
    columns: float

    @property
    def ratio(self) -> float:
        """How many times the look-up the columns cost."""
        return self.columns / self.floor


def measure(cases: int = CASES, rounds: int = ROUNDS) -> Measured:
    """Time both in turn: the look-up gives amounts; the columns give amounts and which line decided each case."""
    figures = find("rdid.fee").figures
    assert figures is not None, "the fees of the regulation are a table"
    columns = compile_table(figures.table)
    chance = np.random.default_rng(2003)
    points = chance.integers(0, columns.points, cases, dtype=np.int32)
    days = chance.integers(FIRST_DAY, LAST_DAY, cases, dtype=np.int32)
    amounts = _amounts(columns)
    by_point = amounts[np.frombuffer(columns.cells, dtype=np.uint16)].reshape(columns.points, -1)
    first_days = np.frombuffer(columns.first_days, dtype=np.int32)
    # The quickest look-up there is: the epoch of each day of the calendar is known beforehand.
    epochs = np.searchsorted(first_days, np.arange(LAST_DAY + 1), side="right") - 1
    floors, ours = [], []
    for _ in range(rounds):
        start = perf_counter()
        looked_up = by_point[points, epochs[days]]
        between = perf_counter()
        outcomes = decide_all(columns, points, days)
        decided = amounts[outcomes]
        ended = perf_counter()
        assert np.array_equal(looked_up, decided)
        floors.append(1000 * (between - start))
        ours.append(1000 * (ended - between))
    return Measured(min(floors), min(ours))


def _amounts(columns: Columns[Any]) -> NDArray[np.int64]:
    """The centimes of each outcome; -1 where none was decided."""
    decided = (found[0].value.centimes if isinstance(found, tuple) else -1 for found in columns.outcomes)
    return np.fromiter(decided, dtype=np.int64, count=len(columns.outcomes))


if __name__ == "__main__":
    found = measure()
    print(f"look-up {found.floor:.1f} ms, columns {found.columns:.1f} ms, ratio {found.ratio:.2f}")
