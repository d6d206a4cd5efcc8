"""The clock of the house, read by doors only (web views, commands, the worker's entry)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

ZURICH = ZoneInfo("Europe/Zurich")


def now() -> datetime:
    """The present instant, aware, in Europe/Zurich."""
    return timezone.now().astimezone(ZURICH)  # noqa: TID251 - the one place that reads the clock


def today() -> date:
    """The present day in Geneva."""
    return now().date()


def day_of(at: datetime) -> date:
    """The day in Geneva of an aware instant (an order paid at 23:30 UTC in summer belongs to the next day)."""
    return at.astimezone(ZURICH).date()
