"""The work list and an agent's saved filters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from guichet.desk import operations
from guichet.desk.forms import FilterNameForm
from guichet.desk.models import SavedFilter
from guichet.desk.web.seat import DeskRequest, at_desk
from guichet.desk.worklist import SELECTIONS, Filters, WorkList, offers
from guichet.kit import clock
from guichet.orders.models import Channel, Order


@at_desk
@require_safe
def show(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """Orders by due date under the filters of the address; a reference typed whole opens its case at once."""
    filters = Filters.read(request.GET)
    reference = filters.reference
    if reference and Order.objects.filter(reference=reference).exclude(state="draft").exists():
        return redirect("desk:case", reference=reference)
    known = offers()
    work = WorkList(filters, on=clock.today(), known=known)
    context = {
        "filters": filters,
        "selection": work.selection,
        "selections": SELECTIONS.items(),
        "offers": known,
        "channels": Channel.choices,
        "page": work.page(request.GET.get("page")),
        "has_more": work.has_more,
        "unknown_text": filters.text,
        "saved": SavedFilter.objects.filter(account=request.user).order_by("name"),
        "on": work.on,
    }
    return render(request, "desk/worklist.html", context)


@at_desk
@require_POST
def keep(request: DeskRequest, **wiring: Any) -> HttpResponse:
    """Keep the present filters under a name."""
    form = FilterNameForm(request.POST)
    query = Filters.read(_query(request)).query
    if not form.is_valid():
        messages.error(request, "Donnez un nom au filtre, de 40 caractères au plus.")
        return redirect(_list(query))
    operations.keep_filter(request.user, name=form.cleaned_data["name"], query=query, at=clock.now())
    messages.success(request, f"Le filtre « {form.cleaned_data['name']} » est enregistré.")
    return redirect(_list(query))


@at_desk
@require_POST
def forget(request: DeskRequest, filter_id: UUID, **wiring: Any) -> HttpResponse:
    """Forget a saved filter."""
    operations.forget_filter(request.user, filter_id)
    messages.success(request, "Le filtre est supprimé.")
    return redirect("desk:worklist")


def _query(request: DeskRequest) -> Any:
    return QueryDict(request.POST.get("query", "")[:300])


def _list(query: str) -> str:
    address = reverse("desk:worklist")
    return f"{address}?{query}" if query else address
