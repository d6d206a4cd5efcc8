"""The page of one order, its notes, its papers and the check of its journal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guichet.casework import journal
from guichet.desk.casefile import case_file, order_at_desk
from guichet.desk.forms import NoteForm
from guichet.desk.web.seat import DeskRequest, at_desk, clerk_of, reader_of
from guichet.documents.models import IssuedDocument
from guichet.documents.web.handing import drawn, opened
from guichet.kit import clock
from guichet.orders import handling
from guichet.orders.receipts import receipt_content
from guichet.orders.web.pages import price_of
from guichet.payments.models import receipt_of_case


@at_desk
@require_safe
def show(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Where the order stands, what is typed and known, what may be done, what happened."""
    return _page(request, reference, note=NoteForm())


def _page(request: DeskRequest, reference: str, *, note: NoteForm) -> HttpResponse:
    order = order_at_desk(reference)
    context = {
        "order": order,
        "file": case_file(order, reader=reader_of(request), at=clock.now()),
        "price": price_of(order, on=clock.today()),
        "note": note,
        "form": note if note.errors else None,
    }
    return render(request, "desk/case.html", context, status=422 if note.errors else 200)


@at_desk
@require_POST
def write_note(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Write a note for colleagues."""
    note = NoteForm(request.POST)
    if not note.is_valid():
        return _page(request, reference, note=note)
    order = order_at_desk(reference)
    handling.note(order, text=note.cleaned_data["text"], author=clerk_of(request), at=clock.now())
    messages.success(request, "La note est écrite.")
    return redirect("desk:case", reference=order.reference)


@at_desk
@require_safe
def chain(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Verify the journal of the order: every digest again, from the first entry to the last (CGV 4)."""
    order = order_at_desk(reference)
    entries = journal.entries(order.reference)
    context = {"order": order, "entries": entries, "breaks": journal.breaks(order.reference, entries)}
    return render(request, "desk/chain.html", context)


@at_desk
@require_safe
def document(request: DeskRequest, reference: str, document_id: UUID, **wiring: Any) -> HttpResponse:
    """A document issued in this order; the opening is journalled."""
    order = order_at_desk(reference)
    issued = IssuedDocument.objects.of_case(order.reference).filter(pk=document_id).first()
    if issued is None:
        raise Http404
    return opened(issued, f"{order.reference}-{issued.kind}-{issued.version}.pdf", by=clerk_of(request), at=clock.now())


@at_desk
@require_safe
def receipt(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """The receipt of the payment, drawn from the books."""
    order = order_at_desk(reference)
    booked = receipt_of_case(order.reference)
    if booked is None:
        raise Http404
    content = receipt_content(order, booked)
    return drawn(content, f"{order.reference}-quittance.pdf", at=booked.issued_at)
