"""« Tâches »: the work that goes on in the background, and what it could not do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guichet.desk import operations
from guichet.desk.backlog import SHOWN, backlog, dead_among
from guichet.desk.overview import WORKER_SILENT_AFTER
from guichet.desk.web.seat import DeskRequest, at_desk, clerk_of
from guichet.kit import clock
from guichet.kit.formats import count


@at_desk
@require_safe
def index(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """Dead jobs and alarms first; the worker's last sign of life."""
    found, at = backlog(), clock.now()
    seen_at = found.worker_seen_at
    context = {
        "backlog": found,
        "is_worker_silent": seen_at is None or at - seen_at > WORKER_SILENT_AFTER,
        "has_dead": any(line.is_dead for line in found.lines),
    }
    return render(request, "desk/jobs/index.html", context)


@at_desk
@require_POST
def preview(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """What would be tried again."""
    chosen = dead_among(_chosen(request))
    if not chosen:
        messages.error(request, "Choisissez au moins une tâche abandonnée.")
        return redirect("desk:jobs")
    return render(request, "desk/jobs/preview.html", {"jobs": chosen})


@at_desk
@require_POST
def retry(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """Put the chosen dead jobs back in the queue."""
    retried, left = operations.retry_jobs(_chosen(request), clerk=clerk_of(request))
    if retried:
        messages.success(request, f"{count(retried, 'tâche')} : remise en attente, le système recommence.")
    if left:
        messages.warning(request, f"{count(left, 'tâche')} : déjà reprise, ou le même travail attend déjà.")
    return redirect("desk:jobs")


def _chosen(request: DeskRequest) -> list[UUID]:
    keys = []
    for text in request.POST.getlist("job")[:SHOWN]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return keys
