"""Periods of other texts that several procedures open, and what is asked about how periods are counted."""

from __future__ import annotations

from guichet.law.kernel.clocks import COUNTING, SUSPENSION, Clock, Suspension, Unit
from guichet.law.kernel.inputs import Choice, Day
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
SUSPENSION_READING = Choice(
    name="suspension",
    meaning="Les périodes de suspension s'appliquent-elles ?",
    options=Suspension,
    names={
        Suspension.APPLY: "Les délais sont suspendus (art. 63 LPA)",
        Suspension.IGNORE: "Les délais ne sont pas suspendus",
    },
    required=False,
    default=Suspension.IGNORE,
)
