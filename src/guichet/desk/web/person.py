"""Saying which registered person an order concerns: search, compare, designate."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from guichet.desk.casefile import order_at_desk
from guichet.desk.comparison import compared
from guichet.desk.forms import PersonSearchForm
from guichet.desk.web.seat import DeskRequest, at_desk, clerk_of, posted_to, reader_of
from guichet.kit import clock
from guichet.kit.errors import NotYours
from guichet.orders import handling
from guichet.orders.models import Order
from guichet.people.models import Person
from guichet.people.register import find


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Search the register from what was typed; criteria travel in the request's body, never in an address."""
    order = order_at_desk(reference)
    form = PersonSearchForm(posted_to(request), initial=_from_typed(order))
    found = None
    if request.method == "POST" and form.is_valid():
        found = find(**form.criteria, reader=reader_of(request), at=clock.now())
    context = {"order": order, "form": form, "found": found, "comparison": compared(order, None)}
    return render(request, "desk/person.html", context, status=422 if form.errors else 200)


@at_desk
@require_POST
def designate(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """« C'est cette personne »."""
    order = order_at_desk(reference)
    handling.identify(order, person_id=_person_id(request), clerk=clerk_of(request), at=clock.now())
    messages.success(request, "La personne est désignée. Comparez encore les données ci-dessous avant de décider.")
    return redirect("desk:case", reference=order.reference)


def _person_id(request: DeskRequest) -> UUID:
    try:
        key = UUID(request.POST.get("person", ""))
    except ValueError:
        raise NotYours("Cette personne ne figure pas au registre.") from None
    if not Person.objects.filter(pk=key).exists():
        raise NotYours("Cette personne ne figure pas au registre.")
    return key


def _from_typed(order: Order) -> dict[str, Any]:
    typed = order.answer("person")
    born = typed.get("born_on")
    return {
        "avs_number": typed.get("avs_number", ""),
        "name": " ".join(part for part in (typed.get("official_name"), typed.get("first_names")) if part),
        "birth_date": date.fromisoformat(born) if born else None,
    }
