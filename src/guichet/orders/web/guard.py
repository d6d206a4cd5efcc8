"""What stands before each page of an order: whose it is, and what was typed when the session had ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import never_cache

from guichet.kit import clock
from guichet.orders.rights import SignInFirst, order_of
from guichet.people.accounts.web.resume import sign_in_first, typed_before

View = Callable[..., HttpResponse]


def with_order(view: View) -> View:
    """Give the view the order at ``token``. Who must sign in first comes back to this page with what they had typed."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            order = order_of(request, token)
        except SignInFirst:
            return sign_in_first(request)
        return view(request, order=order, **kwargs)

    return never_cache(guarded)


def typed(request: HttpRequest) -> QueryDict | None:
    """What to fill the form with: what was posted now, or what was typed before the session ended; None: nothing."""
    return request.POST if request.method == "POST" else typed_before(request, at=clock.now())
