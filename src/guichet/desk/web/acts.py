"""The acts of an agent on an order: take in hand, grant, refuse, post, correct, record a notification."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from guichet.desk import operations
from guichet.desk.casefile import order_at_desk
from guichet.desk.forms import CorrectionForm, NotificationForm, RefusalForm
from guichet.desk.web.seat import DeskRequest, at_desk, clerk_of, posted_to
from guichet.documents.contents import Letter, Verification
from guichet.kit import clock
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow
from guichet.kit.formats import long_date
from guichet.orders import compose, handling
from guichet.orders.models import Decision, Order

# Shown in the preview only: the real code is given when the letter is written.
_NO_CODE = Verification(code="XXXX-XXXX-XXXX", address="")


@at_desk
@require_POST
def examine(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Take a paid order in hand."""
    order = order_at_desk(reference)
    operations.examine(order, clerk=clerk_of(request), at=clock.now())
    return redirect("desk:case", reference=order.reference)


@at_desk
@require_POST
def grant(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Grant the service: the worker makes and seals the document."""
    order = order_at_desk(reference)
    handling.grant(order, clerk=clerk_of(request), at=clock.now())
    messages.success(request, "La prestation est accordée : le document s'établit dans les instants qui suivent.")
    return redirect("desk:case", reference=order.reference)


@at_desk
@require_POST
def posted(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Record that this document, printed on its own, was handed to the post."""
    order = order_at_desk(reference)
    _, left = handling.post([order], clerk=clerk_of(request), at=clock.now())
    if left:
        raise NotAllowedNow("Ce document n'attend plus d'être posté : il l'est déjà, ou il est en cours de correction.")
    messages.success(request, "L'envoi est enregistré ; la personne en est avertie par courriel.")
    return redirect("desk:case", reference=order.reference)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Refuse by a formal decision: grounds and reasons, then the letter as it will read, then the decision itself."""
    order = order_at_desk(reference)
    _check_possible(order, "service_refused")
    form = RefusalForm(posted_to(request))
    letter = None
    if request.method == "POST" and form.is_valid():
        step = request.POST.get("step")
        if step == "decide":
            return _decide(request, order, form)
        letter = _letter(order, form, signatory=request.user.get_full_name()) if step == "preview" else None
    context = {"order": order, "form": form, "letter": letter, "transition": _transition(order, "service_refused")}
    return render(request, "desk/refusal.html", context, status=422 if form.errors else 200)


def _decide(request: DeskRequest, order: Order, form: RefusalForm) -> HttpResponse:
    handling.refuse(
        order,
        grounds=form.cleaned_data["grounds"],
        reasons=form.cleaned_data["reasons"],
        clerk=clerk_of(request),
        signatory=request.user.get_full_name(),
        at=clock.now(),
    )
    messages.success(request, "La décision est rendue. Sa lettre s'établit ; la personne est avertie par courriel.")
    return redirect("desk:case", reference=order.reference)


def _letter(order: Order, form: RefusalForm, *, signatory: str) -> Letter:
    """The letter that the decision would send, from the same text; nothing is stored."""
    unsaved = Decision(
        case_reference=order.reference,
        grounds=form.cleaned_data["grounds"],
        reasons=form.cleaned_data["reasons"].strip(),
        decided_at=clock.now(),
        signatory=signatory,
    )
    return compose.refusal(order, unsaved, verification=_NO_CODE)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Correct an error of the office: the document is made again without charge."""
    order = order_at_desk(reference)
    _check_possible(order, "office_error_recorded")
    form = CorrectionForm(posted_to(request))
    if request.method == "POST" and form.is_valid():
        handling.correct(order, reason=form.cleaned_data["reason"], clerk=clerk_of(request), at=clock.now())
        messages.success(request, "L'erreur est constatée : le document est refait sans frais.")
        return redirect("desk:case", reference=order.reference)
    context = {"order": order, "form": form, "transition": _transition(order, "office_error_recorded")}
    return render(request, "desk/correction.html", context, status=422 if form.errors else 200)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def notification(request: DeskRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Record the day on which the decision reached its addressee: the time of appeal runs from it."""
    order = order_at_desk(reference)
    decision = Decision.objects.filter(case_reference=order.reference).first()
    if decision is None or decision.notified_on is not None:
        raise NotAllowedNow("Aucune décision de cette commande n'attend d'être notifiée.")
    form = NotificationForm(posted_to(request), decided_on=day_of(decision.decided_at), today=clock.today())
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["notified_on"]
        deadline = handling.notify(decision, on=day, actor=clerk_of(request), at=clock.now())
        if deadline is not None:
            messages.success(request, f"Notification enregistrée ; recours jusqu'au {long_date(deadline.last_day)}.")
        return redirect("desk:case", reference=order.reference)
    context = {"order": order, "form": form, "decision": decision}
    return render(request, "desk/notification.html", context, status=422 if form.errors else 200)


def _transition(order: Order, act: str) -> Any:
    return order.procedure.transition(act)


def _check_possible(order: Order, act: str) -> None:
    """No form for what the state forbids anyway.

    Raises:
        NotAllowedNow: the order has gone on.
    """
    transition = _transition(order, act)
    if order.state not in transition.sources:
        raise NotAllowedNow(
            f"Cette étape n'est plus possible : la commande est maintenant « {order.state_name} ».",
            basis=transition.basis,
        )
