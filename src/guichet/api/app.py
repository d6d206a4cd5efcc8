"""The API as a whole; each subject is a router of its own."""

from __future__ import annotations

from ninja import NinjaAPI

from guichet.api import authorities, documents, health, law, orders, refusals
from guichet.api.page import OperationsPage

# The built-in documentation pages load scripts from elsewhere, which the pages' policy forbids: ours is a plain list.
api = NinjaAPI(
    title="Guichet",
    version="1",
    description=(
        "Le droit appliqué par le guichet, question par question, avec ses raisons ; les prestations, les conditions, "
        "l'état d'une commande et la vérification d'un document."
    ),
    urls_namespace="api",
    docs=OperationsPage(),
    docs_url="/",
)
api.add_router("/law", law.router)
api.add_router("", orders.router)
api.add_router("", documents.router)
api.add_router("", authorities.router)
api.add_router("", health.router)
refusals.install(api)
