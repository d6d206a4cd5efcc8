"""Figures and dates in a French sentence, in digits and in words, whether or not its accents were lost.

Accents may be lost from a copy (each then a U+FFFD): everything is compared after `lossy`, which loses them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guichet.law.kernel.wording import MONTHS

LOST = "\ufffd"
_SPACES = " \u00a0\u202f'’"
_SMALL = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
)
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100}
_UNITS = (
    ("francs", r"francs?|chf"),
    ("jours", r"jours?"),
    ("heures", r"heures?"),
    ("mois", r"mois"),
    ("ans", r"ans?|ann.es?"),
    ("%", r"%|pour ?cent"),
)
DURATIONS = frozenset({"jours", "heures", "mois", "ans"})


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A number and its unit: « francs », « jours », « heures », « mois », « ans » or « % »."""

    value: str
    unit: str

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


def lossy(words: str) -> str:
    """Lower case, every letter that is not ASCII replaced by the one sign that copies leave for a lost letter."""
    return "".join(sign if sign.isascii() or not sign.isalpha() else LOST for sign in words.lower())


def normal(figure: str) -> str:
    """A figure as it is compared: ``50 000`` and ``50'000`` are one, and ``2,50`` is ``2.50``."""
    return re.sub(rf"[{_SPACES}%]", "", figure).replace(",", ".")


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    words = {word: number for number, word in enumerate(_SMALL)} | _TENS | {"une": 1}
    for ten, value in _TENS.items():
        words |= {f"{ten}-{unit}": value + number for number, unit in enumerate(_SMALL[2:10], 2)}
        words |= {f"{ten} et un": value + 1}
    return {lossy(word): str(number) for word, number in words.items()}


@lru_cache(maxsize=1)
def _number() -> str:
    words = "|".join(sorted(map(re.escape, _words()), key=len, reverse=True))
    return rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?|\b(?:{words})\b"


@lru_cache(maxsize=1)
def _with_unit() -> re.Pattern[str]:
    units = "|".join(f"(?P<u{place}>{pattern})" for place, (_, pattern) in enumerate(_UNITS))
    between = rf"(?:[{_SPACES}]*(?:et|ou|à|{LOST}|-|–)[{_SPACES}]*(?P<high>{_number()}))?"
    return re.compile(rf"(?P<low>{_number()}){between}[{_SPACES}]*(?:{units})(?!\w)")


@lru_cache(maxsize=1)
def _date() -> re.Pattern[str]:
    months = "|".join(lossy(month) for month in MONTHS)
    return re.compile(rf"\b(\d{{1,2}})(?:er)? ({months}) (\d{{4}})\b")


def figures_in(words: str) -> tuple[Figure, ...]:
    """Every figure in francs, days, hours, months, years or percent, in the order met; both ends of a range."""
    found = []
    for match in _with_unit().finditer(lossy(words)):
        unit = next(name for place, (name, _) in enumerate(_UNITS) if match[f"u{place}"])
        found += [Figure(_value(number), unit) for number in (match["low"], match["high"]) if number]
    return tuple(found)


def numbers_in(words: str) -> frozenset[str]:
    """Every number, in digits or in words, whatever it counts."""
    return frozenset(_value(number) for number in re.findall(_number(), lossy(words)))


def dates_in(words: str) -> frozenset[date]:
    """Every day written out (« 1er mars 2002 »)."""
    return frozenset(day for match in _date().finditer(lossy(words)) if (day := _day(*match.groups())))


def month_in(words: str) -> date | None:
    """The first day of the first « octobre 2024 » met."""
    months = [lossy(month) for month in MONTHS]
    match = re.search(rf"\b({'|'.join(months)}) (\d{{4}})\b", lossy(words))
    return date(int(match[2]), months.index(match[1]) + 1, 1) if match else None


def _value(number: str) -> str:
    return _words().get(number) or normal(number)


def _day(day: str, month: str, year: str) -> date | None:
    months = [lossy(each) for each in MONTHS]
    try:
        return date(int(year), months.index(month) + 1, int(day))
    except ValueError:
        return None
