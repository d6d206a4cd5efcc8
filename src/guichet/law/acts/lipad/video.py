"""Article 42 al. 2: until when a recording of video surveillance may be kept (`lipad.footage_until`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from guichet.law.acts.lipad.answers import decided
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import FOOTAGE, FOOTAGE_AFTER_HARM
from guichet.law.kernel.answers import Answer, Assessment
from guichet.law.kernel.clocks import Clock, run
from guichet.law.kernel.tables import Line, Table

YES, NO = frozenset({True}), frozenset({False})
# No clock: the recording is kept until criminal proceedings end, and only a person can tell that they have.
KEEPING: Table[Clock | None] = Table(
    LIPAD,
    "42/2",
    inputs={"harm": (False, True), "criminal_case_open": (False, True)},
    lines=(
        Line("42/2", None, {"criminal_case_open": YES}),
        Line("42/2", FOOTAGE_AFTER_HARM, {"criminal_case_open": NO, "harm": YES}),
        Line("42/2", FOOTAGE, {"criminal_case_open": NO, "harm": NO}),
    ),
)
_END_OF_CASE = ("l'issue de la procédure pénale ouverte",)


def footage_until(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """The last day on which a recording may be kept, inclusive (art. 42 al. 2)."""
    found = KEEPING.decide(on, asked["harm"], asked["criminal_case_open"])
    if not isinstance(found, tuple):
        return found
    line, ref = found
    if line.value is None:
        return Assessment(
            by="la personne responsable de l'installation",
            criteria=_END_OF_CASE,
            because=(ref,),
            reservations=LIPAD.remarks("42/2", on),
        )
    deadline = run(line.value, asked["recorded_at"])
    return decided(
        on,
        {"until": deadline.last_day},
        "L'enregistrement peut être conservé jusqu'au {until} au plus tard",
        line.address,
        steps=deadline.steps,
        reservations=deadline.reservations,
    )
