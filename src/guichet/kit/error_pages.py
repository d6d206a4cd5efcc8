"""The page behind an empty 405, wherever a view only takes another method."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from . import views


class ErrorPages:
    """Middleware: gives Django's empty « method not allowed » a page that says what to do; ``Allow`` is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = views.not_this_way(request)
        page["Allow"] = response["Allow"]
        return page
