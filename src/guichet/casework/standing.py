"""Where a case stands: its journal replayed through its procedure, nothing stored."""

from __future__ import annotations

from datetime import date

from guichet.law.kernel.replay import Replay, replay

from . import journal
from .models import Case


def standing(case: Case, *, on: date) -> Replay:
    """State, history, clocks, what is possible next and what is blocked, on a day (1 query)."""
    return replay(case.procedure, journal.events(journal.entries(case.reference)), on=on)
