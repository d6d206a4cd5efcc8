"""What a supervisor settles about the agenda of an authority: closed days, and the private address of the agenda."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guichet.identity.forms.appointments import ClosureForm
from guichet.identity.models import Appointment, Closure
from guichet.identity.operations import calendars, opening, timetable
from guichet.institutions.models import Role
from guichet.kit import clock
from guichet.kit.errors import NotEntitled, Refused
from guichet.kit.formats import count

from .seat import CounterRequest, agent_of, at_counter


@at_counter
@require_http_methods(["GET", "HEAD", "POST"])
def closures(request: CounterRequest) -> HttpResponse:
    """The closed days to come, and the form that closes more."""
    check_supervisor(request)
    office = request.seat.office
    booked: list[Appointment] = []
    form = ClosureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"actor": agent_of(request), "at": clock.now(), "rebook": "rebook" in request.POST}
        try:
            outcome = timetable.close(office, **form.cleaned_data, **told)
        except timetable.StillBooked as refused:
            form.add_error(None, refused.message)
            booked = refused.appointments
        except Refused as refused:
            form.add_error("until_on", refused.message)
        else:
            tell(request, "Les jours sont fermés.", outcome)
            return redirect("appointments:closures")
    coming = Closure.objects.filter(office=office, until_on__gte=clock.today()).order_by("from_on")
    context = {"form": form, "closures": list(coming), "booked": booked}
    return render(request, "identity/counter/closures.html", context, status=422 if form.errors else 200)


@at_counter
@require_POST
def reopen(request: CounterRequest, closure_id: UUID) -> HttpResponse:
    """Undo a closure."""
    check_supervisor(request)
    opening.reopen(get_object_or_404(Closure, pk=closure_id, office=request.seat.office))
    messages.success(request, "Les jours sont de nouveau ouverts.")
    return redirect("appointments:closures")


@at_counter
@require_safe
def feed_address(request: CounterRequest) -> HttpResponse:
    """The private address of the agenda, for a supervisor to put into the office's calendars."""
    check_supervisor(request)
    agenda = calendars.agenda_of(request.seat.office)
    address = request.build_absolute_uri(reverse("appointments:feed", args=[agenda.token]))
    return render(request, "identity/counter/feed.html", {"address": address})


@at_counter
@require_POST
def renew_feed(request: CounterRequest) -> HttpResponse:
    """A new private address, when somebody left who knew the old one."""
    check_supervisor(request)
    calendars.renew(request.seat.office)
    messages.success(request, "L'ancienne adresse ne montre plus rien.")
    return redirect("appointments:feed_address")


def tell(request: CounterRequest, done: str, outcome: timetable.Outcome) -> None:
    """Say that something is done, and what became of the people who were booked in what was shut."""
    told = [done]
    if outcome.moved:
        told.append(f"{count(outcome.moved, 'rendez-vous déplacé', 'rendez-vous déplacés')}.")
    if outcome.cancelled:
        told.append(f"{count(outcome.cancelled, 'rendez-vous annulé', 'rendez-vous annulés')}, faute de place libre.")
    if any(outcome):
        told.append("Un courriel prévient chaque personne qui en a donné un ; appelez ou écrivez aux autres.")
    messages.success(request, " ".join(told))


def check_supervisor(request: CounterRequest) -> None:
    """See that it is a supervisor of the office who asks.

    Raises:
        NotEntitled: it isn't.
    """
    if request.seat.role != Role.SUPERVISOR:
        raise NotEntitled("Cette page est réservée aux responsables de l'office.")
