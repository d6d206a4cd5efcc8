"""Instants and the day they belong to in Geneva."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZURICH = ZoneInfo("Europe/Zurich")


def day_in_geneva(at: datetime) -> date:
    """The day of an aware instant: 23:30 UTC in summer is already the next day."""
    return at.astimezone(ZURICH).date()


def hours_after(at: datetime, hours: int) -> datetime:
    """An instant that many real hours later, in Europe/Zurich, whatever summer time does in between."""
    return (at.astimezone(UTC) + timedelta(hours=hours)).astimezone(ZURICH)
