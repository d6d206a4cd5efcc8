"""One place that turns refusals into pages."""

from __future__ import annotations

import gzip
import logging
import secrets
from collections.abc import Callable
from functools import cached_property
from urllib.parse import urlsplit

from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

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
        return render(request, "kit/refused.html", {"refusal": error, "before": _before(request)}, status=error.status)


def _before(request: HttpRequest) -> str:
    """The page of this site from which the visitor came, to go back to; empty if there is none."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return ""
    page = urlsplit(came_from)
    return f"{page.path}?{page.query}" if page.query else page.path


class ContentPolicy(CSPMiddleware):
    """The library's header, composed once: no page of the house has a policy of its own or asks for a nonce."""

    @cached_property
    def _policy(self) -> str:
        return build_policy()

    def process_request(self, request: HttpRequest) -> None:
        """Offer no nonce."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Every answer carries the policy."""
        response.headers["Content-Security-Policy"] = self._policy
        return response


class Compressed:
    """Sends pages compressed to whoever takes it, since nothing in front of the house has to.

    Forms' tokens are masked anew on every page; a file name of random length in the gzip header blurs the length of
    the rest, so that it does not tell what is written beside a visitor's own input (BREACH).
    """

    SHORTEST = 860
    _LEVEL, _BLUR = 4, 96

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if response.streaming or len(response.content) < self.SHORTEST or "gzip" not in _accepted(request):
            return response
        if "Content-Encoding" not in response.headers:
            response.content = _gzipped(response.content, self._LEVEL, secrets.randbelow(self._BLUR))
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _accepted(request: HttpRequest) -> set[str]:
    """The codings that a browser takes, those with a quality of nought left out."""
    given = (part.partition(";") for part in request.META.get("HTTP_ACCEPT_ENCODING", "").split(","))
    return {name.strip().lower() for name, _, quality in given if quality.replace(" ", "") not in ("q=0", "q=0.0")}


def _gzipped(content: bytes, level: int, blur: int) -> bytes:
    """A gzip file whose header holds a name of ``blur`` letters (RFC 1952, FNAME)."""
    plain = gzip.compress(content, level, mtime=0)
    return plain[:3] + b"\x08" + plain[4:10] + b"x" * blur + b"\0" + plain[10:]


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
