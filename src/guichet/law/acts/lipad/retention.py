"""Article 40 al. 2: until when the destruction of data may be put off (`lipad.deferral_last_day`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from guichet.law.acts.lipad.answers import last_day
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import DEFERRAL
from guichet.law.kernel.answers import Answer
from guichet.law.kernel.clocks import run
from guichet.law.kernel.tables import Line, Table

# A list of one line, so that a new period takes its place beside the old one (ADR 0013).
DEFERRALS = Table(LIPAD, "40/2", inputs={}, lines=(Line("40/2", DEFERRAL),))
_PHRASE = "La destruction peut être différée jusqu'au {last_day} au plus tard ; d'ici là, les données ne circulent plus"


def deferral_last_day(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """The last day of a destruction put off for the evaluation of a public policy, inclusive (art. 40 al. 2)."""
    found = DEFERRALS.decide(on)
    if not isinstance(found, tuple):
        return found
    return last_day(on, run(found[0].value, asked["no_longer_needed_on"]), _PHRASE)
