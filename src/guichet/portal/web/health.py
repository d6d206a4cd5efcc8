"""Whether the counter works, for the operator's monitoring: says yes or no per part, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guichet.casework.models import Beat
from guichet.kit import clock

# The worker beats every few seconds; a minute without a beat means that documents and mails wait.
SILENCE = timedelta(minutes=1)


@require_safe
@never_cache
def show(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; ``worker`` is false when it was not heard for a minute. 503 without database."""
    try:
        beat = Beat.objects.filter(name="worker").values_list("next_at", flat=True).first()
    except (DatabaseError, InterfaceError):
        return JsonResponse({"database": False, "worker": None}, status=503)
    is_heard = beat is not None and clock.now() - beat < SILENCE
    return JsonResponse({"database": True, "worker": is_heard})
