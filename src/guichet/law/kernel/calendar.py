"""The legal holidays of the canton of Geneva, as the cited rule they are, and its working days.

J 1 45 art. 1 al. 1 names nine days. The 2nd of January, the 1st of May and the 26th of December are not among them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from guichet.law.kernel.addresses import Ref

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6

HOLIDAYS = Ref(
    "J 1 45",
    "1/1",
    outside=True,
    source="https://www.cgas.ch/SPIP/spip.php?article1286 ; https://fer-ge.ch/web/fer-ge/jours-feries",
)


@lru_cache(maxsize=1024)
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar."""
    golden, century = year % 19, year // 100
    skipped = century - century // 4 - (8 * century + 13) // 25
    moon = (skipped + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    march = moon - weekday
    month = 3 + (march + 40) // 44
    return date(year, month, march + 28 - 31 * (month // 4))


@lru_cache(maxsize=1024)
def holidays(year: int) -> Mapping[date, str]:
    """The nine legal holidays of a year, with their French names."""
    sunday = easter(year)
    september = date(year, 9, 1)
    first_sunday = september + timedelta(days=(SUNDAY - september.weekday()) % 7)
    return MappingProxyType(
        {
            date(year, 1, 1): "Nouvel An",
            sunday - timedelta(days=2): "Vendredi saint",
            sunday + timedelta(days=1): "lundi de Pâques",
            sunday + timedelta(days=39): "Ascension",
            sunday + timedelta(days=50): "lundi de Pentecôte",
            date(year, 8, 1): "Fête nationale",
            first_sunday + timedelta(days=4): "Jeûne genevois",
            date(year, 12, 25): "Noël",
            date(year, 12, 31): "Restauration de la République",
        }
    )


def why_not_working(day: date) -> str | None:
    """``samedi``, ``dimanche`` or the name of the legal holiday; nothing for a working day."""
    holiday = holidays(day.year).get(day)
    if holiday:
        return holiday
    weekday = day.weekday()
    if weekday < SATURDAY:
        return None
    return "samedi" if weekday == SATURDAY else "dimanche"


def is_working_day(day: date) -> bool:
    """Monday to Friday, less the nine legal holidays."""
    return why_not_working(day) is None


def working_day_after(day: date, count: int) -> date:
    """The working day that is ``count`` working days after a day; the day itself never counts."""
    year, before = day.year, bisect_right(_working_days(day.year), day)
    while (days := _working_days(year)) and before + count > len(days):
        year, count, before = year + 1, count - (len(days) - before), 0
    return days[before + count - 1]


@lru_cache(maxsize=64)
def _working_days(year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return tuple(day for day in days if is_working_day(day))
