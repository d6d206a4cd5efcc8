"""The API as a whole; each subject is a router of its own."""

from __future__ import annotations

from ninja import NinjaAPI

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
