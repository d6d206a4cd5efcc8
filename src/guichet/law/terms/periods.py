"""Periods of other texts that several procedures open."""

from __future__ import annotations

from guichet.law.kernel.clocks import COUNTING, SUSPENSION, Clock, Unit
from guichet.law.kernel.inputs import Day
from guichet.law.terms import passages
from guichet.law.terms.readings import APPEAL_COUNTING

NOTIFIED_ON = Day(name="notified_on", meaning="Jour de la notification", required=False)
APPEAL = Clock(
    name="appeal",
    title="Recours",
    length=30,
    unit=Unit.DAYS,
    basis=(passages.APPEAL, COUNTING, *SUSPENSION.values()),
    suspends=True,
    fact=NOTIFIED_ON.name,
    readings=(APPEAL_COUNTING,),
)
