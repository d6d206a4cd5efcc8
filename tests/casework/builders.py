"""Cases for casework's own tests: orders, the one kind of case there is, as bare drafts."""

from __future__ import annotations

from datetime import datetime

from guichet.casework.acts import Actor
from guichet.kit.clock import ZURICH
from guichet.kit.ids import secret_token
from guichet.orders import catalogue, operations
from guichet.orders.models import Order, ServiceVersion

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZURICH)
APPLICANT = Actor("applicant", "guest")
CLERK = Actor("clerk", "carole")


def a_version(slug: str = "attestation-de-residence") -> ServiceVersion:
    """A service on offer."""
    if not ServiceVersion.objects.exists():
        catalogue.load(catalogue.PACKAGED, at=AT)
    return catalogue.version_on_offer(slug, at=AT)


def a_draft() -> Order:
    """A guest's draft."""
    return operations.start(a_version(), account_id=None, start_key=secret_token(), at=AT)
