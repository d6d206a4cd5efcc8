"""Maintenance announced in advance (CGV 8/4): told on every page, and while it lasts no order is begun, continued or paid.

What is already under way goes on: payers come back, the provider notifies, orders are followed, the desk works. Every
process asks the database at most every few seconds, so that showing a page costs no question.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, transaction

from guichet.kit.clock import day_of
from guichet.kit.errors import Refused
from guichet.kit.formats import clock_time, long_date

from .models import Maintenance

log = logging.getLogger(__name__)
FRESH_SECONDS = 5.0


class _Known(NamedTuple):
    """What this process last heard, and until when (monotonic seconds) it needn't ask again."""

    until: float
    planned: tuple[Maintenance, ...]


_known = _Known(float("-inf"), ())


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
    forget()
    return planned


def end(at: datetime) -> Maintenance | None:
    """End the maintenance under way, or call off the next one; None if there is neither."""
    with transaction.atomic():
        planned = Maintenance.objects.select_for_update().to_come_or_under_way(at).first()
        if planned is not None:
            planned.ended_at = at
            planned.save(update_fields=["ended_at"])
    forget()
    return planned


def next_one(at: datetime) -> Maintenance | None:
    """The maintenance under way, or else the next one announced; at most a question every few seconds."""
    return next((planned for planned in _planned(at) if planned.until_at > at), None)


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


def forget() -> None:
    """Ask the database again at the next page."""
    global _known  # noqa: PLW0603 - one value of the process, replaced whole
    _known = _Known(float("-inf"), ())


def _planned(at: datetime) -> tuple[Maintenance, ...]:
    """What is announced, as far as this process knows; a database that is away changes nothing that was known."""
    global _known  # noqa: PLW0603 - as above
    if time.monotonic() >= _known.until:
        planned = _known.planned
        try:
            planned = tuple(Maintenance.objects.to_come_or_under_way(at))
        except (DatabaseError, InterfaceError) as error:
            log.warning("announced maintenance not read: %s", type(error).__name__)
        _known = _Known(time.monotonic() + FRESH_SECONDS, planned)
    return _known.planned
