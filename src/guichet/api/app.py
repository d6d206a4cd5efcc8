"""The API as a whole; each subject is a router of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError

from guichet.api import law

# The built-in documentation page loads scripts from elsewhere, which the pages' policy forbids: only the description.
api = NinjaAPI(
    title="Guichet",
    version="1",
    description="Le droit appliqué par le guichet, question par question, avec ses raisons.",
    urls_namespace="api",
    docs_url=None,
)
api.add_router("/law", law.router)


@api.exception_handler(HttpError)
def refuse(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A refusal of the framework itself, in the shape of every other error."""
    refusal = {"error": {"field": "request", "given": None, "accepted": str(error)}}
    return api.create_response(request, refusal, status=error.status_code)
