"""What stands before each page of an order: whose it is, and what was typed when the session had ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url
from django.views.decorators.cache import never_cache

from guichet.orders.models import Order
from guichet.orders.rights import SignInFirst, order_of

View = Callable[..., HttpResponse]


def with_order(view: View) -> View:
    """Give the view the order at ``token``. Who must sign in first comes back to this page with what they had typed."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            order: Order = order_of(request, token)
        except SignInFirst:
            if request.method == "POST":
                request.session[_slot(request)] = request.POST.urlencode()
            return redirect_to_login(request.path, resolve_url("account_login"))
        return view(request, order=order, **kwargs)

    return never_cache(guarded)


def _slot(request: HttpRequest) -> str:
    return f"typed:{request.path}"


def typed(request: HttpRequest) -> QueryDict | None:
    """What to fill the form with: what was posted now, or what was typed before the session ended; None: nothing."""
    if request.method == "POST":
        return request.POST
    kept = request.session.pop(_slot(request), None)
    return QueryDict(kept) if kept is not None else None
