"""The due date of an application in its row: a copy for lists; the truth is replayed from the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from guichet.casework.standing import standing
from guichet.identity.models import IdentityApplication, IdentityDecision
from guichet.kit.clock import day_of
from guichet.law.kernel.clocks import Deadline, run
from guichet.law.kernel.replay import Running
from guichet.law.procedures import RDID_APPLICATION

# The fact by which the law counts the time to appeal and to give a withdrawn document back: it is kept with the decision.
_NOTIFIED_ON = RDID_APPLICATION.clocks["appeal"].fact


def deadline_of(running: Running, decision: IdentityDecision | None) -> Deadline | None:
    """The days of a clock that runs; nothing while it waits for the notification of the decision that opened it."""
    clock = running.deadline.clock
    if clock.fact != _NOTIFIED_ON or decision is None:
        return running.deadline
    return run(clock, decision.notified_on) if decision.notified_on else None


def latest_decision(application: IdentityApplication) -> IdentityDecision | None:
    """The decision on the application that counts, if one was taken (1 query)."""
    return application.decisions.on_the_application().order_by("decided_at").last()


def counted_decision(application: IdentityApplication, clocks: Sequence[Running]) -> IdentityDecision | None:
    """The decision from whose notification a clock that runs is counted (1 query, none where no such clock runs)."""
    is_counted = any(not one.closed_by and one.deadline.clock.fact == _NOTIFIED_ON for one in clocks)
    return latest_decision(application) if is_counted else None


def set_due_date(application: IdentityApplication, at: datetime) -> None:
    """Copy the earliest last day of the open clocks into the row, for lists (2 statements, 3 after a decision)."""
    clocks = standing(application, on=day_of(at)).clocks
    decision = counted_decision(application, clocks)
    deadlines = [deadline_of(clock, decision) for clock in clocks if not clock.closed_by]
    due = min((deadline.last_day for deadline in deadlines if deadline is not None), default=None)
    if due != application.due_on:
        IdentityApplication.objects.filter(pk=application.pk).update(due_on=due)
        application.due_on = due
