"""One place that turns refusals into pages."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404

from .errors import Refused
from .views import page_not_found

log = logging.getLogger(__name__)


class RefusalPages:
    """Answers a ``Refused`` raised by a view with a page that says what, why (passages) and what next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """404 hides other people's cases; 409 says that the state forbids the step; 403 that the role does."""
        if not isinstance(error, Refused):
            return None
        log.info("refused code=%s path=%s", error.code, request.resolver_match.route if request.resolver_match else "")
        return render(request, "kit/refused.html", {"refusal": error}, status=error.status)


class WithoutNul:
    """Refuses an address that holds the character NUL: no page has one, and PostgreSQL takes none as text.

    The API answers by itself, in JSON.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        holds_nul = "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        if holds_nul and not request.path.startswith("/api/"):
            return page_not_found(request, Resolver404())
        return self.get_response(request)
