"""What stands before each page of an order: whose it is, and what was typed when the session had ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache

from guichet.kit import cards, clock
from guichet.kit.ids import secret_token
from guichet.orders import maintenance
from guichet.orders.rights import SignInFirst, order_of
from guichet.people.accounts.web.resume import is_kept, keep_typed, sign_in_first, typed_before

View = Callable[..., HttpResponse]
_START_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")

# Buttons without a page of their own: nothing is to be typed again, and opening their address would show nothing.
_BUTTONS = frozenset(("pay", "cancel", "reopen", "adopt", "again"))
# What is typed during a maintenance waits this long after its end.
_KEPT_AFTER = timedelta(hours=4)
_FORMS = frozenset(("person", "delivery", "review"))


def open_for_orders(view: View) -> View:
    """Answer 503 while a maintenance is under way, saying until when (CGV 8/4); what was typed is kept beyond it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = clock.now()
        planned = maintenance.under_way(at)
        if planned is None:
            return view(request, *args, **kwargs)
        route = request.resolver_match
        if request.method == "POST" and route is not None and route.url_name in _FORMS:
            keep_typed(request, until=planned.until_at + _KEPT_AFTER)
            return redirect(request.path)  # a session is not saved with a 503
        told = {"until": maintenance.instant_in_words(planned.until_at), "is_typed": is_kept(request)}
        response = render(request, "orders/portal/closed.html", told, status=503)
        response["Retry-After"] = str(int((planned.until_at - at).total_seconds()) + 1)
        return response

    return never_cache(guarded)


def with_order(view: View) -> View:
    """Give the view the order at ``token``.

    Who must sign in first comes back to this page with what they had typed, or to the order's page after a button.
    """

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            order = order_of(request, token, at=clock.now())
        except SignInFirst:
            if request.resolver_match and request.resolver_match.url_name in _BUTTONS:
                return redirect_to_login(reverse("orders:tracking", args=[token]), resolve_url("account_login"))
            return sign_in_first(request)
        return view(request, order=order, **kwargs)

    return never_cache(guarded)


def typed(request: HttpRequest) -> QueryDict | None:
    """What to fill the form with: what was posted now, or what was typed before the session ended; None: nothing."""
    return request.POST if request.method == "POST" else typed_before(request, at=clock.now())


def start_key_of(request: HttpRequest) -> str:
    """The key of the page that begins an order, so that a double click begins one; anything else counts as no key."""
    given = request.POST.get("start_key", "")
    is_ours = _START_KEY.fullmatch(given) and not cards.has_card_number(given)
    return given if is_ours else secret_token()
