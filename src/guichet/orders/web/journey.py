"""The order form: one question a page, a review of every value, then the payment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from guichet.kit import clock
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow
from guichet.orders import operations, terms
from guichet.orders.forms import ReviewForm
from guichet.orders.models import Order, TermsEdition
from guichet.orders.operations import Incomplete, PriceChanged
from guichet.orders.payable import standing_of
from guichet.payments import operations as payments
from guichet.payments.outcome import outcome_of
from guichet.payments.payable import Wiring
from guichet.people.accounts.web.owned import typed

from .guard import open_for_orders, with_order
from .pages import price_of, review_rows
from .standing import going_on
from .steps import DeliveryStep, PersonStep, Step

STEPS = ("vos données", "la livraison", "la vérification", "le paiement")


def _page(request: HttpRequest, order: Order, template: str, number: int, context: dict[str, Any]) -> HttpResponse:
    """A page of the journey, with the price beside it; a form with errors is answered 422."""
    form = context.get("form")
    context |= {
        "order": order,
        "price": price_of(order, on=clock.today()),
        "number": number,
        "of": len(STEPS),
        "label": STEPS[number - 1],
    }
    return render(request, template, context, status=422 if form is not None and form.errors else 200)


def _step(request: HttpRequest, order: Order, step: Step) -> HttpResponse:
    if order.state != "draft":
        return redirect("orders:tracking", token=order.token)
    data = typed(request)
    form = step.form(data)
    if request.method == "POST" and form.is_valid() and not step.obstacles:
        step.save(form, at=clock.now())
        return redirect(f"orders:{step.following}", token=order.token)
    context = {"form": form, "step": step, "back": step.back}
    return _page(request, order, f"orders/portal/{step.template}.html", step.number, context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_for_orders
@with_order
def person(request: HttpRequest, order: Order, **wiring: Any) -> HttpResponse:
    """Whom the document concerns: read from the register for a verified account, asked otherwise."""
    return _step(request, order, PersonStep(request, order, at=clock.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@open_for_orders
@with_order
def delivery(request: HttpRequest, order: Order, **wiring: Any) -> HttpResponse:
    """How the document is received."""
    if not order.bearer:
        return redirect("orders:person", token=order.token)
    return _step(request, order, DeliveryStep(request, order, at=clock.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@open_for_orders
@with_order
def review(request: HttpRequest, order: Order, wiring: Wiring) -> HttpResponse:
    """Every value once more, both texts to accept, and the button that says the amount."""
    if order.state != "draft":
        return redirect("orders:tracking", token=order.token)
    try:
        operations.check_complete(order)
    except Incomplete as missing:
        messages.warning(request, missing.message)
        return redirect({"personne": "orders:person"}.get(missing.step, "orders:delivery"), token=order.token)
    editions = terms.shown(clock.now())
    form = ReviewForm(typed(request), editions=editions)
    if form.is_outdated:  # what is shown is a few seconds old: it is for the editions that bind now to say so
        editions = terms.binding(clock.now())
        form = ReviewForm(typed(request), editions=editions)
    if request.method == "POST" and form.is_valid():
        try:
            return _pay(request, order, editions, wiring)
        except terms.TermsChanged:
            editions = terms.binding(clock.now())
            form = ReviewForm(typed(request), editions=editions)
    back = f"/commande/{order.token}/livraison/"
    context = {"form": form, "rows": review_rows(order), "editions": editions, "back": back}
    return _page(request, order, "orders/portal/review.html", 3, context)


def _pay(
    request: HttpRequest, order: Order, editions: tuple[TermsEdition, TermsEdition], wiring: Wiring
) -> HttpResponse:
    """Transmit the order with the editions that were ticked, and send the payer to the provider's page."""
    at = clock.now()
    with transaction.atomic():
        agreed = operations.submit(order, editions, at=at)
        chosen = _choice(order, at=at, wiring=wiring) if agreed else None
    return go_to_payment(request, order, wiring, chosen=chosen)


def _choice(order: Order, *, at: datetime, wiring: Wiring) -> payments.Choice:
    """What pressing « payer » leads to for an order that this very transaction has submitted."""
    standing = standing_of(order, on=day_of(at))
    return payments.choose(order.reference, actor=operations.applicant(order), at=at, wiring=wiring, standing=standing)


def go_to_payment(
    request: HttpRequest, order: Order, wiring: Wiring, *, chosen: payments.Choice | None = None
) -> HttpResponse:
    """Open the payment and send the payer to the provider's page; whatever fails, the order keeps waiting to be paid.

    ``chosen``: price and texts were agreed to in this very request, and the attempt was prepared with it.
    """
    at = clock.now()
    try:
        if chosen is None:
            operations.check_payable(order, at=at)
    except (PriceChanged, terms.TermsChanged) as changed:
        messages.warning(request, changed.message)
        return redirect("orders:review", token=order.token)
    try:
        opened = payments.start(
            order.reference,
            description=f"Commande {order.reference}",
            language="fr",
            actor=operations.applicant(order),
            at=at,
            wiring=wiring,
            chosen=chosen,
        )
    except (payments.PaymentNotStarted, NotAllowedNow) as failure:
        messages.error(request, failure.message)
        return redirect("orders:tracking", token=order.token)
    return HttpResponse(status=303, headers={"Location": opened.address, "Cache-Control": "no-store"})


@require_POST
@open_for_orders
@with_order
def pay(request: HttpRequest, order: Order, wiring: Wiring) -> HttpResponse:
    """Pay a submitted order, or try again after a payment that did not succeed."""
    if order.state != "submitted":
        return redirect("orders:tracking", token=order.token)
    return go_to_payment(request, order, wiring)


@require_http_methods(["GET", "HEAD", "POST"])
@with_order
def cancel(request: HttpRequest, order: Order, **wiring: Any) -> HttpResponse:
    """Cancel, after having been asked once, as long as the payment has not been validated (CGV 3/1)."""
    if request.method == "POST":
        operations.cancel(order, at=clock.now())
    elif order.may_still_be_cancelled:
        keep = reverse(going_on(order), args=[order.token])
        context = {"order": order, "payment": outcome_of(order.reference), "keep": keep}
        return render(request, "orders/portal/cancel.html", context)
    return redirect("orders:tracking", token=order.token)


@require_POST
@open_for_orders
@with_order
def reopen(request: HttpRequest, order: Order, **wiring: Any) -> HttpResponse:
    """Go back to the data of a submitted order that has not been paid."""
    operations.reopen(order, at=clock.now())
    return redirect("orders:review", token=order.token)


@require_POST
@open_for_orders
@with_order
def adopt(request: HttpRequest, order: Order, **wiring: Any) -> HttpResponse:
    """Continue a guest's draft from one's account."""
    if request.user.is_authenticated:
        operations.adopt(order, account_id=request.user.pk, at=clock.now())
    return redirect("orders:person", token=order.token)
