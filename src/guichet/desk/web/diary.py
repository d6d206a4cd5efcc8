"""« Journal du jour »: every act of a day, on any case."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.casework.models import Entry
from guichet.desk.casefile import names_of, timeline
from guichet.desk.web.seat import DeskRequest, at_desk
from guichet.kit import clock

_SHOWN = 200
# What an applicant does with a draft is nobody's business at the office before they confirm it.
_OF_DRAFTS = ("draft_begun", "draft_adopted", "data_copied")


@at_desk
@require_safe
def show(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """The acts of one day (``?jour=2026-11-22``), the latest first; today's without a day."""
    today = clock.today()
    day = _day(request.GET.get("jour", ""), today)
    begins = datetime.combine(day, time.min, clock.ZURICH)
    ends = datetime.combine(day + timedelta(days=1), time.min, clock.ZURICH)
    of_the_day = Entry.objects.filter(at__gte=begins, at__lt=ends).exclude(act__in=_OF_DRAFTS)
    found = list(of_the_day.order_by("-at", "-id")[: _SHOWN + 1])
    names = names_of((entry.actor for entry in found), at=clock.now())
    context = {
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
        "acts": [(entry.case_reference, told[0]) for entry in found[:_SHOWN] if (told := timeline([entry], names))],
        "has_more": len(found) > _SHOWN,
        "most": _SHOWN,
    }
    return render(request, "desk/diary.html", context)


def _day(typed: str, today: date) -> date:
    """The day asked for; today for anything that is no day, or lies ahead."""
    try:
        return min(date.fromisoformat(typed), today)
    except ValueError:
        return today
