"""How dates and lists are written in French, for sentences of the core and for whoever prints its answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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


def enumerate_in_french(words: Sequence[str], last: str = "et") -> str:
    """``a, b et c``; empty for no word."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
