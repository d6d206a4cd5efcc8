"""The two texts one accepts, in every edition, with what changed from one to the next (CGV 1/3)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guichet.kit import clock
from guichet.orders import terms
from guichet.orders.models import TermsEdition, TermsKind

from .markdown import blocks


@require_safe
def index(request: HttpRequest, **wiring: Any) -> HttpResponse:
    """Every edition of both texts, the binding one first."""
    editions = TermsEdition.objects.binding(clock.now()).defer("text")
    kinds = [(TermsKind(kind).label, [e for e in editions if e.kind == kind]) for kind in TermsKind.values]
    return render(request, "orders/portal/terms.html", {"kinds": kinds})


@require_safe
def edition(request: HttpRequest, sha256: str, **wiring: Any) -> HttpResponse:
    """One edition, word for word, with its digest; below, what changed since the one before."""
    shown = get_object_or_404(TermsEdition, sha256=sha256)
    before = TermsEdition.objects.binding(shown.published_at).filter(kind=shown.kind).exclude(pk=shown.pk).first()
    context = {
        "edition": shown,
        "blocks": blocks(shown.text),
        "before": before,
        "changes": terms.difference(before, shown) if before else [],
    }
    return render(request, "orders/portal/edition.html", context)
