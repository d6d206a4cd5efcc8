"""When a counter receives by appointment: weekly spans, closures, and the slots made from them ahead of time."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest

from guichet.identity.models import Closure, Opening, Slot
from guichet.institutions.models import Office
from guichet.kit.clock import ZURICH
from guichet.kit.errors import Refused
from guichet.kit.writing import insert_new
from guichet.law.kernel.calendar import holidays

from . import places

DEMONSTRATION = Path(__file__).parents[1] / "data" / "openings.toml"
DAYS_AHEAD = 90
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ONE_DAY = timedelta(days=1)
_BATCH = 400  # rows in one statement: SQLite takes 32766 parameters


class BadOpeningsFile(Exception):  # noqa: N818 - reads as what happened
    """The file of openings cannot be used; the text says which line and why."""


class Overlap(Refused):
    """Two weekly spans of an office overlap."""

    code = "overlap"


def read(path: Path) -> dict[Office, list[Opening]]:
    """The openings that a TOML file gives each office it names; nothing is written.

    Raises:
        BadOpeningsFile: unreadable, an unknown office, or something missing.
    """
    try:
        described = tomllib.loads(path.read_text(encoding="utf-8"))["opening"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise BadOpeningsFile(f"{path} : {error}") from error
    offices = Office.objects.in_bulk({str(one.get("office")) for one in described}, field_name="code")
    found: dict[Office, list[Opening]] = {}
    for one in described:
        for opening in _read(one, offices):
            found.setdefault(opening.office, []).append(opening)
    return found


def _read(facts: Mapping[str, Any], offices: Mapping[str, Office]) -> Iterator[Opening]:
    """One opening for each of the weekdays of a table of the file."""
    try:
        for weekday in facts["weekdays"]:
            yield Opening(
                office=offices[facts["office"]],
                weekday=weekday,
                week=facts.get("week"),
                begins=facts["begins"],
                ends=facts["ends"],
                minutes=facts["minutes"],
                places=facts["places"],
                on_holidays=facts.get("on_holidays", False),
                valid_from=facts["valid_from"],
                valid_until=facts.get("valid_until"),
            )
    except KeyError as error:
        raise BadOpeningsFile(f"{facts.get('office', '?')} : {error} manque ou est inconnu.") from error


def check_overlaps(openings: Sequence[Opening]) -> None:
    """See that no two spans of an office overlap.

    Raises:
        Overlap: two do.
    """
    for place, one in enumerate(openings):
        for other in openings[place + 1 :]:
            if one.office == other.office and _overlap(one, other):
                day = WEEKDAYS[one.weekday]
                raise Overlap(
                    f"{one.office.code} : deux plages se recouvrent le {day}, de {one.begins:%H:%M} à {one.ends:%H:%M} "
                    f"et de {other.begins:%H:%M} à {other.ends:%H:%M}. Changez leurs heures, ou finissez l'une avant l'autre."
                )


def _overlap(one: Opening, other: Opening) -> bool:
    same_day = one.weekday == other.weekday and (one.week == other.week or None in (one.week, other.week))
    same_years = _until(one) >= other.valid_from and _until(other) >= one.valid_from
    return same_day and same_years and one.begins < other.ends and other.begins < one.ends


def _until(opening: Opening) -> date:
    return opening.valid_until or date.max


def open_slots(office: Office, *, from_on: date, until_on: date) -> int:
    """Make the slots of an office from one day to another, both included; how many are new.

    Slots that are there already keep their places and what was booked. No slot falls on a legal holiday, unless the
    opening says so, nor on a day of a closure.
    """
    with transaction.atomic():
        places.hold(office)
        closed = list(Closure.objects.filter(office=office, from_on__lte=until_on, until_on__gte=from_on))
        return insert(
            [
                slot
                for opening in Opening.objects.filter(office=office)
                for slot in slots_of(opening, from_on, until_on, closed)
            ]
        )


def slots_of(opening: Opening, from_on: date, until_on: date, closed: Sequence[Closure]) -> Iterator[Slot]:
    """The slots that an opening gives from one day to another, both included; none on holidays or closed days."""
    for day in _days(from_on, until_on):
        if opening.is_on(day) and _receives(opening, day, closed):
            yield from _slots(opening, day)


def insert(slots: Sequence[Slot]) -> int:
    """Insert those slots that aren't there; how many."""
    batches = (slots[place : place + _BATCH] for place in range(0, len(slots), _BATCH))
    return sum(len(insert_new(batch)) for batch in batches)


def open_ahead(*, on: date, days: int = DAYS_AHEAD) -> int:
    """Make the slots of all offices from a day to so many days after it; how many are new."""
    offices = Office.objects.filter(openings__isnull=False).distinct().order_by("code")
    return sum(open_slots(office, from_on=on, until_on=on + timedelta(days=days)) for office in offices)


def _days(from_on: date, until_on: date) -> Iterator[date]:
    day = from_on
    while day <= until_on:
        yield day
        day += _ONE_DAY


def _receives(opening: Opening, day: date, closed: Sequence[Closure]) -> bool:
    is_holiday = day in holidays(day.year) and not opening.on_holidays
    return not is_holiday and not any(one.from_on <= day <= one.until_on for one in closed)


def _slots(opening: Opening, day: date) -> Iterator[Slot]:
    """The slots of a day, by the clock on the wall: an hour that the change of time leaves out has none."""
    begins = datetime.combine(day, opening.begins)
    step = timedelta(minutes=opening.minutes)
    while begins + step <= datetime.combine(day, opening.ends):
        at = begins.replace(tzinfo=ZURICH)
        if _exists(at):
            yield Slot(office=opening.office, starts_at=at, minutes=opening.minutes, capacity=opening.places)
        begins += step


def _exists(at: datetime) -> bool:
    return datetime.fromtimestamp(at.timestamp(), tz=ZURICH).replace(tzinfo=None) == at.replace(tzinfo=None)


def start_of(day: date) -> datetime:
    """The first instant of a day in Geneva."""
    return datetime.combine(day, time.min, tzinfo=ZURICH)


def reopen(closure: Closure) -> None:
    """Undo a closure: its slots may be booked again, but for those that another closure keeps shut."""
    with transaction.atomic():
        closure.delete()
        between(closure.office, closure.from_on, closure.until_on).update(is_closed=False)
        for other in Closure.objects.filter(office=closure.office):
            between(other.office, other.from_on, other.until_on).update(is_closed=True)


def between(office: Office, from_on: date, until_on: date) -> QuerySet[Slot]:
    """The slots of an office on these days, both included."""
    after = start_of(until_on + _ONE_DAY)
    return Slot.objects.filter(office=office, starts_at__gte=start_of(from_on), starts_at__lt=after)


def set_places(office: Office, number: int, *, from_on: date, until_on: date) -> int:
    """Give the slots of these days, both included, so many places; never fewer than are taken. How many slots."""
    if number < 0:
        raise Refused("Le nombre de places ne peut pas être négatif.")
    return int(between(office, from_on, until_on).update(capacity=Greatest(F("taken"), number)))
