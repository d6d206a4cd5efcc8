"""The desk's first page: what lies in each list, what is late, and how many orders came in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from guichet.desk import chart
from guichet.desk.overview import load, overview
from guichet.desk.web.seat import DeskRequest, at_desk
from guichet.desk.worklist import SELECTIONS
from guichet.kit import clock
from guichet.kit.components import Cell, Table
from guichet.kit.formats import numeric_date

_PILES = (("a-examiner", "examination"), ("a-poster", "issued"), ("accordees", "granted"), ("payees", "paid"))


@at_desk
@require_safe
def home(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """Counts by list, what is overdue in words, the load of the last thirty days."""
    at, on = clock.now(), clock.today()
    seen, counts = overview(on), load(at)
    context = {
        "seen": seen,
        "piles": [(SELECTIONS[slug].label, urlencode({"liste": slug}), seen.pile(state)) for slug, state in _PILES],
        "days_late": (on - seen.oldest_on).days if seen.oldest_on else 0,
        "is_worker_silent": seen.is_worker_silent(at),
        "load": _drawn(tuple(counts)),
    }
    return render(request, "desk/home.html", context)


@lru_cache(maxsize=4)
def _drawn(counts: tuple[tuple[date, int], ...]) -> SafeString:
    """The load as a chart and a table, drawn anew when a number has changed: it is most of the page."""
    context = {
        "chart": chart.by_day(counts),
        "received": sum(number for _, number in counts),
        "load": _table(counts),
    }
    return render_to_string("desk/load.html", context)


def _table(counts: Sequence[tuple[date, int]]) -> Table:
    rows = [[Cell(numeric_date(day)), Cell(str(number), is_number=True)] for day, number in reversed(counts)]
    return Table("Commandes reçues par jour", ("Jour", "Commandes"), rows)
