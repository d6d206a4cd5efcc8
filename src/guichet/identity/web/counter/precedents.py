"""« Précédents »: the notes of the department's decisions, for every authority: to be searched, read, printed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guichet.identity.forms.department import SearchForm
from guichet.identity.models import Precedent
from guichet.identity.operations import referrals

from .seat import CounterRequest, at_counter


@at_counter
@require_safe
def search(request: CounterRequest, **wiring: Any) -> HttpResponse:
    """The notes with these words (``?mots=``), that cite an article (``?article=``), about a reason (``?motif=``)."""
    form = SearchForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    article = asked.get("article", "")
    found = referrals.search(asked.get("mots", ""), article=article, reason=asked.get("motif", ""))
    context = {
        "search": form,
        "words": asked.get("mots", ""),
        "article": article,
        "reason": asked.get("motif", ""),
        "found": found[: referrals.MOST_FOUND],
        "has_more": len(found) > referrals.MOST_FOUND,
        "most": referrals.MOST_FOUND,
    }
    return render(request, "identity/counter/precedents/search.html", context)


@at_counter
@require_safe
def show(request: CounterRequest, precedent_id: UUID, **wiring: Any) -> HttpResponse:
    """One note, as it is printed."""
    precedent = get_object_or_404(Precedent, pk=precedent_id)
    return render(request, "identity/counter/precedents/precedent.html", {"precedent": precedent})
