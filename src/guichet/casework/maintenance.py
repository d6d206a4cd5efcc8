"""Maintenance announced in advance (CGV 8/4): told on every page, and while it lasts no case is begun, continued or paid.

What is already under way goes on: payers come back, the provider notifies, cases are followed, agents work. Every
process asks the database at most every few seconds, so that showing a page costs no question.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import DatabaseError, InterfaceError, transaction

from guichet.kit.clock import day_of
from guichet.kit.errors import Refused
from guichet.kit.formats import clock_time, long_date
from guichet.kit.memory import Remembered

from .models import Maintenance

log = logging.getLogger(__name__)


def announce(*, from_at: datetime, until_at: datetime, message: str, at: datetime) -> Maintenance:
    """Announce a maintenance; every page tells it from now on.

    Raises:
        Refused: it ends before it begins, is already over, or overlaps another.
    """
    if not max(from_at, at) < until_at:
        raise Refused("Une maintenance finit après son début, et dans le futur.")
    with transaction.atomic():
        for other in Maintenance.objects.select_for_update().to_come_or_under_way(at):
            if other.from_at < until_at and from_at < other.until_at:
                raise Refused(f"Une autre maintenance est annoncée {when(other)}.")
        planned = Maintenance(from_at=from_at, until_at=until_at, message=message, announced_at=at)
        planned.save(force_insert=True)
    planned_now.forget()
    return planned


def end(at: datetime) -> Maintenance | None:
    """End the maintenance under way, or call off the next one; None if there is neither."""
    with transaction.atomic():
        planned = Maintenance.objects.select_for_update().to_come_or_under_way(at).first()
        if planned is not None:
            planned.ended_at = at
            planned.save(update_fields=["ended_at"])
    planned_now.forget()
    return planned


def next_one(at: datetime) -> Maintenance | None:
    """The maintenance under way, or else the next one announced; at most a question every few seconds."""
    return next((planned for planned in planned_now.at(at) if planned.until_at > at), None)


def under_way(at: datetime) -> Maintenance | None:
    """The maintenance of this instant, if any."""
    planned = next_one(at)
    return planned if planned is not None and planned.is_under_way(at) else None


def when(planned: Maintenance) -> str:
    """« du lundi 30 novembre 2026 à 22 h 00 au … », in Geneva; the day is not said twice."""
    first, last = (day_of(at) for at in (planned.from_at, planned.until_at))
    if first == last:
        return f"le {long_date(first)} de {clock_time(planned.from_at)} à {clock_time(planned.until_at)}"
    return f"du {instant_in_words(planned.from_at)} au {instant_in_words(planned.until_at)}"


def instant_in_words(at: datetime) -> str:
    """« lundi 30 novembre 2026 à 22 h 00 » in Geneva."""
    return f"{long_date(day_of(at))} à {clock_time(at)}"


def _asked(at: datetime) -> tuple[Maintenance, ...]:
    """What is announced; a database that is away changes nothing that was known."""
    try:
        return tuple(Maintenance.objects.to_come_or_under_way(at))
    except (DatabaseError, InterfaceError) as error:
        log.warning("announced maintenance not read: %s", type(error).__name__)
        return planned_now.last or ()


planned_now = Remembered(_asked)
