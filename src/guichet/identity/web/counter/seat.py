"""Who may sit at the counter of an authority: its members, for their own office only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.decorators.cache import never_cache

from guichet.casework.acts import Actor
from guichet.identity.operations import receiving
from guichet.identity.rights import member, seats_at_authorities
from guichet.institutions.rights import Seat
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow
from guichet.people.models import Account


class CounterRequest(HttpRequest):
    """A request of somebody who sits at the counter of an authority."""

    user: Account
    seat: Seat
    seats: list[Seat]


CHOSEN = "authority"  # in the session: the code of the office that a member of several has chosen
View = Callable[..., HttpResponse]


def at_counter(view: View) -> View:
    """For every screen of the authorities: members of an office with an authority only; sets ``request.seat`` (1 query).

    Who isn't signed in signs in first and comes back; who works in no such office is refused (403). What a member may
    see is what ``request.seat.office`` has in hand; who works in several authorities chooses in whose name they act. Nothing
    of these screens stays in a browser's cache. A form that carries a key (``{% form_key %}``) is recorded once, however
    often it is sent.
    """

    @wraps(view)
    def seated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            back = request.path if request.method == "POST" else request.get_full_path()
            return redirect_to_login(back, resolve_url("account_login"))
        counter_request = cast("CounterRequest", request)
        counter_request.seats = seats_at_authorities(counter_request.user, on=clock.today())
        counter_request.seat = _chosen(counter_request)
        _check_acting_for(counter_request)
        answer = partial(view, counter_request, *args, **kwargs)
        key = request.POST.get("form_key", "") if request.method == "POST" else ""
        return _once(counter_request, key, answer) if key else answer()

    return never_cache(seated)


def _chosen(request: CounterRequest) -> Seat:
    """The seat that was chosen in the header if it is still theirs; otherwise the first."""
    code = request.session.get(CHOSEN)
    return next((seat for seat in request.seats if seat.office.code == code), request.seats[0])


def _check_acting_for(request: CounterRequest) -> None:
    """See that a form is sent in the name in which its page was opened.

    Raises:
        NotAllowedNow: another authority was chosen since, in another window.
    """
    meant = request.POST.get("acting_for", "") if request.method == "POST" else ""
    if meant and meant != request.seat.office.code:
        raise NotAllowedNow(
            f"Rien n'a été enregistré : vous agissez maintenant au nom de l'autorité « {request.seat.office.name} », "
            "et cette page était ouverte au nom d'une autre. Choisissez-la dans l'en-tête, puis rouvrez la page."
        )


def _once(request: CounterRequest, key: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a form in one transaction with the note that it was received; sent again, lead where it led."""
    with transaction.atomic():
        form = receiving.receive(request.user.pk, key, at=clock.now())
        if form is not None:
            response = answer()
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
            else:
                receiving.settle(form, response.get("Location", ""))
            return response
    messages.info(request, "Ce formulaire était déjà reçu : il n'a été enregistré qu'une fois.")
    return redirect(receiving.answer_to(request.user.pk, key))


def agent_of(request: CounterRequest) -> Actor:
    """Who acts on cases: in the role that the procedure gives their office, named by account."""
    return member(request.seat.office, request.user.pk)
