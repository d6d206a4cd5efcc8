"""Article 13: the appeal against a decision, and its last day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.readings import APPEAL_START, remarks
from guichet.law.facts.reading import Facts
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.kernel.clocks import COUNTING, SUSPENSION, Clock, Unit, run
from guichet.law.terms.periods import NOTIFIED_ON
from guichet.law.terms.readings import APPEAL_COUNTING

APPEAL = Clock(
    name="appeal",
    title="Recours contre la décision",
    length=30,
    unit=Unit.DAYS,
    basis=(*RDID.refs("13"), COUNTING, *SUSPENSION.values()),
    suspends=True,
    fact=NOTIFIED_ON.name,
    readings=(APPEAL_START, APPEAL_COUNTING),
)


def appeal_last_day(on: date, facts: Facts, asked: Mapping[str, Any]) -> Answer:
    """The last day of the 30 days to appeal, counted from the notification, inclusive (art. 13)."""
    if gap := RDID.gap("13", on):
        return gap
    deadline = run(APPEAL, asked["notified_on"])
    return Decided(
        value={"last_day": deadline.last_day},
        phrase="Le recours peut être déposé jusqu'au {last_day} compris",
        because=APPEAL.basis,
        steps=deadline.steps,
        reservations=(*deadline.reservations, *remarks(on, "13")),
    )
