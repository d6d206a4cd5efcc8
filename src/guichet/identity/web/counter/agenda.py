"""« Agenda » of an authority: the appointments of a day, who came, who did not, who comes without one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from guichet.identity.forms.appointments import WalkInForm
from guichet.identity.models import Agenda, Appointment, AppointmentStatus, Closure, IdentityApplication, Slot
from guichet.identity.operations import booking, calendars
from guichet.identity.operations.opening import start_of
from guichet.institutions.models import Office, Role
from guichet.kit import clock

from .seat import CounterRequest, agent_of, at_counter

_ONE_DAY = timedelta(days=1)


@at_counter
@require_safe
def show(request: CounterRequest) -> HttpResponse:
    """The appointments of one day (``?jour=2026-11-26``) at one's own office, today's without a day (5 queries)."""
    return _page(request, _day(request.GET.get("jour", "")), WalkInForm())


def _page(request: CounterRequest, day: date, form: WalkInForm) -> HttpResponse:
    office = request.seat.office
    begins, ends = start_of(day), start_of(day + _ONE_DAY)
    of_the_day = Appointment.objects.filter(office=office, starts_at__gte=begins, starts_at__lt=ends)
    shown = of_the_day.exclude(status=AppointmentStatus.CANCELLED).select_related("application")
    slots = Slot.objects.filter(office=office, starts_at__gte=begins, starts_at__lt=ends, is_closed=False)
    appointments = list(shown.order_by("starts_at", "id"))
    context = {
        "day": day,
        "before": day - _ONE_DAY,
        "after": day + _ONE_DAY,
        "is_today": day == clock.today(),
        "now": clock.now(),
        "appointments": appointments,
        "figures": _figures(slots, appointments),
        "closure": Closure.objects.filter(office=office, from_on__lte=day, until_on__gte=day).first(),
        "walk_in": form if office.authority == Office.Authority.COMMUNE else None,
        "form": form,
        "is_supervisor": request.seat.role == Role.SUPERVISOR,
    }
    return render(request, "identity/counter/agenda.html", context, status=422 if form.errors else 200)


class Figures(NamedTuple):
    """A day in numbers: the places there are and those taken, who came to an appointment, who did not."""

    capacity: int
    taken: int
    attended: int
    missed: int

    @property
    def free(self) -> int:
        """The places for whoever comes now: nobody booked them, or who booked them did not come."""
        return self.capacity - self.taken + self.missed


def _figures(slots: QuerySet[Slot], appointments: Sequence[Appointment]) -> Figures:
    places = slots.aggregate(capacity=Sum("capacity", default=0), taken=Sum("taken", default=0))
    marks = Counter(one.status for one in appointments if one.slot_id)
    return Figures(**places, attended=marks[AppointmentStatus.ATTENDED], missed=marks[AppointmentStatus.MISSED])


@at_counter
@require_POST
def mark(request: CounterRequest, appointment_id: UUID) -> HttpResponse:
    """Record that somebody came or did not, take that back, or cancel: then the person is told by mail."""
    rows = Appointment.objects.select_related("application", "office")
    appointment = rows.filter(pk=appointment_id, office=request.seat.office).first()
    if appointment is None:
        raise Http404
    at, agent = clock.now(), agent_of(request)
    if "cancel" in request.POST:
        booking.cancel([appointment], actor=agent, at=at)
        messages.success(request, f"{appointment.application.reference} : le rendez-vous est annulé.")
    elif "unmark" in request.POST:
        booking.unmark(appointment, office=request.seat.office, actor=agent, at=at)
        messages.success(request, f"{appointment.application.reference} : la marque est retirée.")
    else:
        status = AppointmentStatus.MISSED if "missed" in request.POST else AppointmentStatus.ATTENDED
        booking.mark(appointment, status, office=request.seat.office, actor=agent, at=at)
        messages.success(request, f"{appointment.application.reference} : {status.label}.")
    return redirect(_address(appointment.day))


@at_counter
@require_POST
def walk_in(request: CounterRequest) -> HttpResponse:
    """Receive somebody who comes without an appointment, at a commune."""
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return _page(request, clock.today(), form)
    reference, office = form.cleaned_data["reference"], request.seat.office
    application = IdentityApplication.objects.at(office).filter(reference=reference).first()
    if application is None:
        form.add_error("reference", "Votre office n'a aucune demande de cette référence en main.")
        return _page(request, clock.today(), form)
    booking.walk_in(application, office=office, actor=agent_of(request), at=clock.now())
    messages.success(request, f"{reference} : reçu sans rendez-vous.")
    return redirect(_address(clock.today()))


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The agenda for calendar programs, which cannot sign in: whoever has the address sees references and times."""
    agenda = Agenda.objects.select_related("office").filter(token=token).first()
    if agenda is None:
        raise Http404
    content = calendars.feed_of(agenda.office, at=clock.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _address(day: date) -> str:
    return f"{reverse('appointments:agenda')}?jour={day.isoformat()}"


def _day(typed: Any) -> date:
    """The day asked for; today for anything that is none."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return clock.today()
    return day if 2000 <= day.year < 2200 else clock.today()
