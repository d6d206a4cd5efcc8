"""The due date of an application in its row: a copy for lists; the truth is replayed from the journal."""

from __future__ import annotations

from datetime import datetime

from guichet.casework.standing import standing
from guichet.identity.models import IdentityApplication
from guichet.kit.clock import day_of

# Its length and its rules are the law's; only the day it begins on is kept with the decision.
APPEAL = "appeal"


def set_due_date(application: IdentityApplication, at: datetime) -> None:
    """Copy the earliest last day of the open clocks into the row, for lists (2 statements).

    The time to appeal counts from the notification, which is recorded with the decision.
    """
    clocks = standing(application, on=day_of(at)).clocks
    days = [clock.deadline.last_day for clock in clocks if not clock.closed_by and clock.name != APPEAL]
    if application.state in ("refused", "revoked"):
        decision = application.decisions.order_by("decided_at").last()
        days += [decision.appeal_by] if decision and decision.appeal_by else []
    due = min(days, default=None)
    if due != application.due_on:
        IdentityApplication.objects.filter(pk=application.pk).update(due_on=due)
        application.due_on = due
