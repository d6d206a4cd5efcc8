"""Whether the API can answer, for programs that depend on it."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest
from ninja import Router, Schema, Status

from guichet.orders.models import ServiceVersion

router = Router(tags=["health"])


class HealthOut(Schema):
    """Yes or no, and nothing else."""

    database: bool


@router.get("/health", response={200: HealthOut, 503: HealthOut}, summary="L'API peut-elle répondre ?")
def health(request: HttpRequest) -> Status[dict[str, bool]]:
    """200 when the database answers, 503 when it does not."""
    try:
        ServiceVersion.objects.only("pk").first()
    except (DatabaseError, InterfaceError):
        return Status(503, {"database": False})
    return Status(200, {"database": True})
