"""How dates and lists are written in French, for sentences of the core and for whoever prints its answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from guichet.law.kernel.moments import ZURICH

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def write_day(day: date) -> str:
    """``lundi 30 mars 2026``; the first of a month is ``1er``."""
    return f"{WEEKDAYS[day.weekday()]} {write_date(day)}"


def write_date(day: date) -> str:
    """``30 mars 2026``, without the day of the week."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def write_instant(at: datetime) -> str:
    """``lundi 30 mars 2026 à 13 h 05``, in Geneva."""
    here = at.astimezone(ZURICH)
    return f"{write_day(here.date())} à {here:%H h %M}"


def write_moment(moment: date | datetime) -> str:
    """A day or an instant, as it is known."""
    return write_instant(moment) if isinstance(moment, datetime) else write_day(moment)


def enumerate_in_french(words: Sequence[str], last: str = "et") -> str:
    """``a, b et c``; empty for no word."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
