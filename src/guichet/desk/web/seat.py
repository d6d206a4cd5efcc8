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
from guichet.institutions.models import Membership, Office, Role
from guichet.institutions.rights import Seat
from guichet.kit import clock
from guichet.kit.errors import NotEntitled
from guichet.kit.memory import Remembered
from guichet.kit.rows import parameter
from guichet.people.accounts.web.sessions import BesideSession
from guichet.people.models import Account


class DeskRequest(HttpRequest):
    """A request of somebody who sits at the desk."""

    user: Account
    seat: Seat


View = Callable[..., HttpResponse]


def at_desk(view: View) -> View:
    """For every page of the desk: members of the counter's own office only; sets ``request.seat`` (1 query, the session's account
    included).

    Who isn't signed in signs in first and comes back; members of other offices are refused: their role gives them no
    sight of the cases of this one. Nothing of the desk stays in a browser's cache.
    """

    @wraps(view)
    def seated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        memberships = _memberships_here(request)
        if not request.user.is_authenticated:
            back = request.path if request.method == "POST" else request.get_full_path()
            return redirect_to_login(back, resolve_url("account_login"))
        desk_request = cast("DeskRequest", request)
        desk_request.seat = _seat(request.user, memberships)
        return view(desk_request, *args, **kwargs)

    return never_cache(seated)


def _memberships_here(request: HttpRequest) -> list[Membership]:
    """The roles in the counter's own office, today, of the account that the session says."""
    office, on = _office.at(clock.now()), clock.today()
    if office is None:
        return []
    if not request.session.is_to_be_read:  # type: ignore[attr-defined]  # our own store
        account = request.user if isinstance(request.user, Account) else None
        found = list(Membership.objects.valid_on(on).filter(account=account, office=office)) if account else []
    else:
        day = parameter(Membership, "from_on", on)
        found = _MEMBERSHIPS.find(request, day, day, parameter(Office, "id", office.pk))
    for one in found:
        one.office = office
    return found


_MEMBERSHIPS = BesideSession(
    Membership,
    "r.account_id = s.account_id AND r.from_on <= %s AND (r.until_on IS NULL OR r.until_on >= %s) AND r.office_id = %s",
)
_office = Remembered(lambda at: Office.objects.filter(code=settings.OFFICE["code"]).first())


def _seat(account: Any, memberships: list[Membership]) -> Seat:
    seats = [Seat(one.office, Role(one.role)) for one in memberships if one.account_id == account.pk]
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
