"""« Agenda » of an authority: the appointments of a day, who came, who did not, who comes without one.

A day of more than ``WHOLE_UP_TO`` people with some on either side of noon is shown by halves: the half that runs now
today, the morning on any other day. A shorter day, or one that is a half by itself (the centre's Saturday), stays
whole: it is read at a glance and printed on a sheet or two. Noon is the code's choice, no source found: opening hours
either pause around it or run through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet, Sum, TextChoices
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
from guichet.kit.clock import day_of

from .seat import CounterRequest, agent_of, at_counter

WHOLE_UP_TO = 60
_ONE_DAY = timedelta(days=1)
# What a row shows: an application's other columns are encrypted and long.
_COLUMNS = (
    *("starts_at", "status", "slot", "application"),
    *("application__reference", "application__request", "application__name"),
)


class HalfDay(TextChoices):
    """« Demi-journée »: the part of a day before noon in Geneva, or from noon on."""

    MORNING = "matin", "Matin"
    AFTERNOON = "apres-midi", "Après-midi"

    @classmethod
    def of(cls, at: datetime) -> HalfDay:
        """The half in which an instant lies."""
        return cls.MORNING if at < _noon(day_of(at)) else cls.AFTERNOON


@at_counter
@require_safe
def show(request: CounterRequest) -> HttpResponse:
    """A day (``?jour=2026-11-26&demi=matin``) at one's own office, today's without a day (6 queries)."""
    return _page(request, _day(request.GET.get("jour", "")), WalkInForm())


def _page(request: CounterRequest, day: date, form: WalkInForm) -> HttpResponse:
    office = request.seat.office
    span = {"office": office, "starts_at__gte": start_of(day), "starts_at__lt": start_of(day + _ONE_DAY)}
    of_the_day = Appointment.objects.filter(**span).exclude(status=AppointmentStatus.CANCELLED)
    counted = _counted(of_the_day, day)
    half = _half_shown(request.GET.get("demi", ""), day, counted)
    context = {
        "day": day,
        "before": day - _ONE_DAY,
        "after": day + _ONE_DAY,
        "is_today": day == clock.today(),
        "now": clock.now(),
        "half": half,
        "halves": [(one, counted[one.value]) for one in HalfDay] if half else [],
        "appointments": _listed(of_the_day, day, half),
        "figures": _figures(Slot.objects.filter(**span, is_closed=False), counted),
        "closure": Closure.objects.filter(office=office, from_on__lte=day, until_on__gte=day).first(),
        "walk_in": form if office.authority == Office.Authority.COMMUNE else None,
        "form": form,
        "is_supervisor": request.seat.role == Role.SUPERVISOR,
    }
    return render(request, "identity/counter/agenda.html", context, status=422 if form.errors else 200)


def _counted(of_the_day: QuerySet[Appointment], day: date) -> dict[str, int]:
    """How many people each half has, and how many with an appointment came or did not (1 query)."""
    marks = (AppointmentStatus.ATTENDED, AppointmentStatus.MISSED)
    halves = {half.value: Count("id", filter=_within(half, day)) for half in HalfDay}
    marked = {mark.value: Count("id", filter=Q(status=mark, slot__isnull=False)) for mark in marks}
    return dict(of_the_day.aggregate(**halves, **marked))


def _half_shown(asked: str, day: date, counted: Mapping[str, int]) -> HalfDay | None:
    """The half asked for, or else the one that runs now, or the morning of another day; none for a day shown whole."""
    people = [counted[half.value] for half in HalfDay]
    if sum(people) <= WHOLE_UP_TO or not all(people):
        return None
    if asked in HalfDay.values:
        return HalfDay(asked)
    return HalfDay.of(clock.now()) if day == clock.today() else HalfDay.MORNING


def _listed(of_the_day: QuerySet[Appointment], day: date, half: HalfDay | None) -> QuerySet[Appointment]:
    shown = of_the_day.filter(_within(half, day)) if half else of_the_day
    return shown.select_related("application").only(*_COLUMNS).order_by("starts_at", "id")


def _within(half: HalfDay, day: date) -> Q:
    return Q(starts_at__lt=_noon(day)) if half == HalfDay.MORNING else Q(starts_at__gte=_noon(day))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=clock.ZURICH)


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


def _figures(slots: QuerySet[Slot], counted: Mapping[str, int]) -> Figures:
    places = slots.aggregate(capacity=Sum("capacity", default=0), taken=Sum("taken", default=0))
    return Figures(**places, attended=counted["attended"], missed=counted["missed"])


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
    half = HalfDay.of(appointment.starts_at)
    return redirect(f"{reverse('appointments:agenda')}?jour={appointment.day.isoformat()}&demi={half.value}")


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
    return redirect("appointments:agenda")


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The agenda for calendar programs, which cannot sign in: whoever has the address sees references and times."""
    agenda = Agenda.objects.select_related("office").filter(token=token).first()
    if agenda is None:
        raise Http404
    content = calendars.feed_of(agenda.office, at=clock.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _day(typed: Any) -> date:
    """The day asked for; today for anything that is none."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return clock.today()
    return day if 2000 <= day.year < 2200 else clock.today()
