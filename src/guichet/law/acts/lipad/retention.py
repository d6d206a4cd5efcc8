"""Article 40 al. 2: until when the destruction of data may be put off (`lipad.deferral_last_day`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from guichet.law.acts.lipad.answers import decided
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import DEFERRAL
from guichet.law.acts.lipad.readings_data import DEFERRAL_START
from guichet.law.kernel.answers import Answer
from guichet.law.kernel.clocks import run

_NOTES = (
    *DEFERRAL_START.reservations(),
    "Jusque-là, ces données ne sont communiquées que par les archives ou le titre II (art. 40 al. 2 LIPAD).",
)


def deferral_last_day(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """The last day of a destruction put off for the evaluation of a public policy, inclusive (art. 40 al. 2)."""
    if gap := LIPAD.gap("40/2", on):
        return gap
    deadline = run(DEFERRAL, asked["no_longer_needed_on"])
    return decided(
        on,
        {"last_day": deadline.last_day},
        "La direction de l'institution peut différer la destruction jusqu'au {last_day} au plus tard",
        "40/2",
        steps=deadline.steps,
        reservations=(*deadline.reservations, *_NOTES),
    )
