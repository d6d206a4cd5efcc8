"""The page of one application at the counter, its papers and its receipt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.casework import journal
from guichet.documents.models import IssuedDocument
from guichet.documents.web.handing import drawn, opened
from guichet.identity.compose import receipt_content
from guichet.identity.operations import objections
from guichet.kit import clock
from guichet.payments.models import Receipt

from .casefile import application_at, case_file
from .seat import CounterRequest, agent_of, at_counter


@at_counter
@require_safe
def show(request: CounterRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Where the application stands, what is wanted, what may be done, what happened."""
    application = application_at(request.seat.office, reference)
    context = {
        "application": application,
        "file": case_file(application, office=request.seat.office, agent=agent_of(request), at=clock.now()),
        "receipts": Receipt.objects.filter(case_reference=application.reference).order_by("issued_at"),
    }
    return render(request, "identity/counter/case.html", context)


@at_counter
@require_safe
def chain(request: CounterRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Verify the journal of the application: every digest again, from the first entry to the last."""
    application = application_at(request.seat.office, reference)
    entries = journal.entries(application.reference)
    context = {"application": application, "entries": entries, "breaks": journal.breaks(application.reference, entries)}
    return render(request, "identity/counter/chain.html", context)


@at_counter
@require_safe
def document(request: CounterRequest, reference: str, document_id: UUID, **wiring: Any) -> HttpResponse:
    """A document of this application; the opening is journalled."""
    application = application_at(request.seat.office, reference)
    issued = IssuedDocument.objects.of_case(application.reference).filter(pk=document_id).first()
    if issued is None:
        raise Http404
    return opened(issued, f"{application.reference}-decision.pdf", by=agent_of(request), at=clock.now())


@at_counter
@require_safe
def receipt(request: CounterRequest, reference: str, receipt_id: UUID, **wiring: Any) -> HttpResponse:
    """The receipt of what was paid, drawn from the books."""
    application = application_at(request.seat.office, reference)
    booked = Receipt.objects.filter(case_reference=application.reference, pk=receipt_id).first()
    if booked is None:
        raise Http404
    content = receipt_content(application, booked)
    return drawn(content, f"{application.reference}-quittance.pdf", at=booked.issued_at)


@at_counter
@require_safe
def objection(request: CounterRequest, reference: str, **wiring: Any) -> HttpResponse:
    """The letter about the objection of a parent that stands, to be printed and posted."""
    application = application_at(request.seat.office, reference)
    stands = objections.standing(application) or objections.noted(application)
    if stands is None:
        raise Http404
    content = objections.letter(application, stands)
    return drawn(content, f"{application.reference}-opposition.pdf", at=stands.recorded_at)
