"""The right to have facts rectified by a publisher, and the action that defends it (art. 33, 34 and 61 LIPAD).

`lipad.rectification`, `lipad.publisher_answer`, `lipad.rectification_action`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from guichet.law.acts.lipad.answers import counted_by, decided, first_gap, last_day
from guichet.law.acts.lipad.periods import (
    ACTION,
    PUBLISHER,
    RECTIFICATION_FROM_KNOWLEDGE,
    RECTIFICATION_FROM_PUBLICATION,
)
from guichet.law.kernel.answers import Answer, Steps
from guichet.law.kernel.clocks import run
from guichet.law.kernel.inputs import BadInput

_TOO_LATE = "Le délai dès la diffusion était déjà échu quand l'institution a eu connaissance de la publication."


def rectification(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """The last day to ask for a rectification: 10 days from knowledge, at most 30 from publication (art. 34 al. 1)."""
    known_on, published_on = asked["known_on"], asked["published_on"]
    if known_on < published_on:
        raise BadInput("known_on", known_on.isoformat(), "un jour qui ne précède pas la diffusion")
    if gap := first_gap(on, "34/1"):
        return gap
    known = run(RECTIFICATION_FROM_KNOWLEDGE, known_on)
    published = run(RECTIFICATION_FROM_PUBLICATION, published_on)
    first = min(known, published, key=lambda deadline: deadline.last_day)
    late = (_TOO_LATE,) if published.last_day < known_on else ()
    return decided(
        on,
        {"last_day": first.last_day},
        "Le dernier jour pour demander la rectification à l'éditeur est le {last_day}",
        "34/1",
        outside=counted_by(first)[1:],
        steps=Steps(lambda: (*known.steps, *published.steps)),
        reservations=(*late, *first.reservations),
    )


def publisher_answer(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """The instant before which the publisher answers, 48 real hours after the request (art. 34 al. 2)."""
    if gap := first_gap(on, "34/2"):
        return gap
    deadline = run(PUBLISHER, asked["requested_at"])
    return decided(
        on,
        {"before": deadline.until},
        "L'éditeur répond au plus tard le {before}",
        "34/2",
        steps=deadline.steps,
        reservations=deadline.reservations,
    )


def rectification_action(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """The last day to bring the action, 10 days from the publisher's answer (art. 61 al. 2)."""
    deadline = run(ACTION, asked["answered_on"])
    return last_day(on, deadline, "Le dernier jour pour introduire l'action est le {last_day}")
