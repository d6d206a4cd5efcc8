"""Who may sit at the desk: members of the office that runs this counter, in the role a page needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url
from django.views.decorators.cache import never_cache

from guichet.casework.acts import Actor
from guichet.institutions.models import Membership, Role
from guichet.institutions.rights import Seat
from guichet.kit import clock
from guichet.kit.errors import NotEntitled
from guichet.people.models import Account


class DeskRequest(HttpRequest):
    """A request of somebody who sits at the desk."""

    user: Account
    seat: Seat


View = Callable[..., HttpResponse]


def at_desk(view: View) -> View:
    """For every page of the desk: members of the counter's own office only; sets ``request.seat`` (1 query).

    Who isn't signed in signs in first and comes back; members of other offices are refused: their role gives them no
    sight of the cases of this one. Nothing of the desk stays in a browser's cache.
    """

    @wraps(view)
    def seated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            back = request.path if request.method == "POST" else request.get_full_path()
            return redirect_to_login(back, resolve_url("account_login"))
        desk_request = cast("DeskRequest", request)
        desk_request.seat = _seat_here(request.user)
        return view(desk_request, *args, **kwargs)

    return never_cache(seated)


def _seat_here(account: Any) -> Seat:
    memberships = Membership.objects.of(account).valid_on(clock.today()).filter(office__code=settings.OFFICE["code"])
    seats = [Seat(one.office, Role(one.role)) for one in memberships.select_related("office")]
    if not seats or not account.is_active:
        raise NotEntitled("Cette page est réservée aux personnes qui travaillent dans cet office.")
    return max(seats, key=lambda seat: seat.role.rank)


def clerk_of(request: DeskRequest) -> Actor:
    """Who acts on cases: whoever sits at the desk may do what a clerk may, and the journal names the account."""
    return Actor(Role.CLERK.value, str(request.user.pk))


def reader_of(request: DeskRequest) -> Actor:
    """Who reads the register, in the role they really have."""
    return Actor(request.seat.role.value, str(request.user.pk))


def posted_to(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: everything that was posted, even if it is nothing; None when the page is only read."""
    return request.POST if request.method == "POST" else None
