"""Finding one's cases again, whichever room they belong to: by reference and code, or by account."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from guichet.casework.models import Case
from guichet.identity.loss_words import path_of as loss_path_of
from guichet.identity.mails import path_of
from guichet.identity.models import IdentityApplication, LossDeclaration
from guichet.kit import limits
from guichet.kit.clock import day_of
from guichet.kit.components import Cell, Table
from guichet.kit.formats import short_date
from guichet.orders.models import Order
from guichet.people.accounts.web.owned import account_of
from guichet.people.accounts.web.resume import sign_in_first
from guichet.portal.forms import TrackingForm

MOST_SHOWN = 100


class Found(NamedTuple):
    """A case as the list shows it: what it is for, and its page."""

    case: Case
    title: str
    path: str


class Room(NamedTuple):
    """The cases of one room: all that bear a reference and a code (one at most), and those of an account."""

    coded: Callable[[str, str], Iterable[Any]]
    of_account: Callable[[UUID], Iterable[Any]]
    found: Callable[[Any], Found]


def _order(order: Order) -> Found:
    return Found(order, order.version.title, f"/suivi/{order.token}/")


def _application(application: IdentityApplication) -> Found:
    name = application.get_request_display() or "document d'identité"
    return Found(application, f"Demande : {name}", path_of(application))


def _declaration(declaration: LossDeclaration) -> Found:
    name = declaration.get_kind_display() or "perte, vol ou destruction"
    return Found(declaration, f"Déclaration : {name}", loss_path_of(declaration))


# By the prefix of their references.
ROOMS: dict[str, Room] = {
    "CMD": Room(
        lambda reference, code: Order.objects.filter(reference=reference, tracking_code=code).select_related("version"),
        lambda account: Order.objects.of(account).select_related("version__service").order_by("-id")[:MOST_SHOWN],
        _order,
    ),
    "PID": Room(
        lambda reference, code: IdentityApplication.objects.filter(reference=reference, tracking_code=code),
        lambda account: IdentityApplication.objects.of(account).order_by("-id")[:MOST_SHOWN],
        _application,
    ),
    "DEC": Room(
        lambda reference, code: LossDeclaration.objects.filter(reference=reference, tracking_code=code),
        lambda account: LossDeclaration.objects.of(account).order_by("-id")[:MOST_SHOWN],
        _declaration,
    ),
}


def coded(reference: str, code: str) -> Found | None:
    """The case that bears this reference and this code; None whichever of the two is wrong (1 query)."""
    room = ROOMS.get(reference.partition("-")[0])
    cases = room.coded(reference, code) if room else ()
    return next((room.found(case) for case in cases if room), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Find a case by reference and tracking code; the answer is the same whichever of the two is wrong."""
    form = TrackingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limits.check("tracking", request, most=10, seconds=300)
        found = coded(form.cleaned_data["reference"], form.cleaned_data["code"])
        if found is not None:
            return redirect(found.path)
        form.add_error(
            "code", "Aucune démarche ne porte cette référence et ce code. Comparez-les avec le courriel reçu."
        )
    return render(request, "portal/find.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """« Mes démarches »: the cases of the account signed in, newest first."""
    account = account_of(request)
    if account is None:
        return sign_in_first(request)
    cases = [room.found(case) for room in ROOMS.values() for case in room.of_account(account.pk)]
    cases.sort(key=lambda found: found.case.opened_at, reverse=True)
    rows = [
        (
            Cell(found.case.reference, address=found.path),
            Cell(f"{found.title}, {short_date(day_of(found.case.opened_at))}"),
            Cell(found.case.state_name),
        )
        for found in cases[:MOST_SHOWN]
    ]
    shown = Table(
        "Vos démarches, la plus récente d'abord",
        ("Référence", "Objet et date", "État"),
        rows,
        caption_is_hidden=True,
    )
    return render(request, "portal/mine.html", {"table": shown})
