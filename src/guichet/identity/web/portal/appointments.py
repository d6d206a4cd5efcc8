"""« Rendez-vous »: choose a day and a slot, confirm, move, cancel, put it in a calendar, ask for an earlier day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guichet.identity.forms.appointments import EarlierForm, PeopleForm
from guichet.identity.models import Appointment, IdentityApplication, Slot, Waiting
from guichet.identity.models.applications import IN_PREPARATION
from guichet.identity.operations import booking, calendars, waiting
from guichet.identity.operations.opening import start_of
from guichet.identity.operations.places import SlotTaken
from guichet.identity.rights import applicant, application_of
from guichet.kit import clock
from guichet.kit.clock import ZURICH, day_of
from guichet.kit.errors import Refused
from guichet.people.accounts.web.owned import for_its_owner

from .guard import open_for_applications

_DAYS_SHOWN = 12
with_application = for_its_owner(application_of, buttons=("wait", "answer"), home="appointments:show")


def _together(appointment: Appointment) -> list[Appointment]:
    """Those of the same household who come at the same time, this one first."""
    same = Appointment.objects.booked().filter(
        slot=appointment.slot_id, application__household=appointment.application.household
    )
    rows = same.select_related("application", "office").order_by("id")
    return [appointment, *(one for one in rows if one.pk != appointment.pk)]


def _people(application: IdentityApplication, *, on: date) -> list[IdentityApplication]:
    """Those of the household who still need an appointment at the same counter, this application first."""
    mine = IdentityApplication.objects.filter(
        household=application.household, account=application.account_id, office=application.office_id
    )
    has_one = Appointment.objects.booked().filter(starts_at__gte=start_of(on)).values("application")
    others = mine.filter(state__in=IN_PREPARATION).exclude(pk=application.pk).exclude(pk__in=has_one)
    return [application, *others.order_by("id")]


@require_safe
@with_application
def show(request: HttpRequest, application: IdentityApplication) -> HttpResponse:
    """The appointment that stands, and what one can do with it; without one, the choice of a day."""
    at = clock.now()
    appointment = booking.coming(application, on=day_of(at))
    if appointment is None:
        return _choice(request, application, at=at)
    return render(request, "identity/portal/appointments/show.html", _standing(application, appointment, at=at))


def _standing(application: IdentityApplication, appointment: Appointment, *, at: datetime) -> dict[str, Any]:
    waits = Waiting.objects.select_related("slot").filter(application=application).first()
    day = day_of(appointment.starts_at)
    return {
        "application": application,
        "appointment": appointment,
        "together": _together(appointment),
        "can_change": appointment.starts_at > at,
        "waiting": waits,
        "offered": waits.slot if waits and waits.held_until and waits.held_until >= at else None,
        "earlier": EarlierForm(initial={"from_on": day_of(at), "until_on": day - timedelta(days=1)}),
        "can_wait": day > day_of(at),
    }


@require_safe
@open_for_applications
@with_application
def choose(request: HttpRequest, application: IdentityApplication) -> HttpResponse:
    """Another day and time for the appointment that stands."""
    return _choice(request, application, at=clock.now())


def _choice(
    request: HttpRequest, application: IdentityApplication, *, at: datetime, refused: Refused | None = None
) -> HttpResponse:
    """The next free slot first, then the days with free slots, then the slots of the chosen day."""
    office = application.office
    if office is None or not booking.may_book(application):
        return render(request, "identity/portal/appointments/none.html", {"application": application})
    appointment = booking.coming(application, on=day_of(at))
    people = len(_together(appointment) if appointment else _people(application, on=day_of(at)))
    places = min(max(_number(request.GET.get("personnes", ""), people), 1), people)
    free = Slot.objects.free(office=office, places=places, after=at)
    first_day = _day(request.GET.get("des", "")) or day_of(at)
    days = list(
        free.filter(starts_at__gte=start_of(first_day))
        .annotate(on=TruncDate("starts_at", tzinfo=ZURICH))
        .values("on")
        .annotate(number=Count("id"))
        .order_by("on")[: _DAYS_SHOWN + 1]
    )
    day = _day(request.GET.get("jour", "")) or (days[0]["on"] if days else None)
    of_day = free.filter(starts_at__gte=start_of(day), starts_at__lt=start_of(day + timedelta(days=1))) if day else ()
    context = {
        "application": application,
        "appointment": appointment,
        "people": people,
        "places": places,
        "numbers": range(1, people + 1),
        "next": free.first(),
        "days": days[:_DAYS_SHOWN],
        "later": days[_DAYS_SHOWN]["on"] if len(days) > _DAYS_SHOWN else None,
        "day": day,
        "slots": list(of_day),
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "identity/portal/appointments/choose.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@open_for_applications
@with_application
def confirm(request: HttpRequest, application: IdentityApplication, slot_id: Any) -> HttpResponse:
    """Look at the chosen time once more, say who comes, and confirm: booked or moved, all or nobody."""
    at = clock.now()
    slot = Slot.objects.select_related("office").filter(pk=slot_id, office=application.office_id).first()
    if slot is None or not booking.may_book(application):
        raise Http404
    appointment = booking.coming(application, on=day_of(at))
    together = _together(appointment) if appointment else []
    people = [one.application for one in together] or _people(application, on=day_of(at))
    form = PeopleForm(people, request.POST if request.method == "POST" else None)
    if appointment is not None and appointment.slot_id == slot.pk:
        # Of a double click, or of two tabs, the second finds it done.
        messages.info(request, "C'est déjà l'heure de votre rendez-vous.")
        return redirect("appointments:show", token=application.token)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        try:
            _settle(application, [one for one in together if one.application in chosen], chosen, slot, at=at)
        except SlotTaken as refused:
            return _choice(request, application, at=at, refused=refused)
        done = "déplacé" if appointment else "réservé"
        messages.success(request, f"Le rendez-vous est {done}.{_written_to(application)}")
        return redirect("appointments:show", token=application.token)
    context = {"application": application, "appointment": appointment, "slot": slot, "form": form, "people": people}
    return render(request, "identity/portal/appointments/confirm.html", context, status=422 if form.errors else 200)


def _written_to(application: IdentityApplication) -> str:
    return " Une confirmation part par courriel." if application.email else ""


def _settle(
    application: IdentityApplication,
    moved: Sequence[Appointment],
    chosen: Sequence[IdentityApplication],
    slot: Slot,
    *,
    at: datetime,
) -> None:
    if moved:
        booking.move(moved, slot, actor=applicant(application), at=at)
    else:
        booking.book(chosen, slot, actor=applicant(application), at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@with_application
def cancel(request: HttpRequest, application: IdentityApplication) -> HttpResponse:
    """Cancel, after having been asked once, for oneself or for those who were to come too."""
    at = clock.now()
    appointment = booking.coming(application, on=day_of(at))
    if appointment is None:
        return redirect("appointments:show", token=application.token)
    together = _together(appointment)
    form = PeopleForm([one.application for one in together], request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        gone = [one for one in together if one.application in chosen]
        booking.cancel(gone, actor=applicant(application), at=at)
        messages.success(request, "Le rendez-vous est annulé. La demande reste ouverte.")
        return redirect("appointments:show", token=application.token)
    context = {"application": application, "appointment": appointment, "form": form, "people": together}
    return render(request, "identity/portal/appointments/cancel.html", context, status=422 if form.errors else 200)


@require_POST
@open_for_applications
@with_application
def wait(request: HttpRequest, application: IdentityApplication) -> HttpResponse:
    """Ask for an earlier day."""
    at = clock.now()
    appointment = booking.coming(application, on=day_of(at))
    if appointment is None:
        return redirect("appointments:show", token=application.token)
    form = EarlierForm(request.POST)
    if form.is_valid():
        try:
            waiting.wait(_together(appointment), **form.cleaned_data, at=at)
        except Refused as refused:
            form.add_error("until_on", refused.message)
        else:
            messages.success(
                request, "Vous êtes sur la liste d'attente : un courriel vous dira qu'une place se libère."
            )
            return redirect("appointments:show", token=application.token)
    context = {**_standing(application, appointment, at=at), "earlier": form, "form": form}
    return render(request, "identity/portal/appointments/show.html", context, status=422)


@require_POST
@with_application
def answer(request: HttpRequest, application: IdentityApplication) -> HttpResponse:
    """Take the place that is held, or let it go and leave the list."""
    at = clock.now()
    appointment = booking.coming(application, on=day_of(at))
    if "take" in request.POST and appointment is not None:
        waiting.accept(application, _together(appointment), actor=applicant(application), at=at)
        messages.success(request, "Le rendez-vous est déplacé.")
    else:
        waiting.leave(application, at=at)
        messages.success(request, "Vous n'êtes plus sur la liste d'attente. Le rendez-vous ne change pas.")
    return redirect("appointments:show", token=application.token)


@require_safe
@with_application
def calendar_file(request: HttpRequest, application: IdentityApplication) -> HttpResponse:
    """The appointment for one's own calendar: the one that stands, or the last one, which a cancellation takes out."""
    mine = Appointment.objects.select_related("office", "application").filter(application=application)
    appointment = mine.booked().first() or mine.order_by("-placed_at").first()
    if appointment is None:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="rendez-vous.ics"'}
    return HttpResponse(calendars.file_of(appointment), content_type="text/calendar; charset=utf-8", headers=headers)


def _number(typed: str, default: int) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else default


def _day(typed: str) -> date | None:
    """A day of an address; None for anything that is none, or that no calendar holds."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None
