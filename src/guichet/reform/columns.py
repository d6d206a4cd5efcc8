"""Tables of the law evaluated over columns of cases: one outcome a case, all of them at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guichet.law.kernel.columns import Columns
from guichet.law.kernel.inputs import FIRST_YEAR, LAST_YEAR

_FIRST, _LAST = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
Whole = NDArray[np.int32]


def decide_all(columns: Columns[Any], points: Whole, days: Whole) -> NDArray[np.uint16]:
    """The number of the outcome of each case, by the number of its point and its day as an ordinal.

    The outcome says which line decided the case, or why none did. A day outside the years that the law can be asked about
    is an error of the caller.
    """
    first_days = np.frombuffer(columns.first_days, dtype=np.int32)
    # One look-up a day instead of a search among the epochs.
    lengths = np.diff(np.clip(np.append(first_days, _LAST + 1), _FIRST, _LAST + 1))
    epochs = np.repeat(np.arange(len(first_days), dtype=np.int32), lengths)
    cells: NDArray[np.uint16] = np.frombuffer(columns.cells, dtype=np.uint16)
    outcomes: NDArray[np.uint16] = cells[points * np.int32(len(first_days)) + epochs[days - np.int32(_FIRST)]]
    return outcomes
