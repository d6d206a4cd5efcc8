"""« À poster »: choose envelopes, see what a batch will hold, print it, record that it left the house."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guichet.desk import operations
from guichet.desk.casefile import names_of
from guichet.desk.envelopes import MOST_IN_BATCH, waiting
from guichet.desk.models import PrintBatch
from guichet.desk.web.seat import DeskRequest, at_desk, clerk_of, reader_of
from guichet.kit import clock
from guichet.kit.downloads import pdf
from guichet.kit.errors import NotYours
from guichet.kit.formats import count

_BATCHES_SHOWN = 30


@at_desk
@require_safe
def index(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """What waits to be posted, and the latest batches."""
    batches = PrintBatch.objects.annotate(size=Count("items")).order_by("-made_at")[:_BATCHES_SHOWN]
    names = names_of(batch.made_by for batch in batches)
    context = {
        "envelopes": waiting(),
        "batches": [(batch, names.get(batch.made_by, "")) for batch in batches],
        "most": MOST_IN_BATCH,
    }
    return render(request, "desk/post/index.html", context)


@at_desk
@require_POST
def preview(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """What the batch would hold, before anything is written."""
    envelopes = operations.chosen_envelopes(request.POST.getlist("envelope"))
    if not envelopes:
        messages.error(request, "Choisissez au moins un pli à imprimer.")
        return redirect("desk:post")
    return render(request, "desk/post/preview.html", {"envelopes": envelopes})


@at_desk
@require_POST
def make(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """Make the batch that was previewed."""
    batch = operations.make_batch(request.POST.getlist("envelope"), clerk=clerk_of(request), at=clock.now())
    return redirect("desk:batch", batch_id=batch.pk)


@at_desk
@require_safe
def show(request: DeskRequest, batch_id: UUID, **wiring: Any) -> HttpResponse:
    """One batch: what it holds, whether it is printed, whether it is posted."""
    batch = _batch(batch_id)
    names = names_of([batch.made_by, batch.posted_by])
    context = {
        "batch": batch,
        "items": list(batch.items.order_by("place")),
        "made_by": names.get(batch.made_by, ""),
        "posted_by": names.get(batch.posted_by, ""),
    }
    return render(request, "desk/post/batch.html", context)


@at_desk
@require_POST
def print_out(request: DeskRequest, batch_id: UUID, **wiring: Any) -> HttpResponse:
    """The PDF for the printer; it may be asked for as often as paper jams."""
    batch, at = _batch(batch_id), clock.now()
    signatory = request.user.get_full_name()
    printed = operations.print_batch(batch, clerk=reader_of(request), signatory=signatory, at=at)
    return pdf(printed, f"lot-{batch.made_at:%Y-%m-%d}-{str(batch.pk)[-4:]}.pdf")


@at_desk
@require_POST
def mark(request: DeskRequest, batch_id: UUID, **wiring: Any) -> HttpResponse:
    """« Marquer comme postés »; a second click says that it is done already."""
    batch = _batch(batch_id)
    if batch.posted_at is not None:
        messages.success(request, "Ce lot était déjà marqué comme posté : rien n'a changé.")
        return redirect("desk:batch", batch_id=batch.pk)
    posted, left = operations.post_batch(batch, clerk=clerk_of(request), at=clock.now())
    verb = "sont marqués" if posted > 1 else "est marqué"
    messages.success(request, f"{count(posted, 'pli')} {verb} comme {'postés' if posted > 1 else 'posté'}.")
    if left:
        messages.warning(request, f"{count(left, 'pli')} : déjà posté ou repris autrement, sans effet ici.")
    return redirect("desk:batch", batch_id=batch.pk)


@at_desk
@require_POST
def undo(request: DeskRequest, batch_id: UUID, **wiring: Any) -> HttpResponse:
    """Put the envelopes of an open batch back on the list."""
    operations.undo_batch(_batch(batch_id))
    messages.success(request, "Le lot est défait : ses plis attendent à nouveau.")
    return redirect("desk:post")


def _batch(batch_id: UUID) -> PrintBatch:
    batch = PrintBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotYours("Ce lot n'existe pas ou a été défait.")
    return batch
