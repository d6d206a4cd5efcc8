"""The public catalogue, and the beginning of an order."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guichet.kit import cards, clock
from guichet.kit.components import Price, PriceLine, Why
from guichet.kit.ids import secret_token
from guichet.kit.quotes import NoPrice
from guichet.law.questions import ask
from guichet.orders import catalogue, operations
from guichet.orders.models import ServiceVersion
from guichet.orders.quote import quote
from guichet.people.accounts.web.owned import account_of, start_key_of

from .guard import open_for_orders


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
    found = [version for version in catalogue.on_offer(at) if _matches(version, words)]
    for version in found:
        version.price = quote(version.service.code, title=version.title, postage=None, on=at.date()).total  # type: ignore[attr-defined]
    groups = [(name, list(members)) for name, members in groupby(found, lambda v: v.definition["group"])]
    return render(request, "orders/portal/index.html", {"groups": groups, "query": query, "count": len(found)})


@require_safe
def service(request: HttpRequest, slug: str, **wiring: Any) -> HttpResponse:
    """One service: for whom, what the document says, what it costs and why, and the button to begin."""
    at = clock.now()
    version = catalogue.version_on_offer(slug, at=at)
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
    version = catalogue.version_on_offer(slug, at=at)
    account = account_of(request)
    account_id = account.pk if account else None
    order = operations.start(version, account_id=account_id, start_key=start_key_of(request), at=at)
    return redirect("orders:person", token=order.token)
