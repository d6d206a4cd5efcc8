"""What stands before each page of an order: whose it is, and what was typed when the session had ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from guichet.kit import clock
from guichet.orders import maintenance
from guichet.orders.rights import order_of
from guichet.people.accounts.web.owned import for_its_owner
from guichet.people.accounts.web.resume import is_kept, keep_typed

View = Callable[..., HttpResponse]

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


with_order = for_its_owner(order_of, buttons=_BUTTONS, home="orders:tracking")
