"""What stands before the pages on which a case is begun, continued or paid: closed while a maintenance is under way."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from guichet.casework import maintenance
from guichet.kit import clock

from .resume import is_kept, keep_typed

View = Callable[..., HttpResponse]

# What is typed during a maintenance waits this long after its end.
_KEPT_AFTER = timedelta(hours=4)


def open_outside_maintenance(*, forms: Collection[str]) -> Callable[[View], View]:
    """Answer 503 while a maintenance is under way, saying until when (CGV 8/4).

    Of the ``forms`` (names of addresses that show a page as well), what was typed is kept beyond it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            at = clock.now()
            planned = maintenance.under_way(at)
            if planned is None:
                return view(request, *args, **kwargs)
            route = request.resolver_match
            if request.method == "POST" and route is not None and route.url_name in forms:
                keep_typed(request, until=planned.until_at + _KEPT_AFTER)
                return redirect(request.path)  # a session is not saved with a 503
            told = {"until": maintenance.instant_in_words(planned.until_at), "is_typed": is_kept(request)}
            response = render(request, "people/closed.html", told, status=503)
            response["Retry-After"] = str(int((planned.until_at - at).total_seconds()) + 1)
            return response

        return never_cache(guarded)

    return decorate
