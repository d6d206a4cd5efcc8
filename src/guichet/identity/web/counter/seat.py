"""Who may sit at the counter of an authority: its members, for their own office only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.views.decorators.cache import never_cache

from guichet.casework.acts import Actor
from guichet.identity.rights import member, seat_at_an_authority
from guichet.institutions.rights import Seat
from guichet.kit import clock
from guichet.people.models import Account


class CounterRequest(HttpRequest):
    """A request of somebody who sits at the counter of an authority."""

    user: Account
    seat: Seat


View = Callable[..., HttpResponse]


def at_counter(view: View) -> View:
    """For every screen of the authorities: members of an office with an authority only; sets ``request.seat`` (1 query).

    Who isn't signed in signs in first and comes back; who works in no such office is refused (403). What a member may
    see is what ``request.seat.office`` has in hand. Nothing of these screens stays in a browser's cache.
    """

    @wraps(view)
    def seated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            back = request.path if request.method == "POST" else request.get_full_path()
            return redirect_to_login(back, resolve_url("account_login"))
        counter_request = cast("CounterRequest", request)
        counter_request.seat = seat_at_an_authority(counter_request.user, on=clock.today())
        return view(counter_request, *args, **kwargs)

    return never_cache(seated)


def agent_of(request: CounterRequest) -> Actor:
    """Who acts on cases: in the role that the procedure gives their office, named by account."""
    return member(request.seat.office, request.user.pk)
