"""In whose name one acts, and whether a form that is about to leave would be heard: asked by the pages before they send."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from guichet.kit.errors import NotEntitled

from .seat import CHOSEN, CounterRequest, at_counter


@at_counter
@require_POST
def choose(request: CounterRequest, **wiring: Any) -> HttpResponse:
    """Act in the name of another authority in which one works; it stays so until one signs out."""
    code = request.POST.get("authority", "")
    seat = next((seat for seat in request.seats if seat.office.code == code), None)
    if seat is None:
        raise NotEntitled("Vous ne travaillez pas dans cette autorité, ou plus aujourd'hui.")
    request.session[CHOSEN] = code
    messages.success(request, f"Vous agissez au nom de l'autorité « {seat.office.name} » : {seat.role.label}.")
    return redirect("guichets:worklist")


@at_counter
@require_safe
def heard(request: CounterRequest, **wiring: Any) -> HttpResponse:
    """Say so, with the token that forms carry: the database was asked, and who asks still sits at a counter.

    409 if they act in another name now than the page that asks (``?pour=``).
    """
    if request.GET.get("pour", request.seat.office.code) != request.seat.office.code:
        return HttpResponse(status=HTTPStatus.CONFLICT)
    return HttpResponse(get_token(request), content_type="text/plain; charset=utf-8")
