"""What every page tells besides its content: a maintenance that is announced or under way (CGV 8/4)."""

from __future__ import annotations

from django.http import HttpRequest

from guichet.casework import maintenance
from guichet.kit import clock


def announcement(request: HttpRequest) -> dict[str, object]:
    """Context ``maintenance`` of every page: when, whether it is under way, the operator's sentence; absent if none."""
    at = clock.now()
    planned = maintenance.next_one(at)
    if planned is None:
        return {}
    told = {
        "is_under_way": planned.is_under_way(at),
        "when": maintenance.when(planned),
        "until": maintenance.instant_in_words(planned.until_at),
        "message": planned.message,
    }
    return {"maintenance": told}
