"""A small bar chart drawn on the server: SVG by attributes and classes only, its numbers in a table beneath."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from guichet.kit.formats import numeric_date

WIDTH, HEIGHT, _FLOOR, _TOP = 720, 160, 132, 12


class Bar(NamedTuple):
    """One bar, in the units of the drawing; ``label`` is shown beneath it, where there is one."""

    x: float
    y: float
    width: float
    height: float
    title: str
    label: str
    is_quiet: bool


class Chart(NamedTuple):
    """Bars, the number at the top of the scale, and its place."""

    bars: tuple[Bar, ...]
    most: int
    top: int = _TOP
    floor: int = _FLOOR
    width: int = WIDTH
    height: int = HEIGHT


def by_day(counts: Sequence[tuple[date, int]]) -> Chart:
    """One bar a day, the first to the left; Saturdays and Sundays are drawn quietly, Mondays carry their date."""
    most = max((count for _, count in counts), default=0) or 1
    slot = WIDTH / max(1, len(counts))
    bars = []
    for place, (day, count) in enumerate(counts):
        height = round((_FLOOR - _TOP) * count / most, 1)
        bars.append(
            Bar(
                x=round(place * slot + slot * 0.15, 1),
                y=round(_FLOOR - height, 1),
                width=round(slot * 0.7, 1),
                height=height,
                title=f"{numeric_date(day)} : {count}",
                label=f"{day.day}.{day.month}." if day.weekday() == 0 else "",
                is_quiet=day.weekday() >= 5,
            )
        )
    return Chart(tuple(bars), most)
