"""The public catalogue, and the beginning of an order."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guichet.kit import cards, clock
from guichet.kit.components import Price, PriceLine, Why
from guichet.kit.ids import secret_token
from guichet.kit.quotes import NoPrice
from guichet.law.kernel.money import Chf
from guichet.law.questions import ask
from guichet.orders import catalogue, operations
from guichet.orders.models import ServiceVersion
from guichet.orders.quote import quote
from guichet.orders.rights import version_to_begin
from guichet.people.accounts.web.owned import account_of, start_key_of

from .guard import open_for_orders


class Offer(NamedTuple):
    """A service in the list, with what it costs today."""

    version: ServiceVersion
    price: Chf


def _folded(text: str) -> str:
    """Lower case without accents, to search in."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def _matches(version: ServiceVersion, words: list[str]) -> bool:
    if not words:
        return True
    text = _folded(f"{version.title} {version.definition['summary']} {' '.join(version.definition['contents'])}")
    return all(word in text for word in words)


@require_safe
def index(request: HttpRequest, **wiring: Any) -> HttpResponse:
    """What one can order today, by group; ``q`` searches without regard to accents."""
    at, query = clock.now(), cards.masked(request.GET.get("q", "")[:100])
    words = _folded(query).split()
    found = [
        Offer(version, quote(version.service.code, title=version.title, postage=None, on=at.date()).total)
        for version in catalogue.shown(at)
        if _matches(version, words)
    ]
    groups = [
        (name, list(members)) for name, members in groupby(found, lambda offer: offer.version.definition["group"])
    ]
    return render(request, "orders/portal/index.html", {"groups": groups, "query": query, "count": len(found)})


@require_safe
def service(request: HttpRequest, slug: str, **wiring: Any) -> HttpResponse:
    """One service: for whom, what the document says, what it costs and why, and the button to begin."""
    at = clock.now()
    version = catalogue.version_shown(slug, at=at)
    fee = ask("cgv.fee", on=at.date(), service=version.service.code)
    try:
        amount = quote(version.service.code, title=version.title, postage=None, on=at.date()).total
    except NoPrice:
        amount = None
    context = {
        "version": version,
        "conditions": catalogue.sentences(version),
        "price": Price(
            lines=(PriceLine(version.title, amount, Why.of(fee)),), note="TVA incluse. Frais d'envoi selon votre choix."
        ),
        "start_key": secret_token(),
        "is_priced": amount is not None,
    }
    return render(request, "orders/portal/service.html", context)


@require_POST
@open_for_orders
def begin(request: HttpRequest, slug: str, **wiring: Any) -> HttpResponse:
    """Begin an order; the page's own key makes a double click one draft."""
    at = clock.now()
    version = version_to_begin(request, slug, at=at)
    account = account_of(request)
    account_id, holder_id = (account.pk, account.person_id) if account else (None, None)
    order = operations.start(
        version, account_id=account_id, start_key=start_key_of(request), at=at, holder_id=holder_id
    )
    return redirect("orders:person", token=order.token)
