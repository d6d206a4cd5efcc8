"""How Guichet writes values for people, in French, and how it reads what people type. Pure functions."""

from __future__ import annotations

from datetime import date, datetime

from guichet.law.kernel.money import Chf
from guichet.law.kernel.wording import write_date, write_day

from . import avs as avs_numbers
from .clock import ZURICH


def chf(amount: Chf | int) -> str:
    """``25.00 CHF``, of an amount or of a column in centimes."""
    return str(amount if isinstance(amount, Chf) else Chf(amount))


def short_date(day: date) -> str:
    """``30 mars 2026``; the first of a month is ``1er mars 2026``."""
    return write_date(day)


def long_date(day: date) -> str:
    """``lundi 30 mars 2026``: for last days and appointments, where the weekday helps."""
    return write_day(day)


def numeric_date(day: date) -> str:
    """``30.03.2026``: for dense tables of the desk only."""
    return f"{day.day:02}.{day.month:02}.{day.year}"


def clock_time(at: datetime) -> str:
    """``14 h 05`` in Geneva, in one piece: a line does not end within it."""
    local = at.astimezone(ZURICH)
    return f"{local.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{local.minute:02}"


def instant(at: datetime) -> str:
    """``30 mars 2026 à 14 h 05`` in Geneva, for any aware instant."""
    return f"{short_date(at.astimezone(ZURICH).date())} à {clock_time(at)}"


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 document``, ``0 document``, ``1 234 documents``: French takes the plural from two."""
    word = one if abs(number) < 2 else (many or f"{one}s")
    return f"{number:,}".replace(",", " ") + f" {word}"


def pluralize(number: int, endings: str = "s") -> str:
    """The ending of a word that counts, by the French rule (the plural begins at two): ``s``, or ``a,ont`` for both."""
    one, _, many = endings.rpartition(",")
    return one if abs(number) < 2 else many


def file_size(octets: int) -> str:
    """``312 Ko``, ``4,2 Mo``: decimal units, rounded as people read them."""
    if octets < 1_000:
        return f"{octets} octets"
    if octets < 1_000_000:
        return f"{round(octets / 1_000)} Ko"
    return f"{octets / 1_000_000:.1f} Mo".replace(".0", "").replace(".", ",")


def avs(digits: str) -> str:
    """``756.1234.5678.97``: the printed form of thirteen digits."""
    return avs_numbers.formatted(digits)
