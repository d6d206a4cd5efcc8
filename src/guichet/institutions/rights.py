"""Who may act for an office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from guichet.kit import clock
from guichet.kit.errors import NotEntitled
from guichet.people.models import Account

from .models import Membership, Office, Role

View = Callable[..., HttpResponse]


class Seat(NamedTuple):
    """Where a signed-in member of an office sits: set on ``request.seat`` by ``requires_role``."""

    office: Office
    role: Role


def role_of(account: Account, office: Office, on: date) -> Role | None:
    """The role of an account in an office on a day, the most powerful if there are several; None for outsiders."""
    roles = Membership.objects.of(account).valid_on(on).filter(office=office).values_list("role", flat=True)
    return max(map(Role, roles), key=lambda role: role.rank, default=None)


def seat_of(account: Account, needed: Role, on: date) -> Seat | None:
    """The office for which an account may act with at least the role ``needed``; None if there is none (1 query).

    Who works in several offices sits in the one where they may do most, then in the order of the codes.
    """
    if not account.is_active:
        return None
    memberships = Membership.objects.of(account).valid_on(on).select_related("office").order_by("office__code", "id")
    seats = [Seat(one.office, Role(one.role)) for one in memberships if Role(one.role).includes(needed)]
    return max(seats, key=lambda seat: seat.role.rank, default=None)


def may_act(account: Account | AnonymousUser, needed: str, on: date) -> bool:
    """Whether somebody may act for some office with at least this role on a day."""
    return isinstance(account, Account) and seat_of(account, Role(needed), on) is not None


def check_may_act(account: Account, needed: str, on: date) -> Seat:
    """The seat of somebody who acts with at least this role.

    Raises:
        NotEntitled: no membership of that power is in force.
    """
    seat = seat_of(account, Role(needed), on)
    if seat is None:
        raise NotEntitled("Cette page est réservée aux personnes de l'office qui ont le rôle nécessaire.")
    return seat


def requires_role(needed: str) -> Callable[[View], View]:
    """For desk views: only people who act for an office with at least this role; sets ``request.seat``.

    Who isn't signed in signs in first and comes back; who has no such role is refused (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                back = request.path if request.method == "POST" else request.get_full_path()
                return redirect_to_login(back, resolve_url("account_login"))
            put_seat(request, check_may_act(request.user, needed, clock.today()))
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def put_seat(request: Any, seat: Seat) -> None:
    """Remember on the request for which office and in which role its views act."""
    request.seat = seat
