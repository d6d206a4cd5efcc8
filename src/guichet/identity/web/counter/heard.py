"""Whether a form that is about to leave would be heard: asked by the pages of the counters before they send one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe

from .seat import CounterRequest, at_counter


@at_counter
@require_safe
def heard(request: CounterRequest, **wiring: Any) -> HttpResponse:
    """Say so, with the token that forms carry: the database was asked, and who asks still sits at a counter."""
    return HttpResponse(get_token(request), content_type="text/plain; charset=utf-8")
