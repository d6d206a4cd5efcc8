"""« Heures d'ouverture »: the weekly spans of an authority, added, changed and ended by its supervisors.

A change is looked at before it is made: the slots it makes and shuts, and who is booked in those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guichet.identity.forms.appointments import LastDayForm, OpeningForm
from guichet.identity.models import Closure, Opening
from guichet.identity.operations import opening, timetable
from guichet.kit import clock
from guichet.kit.errors import Refused
from guichet.kit.forms import GuichetForm

from .agenda_settings import check_supervisor, tell
from .seat import CounterRequest, agent_of, at_counter

_READ_OR_POST = ["GET", "HEAD", "POST"]
_ONE_DAY = timedelta(days=1)
_FACTS = ("weekday", "week", "begins", "ends", "minutes", "places", "on_holidays", "valid_from", "valid_until")


@at_counter
@require_safe
def index(request: CounterRequest) -> HttpResponse:
    """The weekly spans in force or to come, and the closed days to come."""
    check_supervisor(request)
    office, today = request.seat.office, clock.today()
    spans = [one for one in timetable.openings_of(office) if one.valid_until is None or one.valid_until >= today]
    context = {
        "spans": spans,
        "closures": list(Closure.objects.filter(office=office, until_on__gte=today).order_by("from_on")),
    }
    return render(request, "identity/counter/openings/index.html", context)


@dataclass(frozen=True, slots=True)
class _Change:
    """A page on which the openings are changed: what it is called, its form, and the openings that follow from that."""

    title: str
    form: GuichetForm
    openings: Callable[[], list[Opening]]
    field: str


@at_counter
@require_http_methods(_READ_OR_POST)
def add(request: CounterRequest) -> HttpResponse:
    """A further weekly span."""
    check_supervisor(request)
    form = OpeningForm(_posted(request), today=clock.today(), initial={"valid_from": clock.today() + _ONE_DAY})
    office = request.seat.office
    return _page(
        request,
        _Change(
            "Ajouter une plage",
            form,
            lambda: [*timetable.openings_of(office), Opening(office=office, **form.cleaned_data)],
            "begins",
        ),
    )


@at_counter
@require_http_methods(_READ_OR_POST)
def change(request: CounterRequest, opening_id: UUID) -> HttpResponse:
    """Other facts for a weekly span from a day on; until the day before it stays what it was."""
    check_supervisor(request)
    spans, one = _found(request, opening_id)
    given = {name: getattr(one, name) for name in _FACTS}
    given["valid_from"] = max(one.valid_from, clock.today() + _ONE_DAY)
    form = OpeningForm(_posted(request), today=clock.today(), initial=given)

    def changed() -> list[Opening]:
        new = Opening(office=request.seat.office, **form.cleaned_data)
        return [*_ended(spans, one, new.valid_from - _ONE_DAY), new]

    return _page(request, _Change(f"Changer la plage du {opening.WEEKDAYS[one.weekday]}", form, changed, "begins"))


@at_counter
@require_http_methods(_READ_OR_POST)
def end(request: CounterRequest, opening_id: UUID) -> HttpResponse:
    """No more of a weekly span after a day."""
    check_supervisor(request)
    spans, one = _found(request, opening_id)
    form = LastDayForm(_posted(request), today=clock.today())
    title = f"Finir la plage du {opening.WEEKDAYS[one.weekday]}"
    return _page(request, _Change(title, form, lambda: _ended(spans, one, form.cleaned_data["last_on"]), "last_on"))


def _posted(request: CounterRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _found(request: CounterRequest, opening_id: UUID) -> tuple[list[Opening], Opening]:
    spans = timetable.openings_of(request.seat.office)
    one = next((span for span in spans if span.pk == opening_id), None)
    if one is None:
        raise Http404
    return spans, one


def _ended(spans: list[Opening], one: Opening, last_on: date) -> list[Opening]:
    """The spans with one of them over after a day; none of it is left if it begins later."""
    others = [span for span in spans if span.pk != one.pk]
    if last_on < one.valid_from:
        return others
    kept = Opening(office=one.office, **{name: getattr(one, name) for name in _FACTS})
    kept.pk = one.pk
    kept.valid_until = min(last_on, one.valid_until) if one.valid_until else last_on
    return [*others, kept]


def _page(request: CounterRequest, shown: _Change) -> HttpResponse:
    """The form, then what the change would do, then the change."""
    form, office, found = shown.form, request.seat.office, None
    told: dict[str, Any] = {"at": clock.now(), "ahead": opening.DAYS_AHEAD}
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("step") == "settle":
                rebook = "rebook" in request.POST
                outcome = timetable.settle(office, shown.openings(), actor=agent_of(request), rebook=rebook, **told)
                tell(request, "Les heures d'ouverture sont changées.", outcome)
                return redirect("appointments:openings")
            found = timetable.plan(office, shown.openings(), **told)
        except timetable.StillBooked:
            found = timetable.plan(office, shown.openings(), **told)
            form.add_error(
                None, "Ces rendez-vous sont à déplacer d'abord : cochez la case, ou déplacez-les depuis l'agenda."
            )
        except Refused as refused:
            form.add_error(shown.field, refused.message)
    context = {"form": form, "title": shown.title, "plan": found}
    return render(request, "identity/counter/openings/change.html", context, status=422 if form.errors else 200)
