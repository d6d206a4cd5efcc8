"""Following an order: where it stands, what is next, its receipt, its document, its decision."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guichet.casework import journal
from guichet.documents import operations as documents
from guichet.documents.models import in_force
from guichet.documents.web.handing import drawn, opened
from guichet.kit import clock, limits
from guichet.kit.downloads import pdf
from guichet.kit.ids import secret_token
from guichet.orders import catalogue, handling, operations
from guichet.orders.forms import AccessKeyForm
from guichet.orders.models import Decision, Order
from guichet.orders.models.orders import RETURNABLE
from guichet.orders.receipts import receipt_content
from guichet.orders.rights import may_open_document, remember_opened
from guichet.payments.models import receipt_of_case
from guichet.people.accounts.web.owned import start_key_of

from .guard import open_for_orders, with_order
from .pages import happenings, new_price, price_of
from .standing import MOVING, going_on, is_being_confirmed, next_step, open_clocks


@require_safe
@with_order
def show(request: HttpRequest, order: Order, **wiring: Any) -> HttpResponse:
    """The order's page: in one sentence where it stands and who must act, then everything that happened."""
    if order.state == "draft":
        return redirect("orders:person", token=order.token)
    chain = journal.entries(order.reference)
    confirming = is_being_confirmed(order)
    changed = new_price(order, on=clock.today())
    context = {
        "order": order,
        "price": changed or price_of(order, on=clock.today()),
        "new_total": changed.total if changed else None,
        "happenings": happenings(chain),
        "next_step": next_step(order, confirming=confirming),
        "clocks": open_clocks(order, chain, on=clock.today()),
        "is_being_confirmed": confirming,
        "is_moving": confirming or order.state in MOVING,
        "document": in_force(order.reference, "attestation") if order.is_definitive else None,
        "decision": in_force(order.reference, "decision") if order.state == "refused" else None,
        "receipt": receipt_of_case(order.reference) if order.is_definitive else None,
        "may_open": may_open_document(request, order),
        "start_key": secret_token(),
        "is_over": order.is_definitive or (order.state in RETURNABLE and not confirming),
        "is_on_offer": catalogue.is_shown(order.version.service, at=clock.now()),
        "outcome": f"orders/outcome/{order.state}.html",
    }
    return render(request, "orders/portal/tracking.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest, **wiring: Any) -> HttpResponse:
    """Open a document with the access key of the mail."""
    form = AccessKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limits.check("access-key", request, most=10, seconds=300)
        document = documents.opened_by(form.cleaned_data["key"])
        order = Order.objects.filter(reference=document.case_reference).first() if document else None
        if order is not None:
            remember_opened(request, order)
            return render(request, "orders/portal/opened.html", {"order": order, "document": document})
        form.add_error("key", "Cette clé n'ouvre aucun document. Comparez-la avec le courriel reçu.")
    return render(request, "orders/portal/access.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def document(request: HttpRequest, token: str, **wiring: Any) -> HttpResponse:
    """The sealed document, for who may open it; each opening is journalled."""
    order = Order.objects.filter(token=token).first()
    if order is None or not may_open_document(request, order):
        raise Http404
    issued = in_force(order.reference, "attestation")
    if issued is None:
        raise Http404
    return opened(issued, f"{order.reference}.pdf", by=operations.applicant(order), at=clock.now())


@require_safe
@with_order
def decision(request: HttpRequest, order: Order, **wiring: Any) -> HttpResponse:
    """The letter of the refusal; opening it notifies the decision if nothing did before."""
    issued = in_force(order.reference, "decision")
    if issued is None:
        raise Http404
    decided = Decision.objects.get(case_reference=order.reference)
    handling.notify(decided, on=clock.today(), actor=operations.applicant(order), at=clock.now())
    return pdf(documents.content_of(issued), f"{order.reference}-decision.pdf")


@require_safe
@with_order
def receipt(request: HttpRequest, order: Order, **wiring: Any) -> HttpResponse:
    """The receipt of the payment, drawn from the books."""
    booked = receipt_of_case(order.reference)
    if booked is None:
        raise Http404
    content = receipt_content(order, booked)
    return drawn(content, f"{order.reference}-quittance.pdf", at=booked.issued_at)


@require_POST
@open_for_orders
@with_order
def again(request: HttpRequest, order: Order, **wiring: Any) -> HttpResponse:
    """Order again with the same data, and pay again (CGV 3/3)."""
    at = clock.now()
    version = catalogue.version_on_offer(order.version.service.slug, at=at)
    copy = operations.order_again(order, version, start_key=start_key_of(request), at=at)
    return redirect(going_on(copy), token=copy.token)
