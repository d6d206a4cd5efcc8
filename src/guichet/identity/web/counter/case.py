"""The page of one application at the counter, its papers and its receipt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.casework.acts import record
from guichet.documents import operations as documents
from guichet.documents.models import IssuedDocument
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
def document(request: CounterRequest, reference: str, document_id: UUID, **wiring: Any) -> HttpResponse:
    """A document of this application; the opening is journalled."""
    application = application_at(request.seat.office, reference)
    issued = IssuedDocument.objects.of_case(application.reference).filter(pk=document_id).first()
    if issued is None:
        raise Http404
    facts = {"document": issued.digest}
    record("document_opened", application.reference, actor=agent_of(request), at=clock.now(), facts=facts)
    name = f"{application.reference}-{issued.version}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(documents.content_of(issued), content_type="application/pdf", headers=headers)
