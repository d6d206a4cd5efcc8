"""Following an application: where it stands, who acts next, what is missing; its price, its form, its receipt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guichet.casework import journal
from guichet.documents.models import in_force
from guichet.documents.web.handing import drawn, opened
from guichet.identity.compose import form_content, receipt_content
from guichet.identity.forms.lodging import PriceForm
from guichet.identity.models import IdentityApplication, IdentityDecision
from guichet.identity.models.applications import Bearer
from guichet.identity.operations import booking, complaining, deciding, lodging, objections, returning
from guichet.identity.operations.due import counted_decision
from guichet.identity.quote import quote
from guichet.identity.rights import applicant
from guichet.institutions.models import Office
from guichet.kit import clock
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow
from guichet.kit.ids import secret_token
from guichet.law.kernel.replay import replay
from guichet.payments import operations as payments
from guichet.payments.models import receipt_of_case
from guichet.payments.outcome import Outcome, outcome_of
from guichet.payments.payable import Wiring

from .answer import missing, price_of
from .guard import open_for_applications, with_application
from .pages import happenings, open_clocks

_NEXT = {
    "old_document_due": "Vous remettez l'ancien document au guichet, où vous présentez la demande.",
    "certificate_due": "La police enregistre la perte, le vol ou la destruction ; vous apportez son attestation.",
    "open": "Vous vous présentez au guichet avec ce qui manque encore.",
    "stopped": "Vous produisez le document complémentaire demandé.",
    "referred": "Le département tranche ; rien à faire de votre part.",
    "ordered": "Le document est en fabrication ; rien à faire de votre part.",
    "issued": "Le document vous est envoyé à l'adresse de la formule.",
    "kept": "Vous convenez avec le centre de la remise du document qu'il garde.",
    "refused": "Vous pouvez recourir jusqu'au dernier jour du délai.",
    "refusal_appealed": "La justice tranche.",
    "revoked": "Vous rendez le document retiré ; vous pouvez recourir jusqu'au dernier jour du délai.",
    "withdrawal_appealed": "La justice tranche.",
}


@require_safe
@with_application
def show(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """The application's page: in one sentence where it stands and who must act, then everything that happened."""
    if application.state == "draft":
        return redirect("identity:step", token=application.token, slug="pour-qui")
    at, on = clock.now(), clock.today()
    chain = journal.entries(application.reference)
    stands = replay(application.procedure, journal.events(chain), on=on)
    is_prepared = application.is_prepared
    may_be_paid = lodging.may_be_paid(application)
    complaint = complaining.answer(application, on=on)
    decisions = _notified(application) if any(entry.act == deciding.NOTIFIED for entry in chain) else []
    was_noted = any(entry.act == objections.NOTED for entry in chain)
    context = {
        "application": application,
        "office": application.office,
        "price": price_of(application, on=on) if application.has_a_price else None,
        "happenings": happenings(chain, stands),
        "next_step": _next_step(application),
        "clocks": open_clocks(stands, at=at, decision=counted_decision(application, stands.clocks)),
        "missing": missing(application, stands.happened, on=on) if is_prepared else (),
        "may_be_paid": may_be_paid,
        "is_being_confirmed": may_be_paid and outcome_of(application.reference) is Outcome.CONFIRMING,
        "may_be_withdrawn": application.state in _withdrawable(application),
        "receipt": receipt_of_case(application.reference) if application.paid_at else None,
        "decisions": [(one, deciding.TITLES[one.act]) for one in decisions],
        "return_decision": next((one for one in decisions if one.return_request_id), None),
        "today": on,
        "appointment": _appointment(application),
        "booked": booking.coming(application, on=on) if is_prepared else None,
        "siblings": _siblings(application),
        "objection": objections.standing(application) or (objections.noted(application) if was_noted else None),
        "objection_told": objections.told_of(application),
        "declaration": application.declarations.last() if application.state == "certificate_due" else None,
        "keeper": Office.objects.filter(authority=Office.Authority.CENTRE).first()
        if application.state == "kept"
        else None,
        "asked_back": returning.latest(application) if any(entry.act == returning.ASKED for entry in chain) else None,
        "complaint": complaint,
        "complaint_is_told": complaint is not None and on > complaint.value["deliver_by"],
        "has_complained": any(entry.act == complaining.ACT for entry in chain),
        "start_key": secret_token(),
        "outcome": f"identity/outcome/{application.state}.html",
    }
    return render(request, "identity/portal/tracking.html", context)


def _notified(application: IdentityApplication) -> list[IdentityDecision]:
    """The decisions that were handed over to the applicant, the latest first (1 query)."""
    return list(application.decisions.exclude(notified_on=None).order_by("-notified_on", "-decided_at"))


def _next_step(application: IdentityApplication) -> str:
    if application.state == "issued" and application.is_handed_over:
        return "Le document vous est remis au guichet où vous l'avez demandé."
    return _NEXT.get(application.state, "")


def _siblings(application: IdentityApplication) -> list[IdentityApplication]:
    """The other applications of the household, which the same visitor began from this one or this one from."""
    if application.bearer != Bearer.CHILD:
        return []
    same = IdentityApplication.objects.filter(household=application.household, account=application.account_id)
    return list(same.exclude(pk=application.pk).order_by("id"))


def _withdrawable(application: IdentityApplication) -> frozenset[str]:
    lines = application.procedure.acts["application_withdrawn"]
    return frozenset().union(*(line.sources for line in lines))


def _appointment(application: IdentityApplication) -> str:
    """The page where an appointment is made; empty while there is none to be made."""
    if not application.is_prepared:
        return ""
    try:
        return reverse("appointments:show", args=[application.token])
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@open_for_applications
@with_application
def pay(request: HttpRequest, application: IdentityApplication, *, wiring: Wiring) -> HttpResponse:
    """The price of today, to be agreed to by paying it: a birthday since the lodging may have changed it."""
    if not lodging.may_be_paid(application):
        messages.warning(request, "Il n'y a rien à payer en ligne pour le moment.")
        return redirect("identity:tracking", token=application.token)
    at, on = clock.now(), clock.today()
    price = quote(application, on=application.age_day(on))
    form = PriceForm(request.POST or None, initial={"shown": price.digest})
    if request.method == "POST" and form.is_valid():
        try:
            lodging.agree(application, shown=form.cleaned_data["shown"], at=at)
        except lodging.PriceChanged as changed:
            messages.warning(request, changed.message)
            return redirect("identity:pay", token=application.token)
        return _go_to_payment(request, application, wiring)
    context = {
        "application": application,
        "price": price_of(application, on=on),
        "form": form,
        "has_changed": bool(application.quote_digest) and application.quote_digest != price.digest,
        "agreed": application.total,
        "back": f"/identite/demande/{application.token}/",
    }
    return render(request, "identity/portal/pay.html", context)


def _go_to_payment(request: HttpRequest, application: IdentityApplication, wiring: Wiring) -> HttpResponse:
    """Send the payer to the provider's page; whatever fails, the application keeps waiting."""
    try:
        opened = payments.start(
            application.reference,
            description=f"Demande {application.reference}",
            language="fr",
            actor=applicant(application),
            at=clock.now(),
            wiring=wiring,
        )
    except (payments.PaymentNotStarted, NotAllowedNow) as failure:
        messages.error(request, failure.message)
        return redirect("identity:tracking", token=application.token)
    return HttpResponse(status=303, headers={"Location": opened.address, "Cache-Control": "no-store"})


@require_http_methods(["GET", "HEAD", "POST"])
@with_application
def withdraw(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """Withdraw, after having been asked once, until the document is ordered."""
    if request.method == "POST":
        lodging.withdraw(application, at=clock.now())
        return redirect("identity:tracking", token=application.token)
    if application.state not in _withdrawable(application):
        return redirect("identity:tracking", token=application.token)
    return render(request, "identity/portal/withdraw.html", {"application": application})


@require_POST
@with_application
def complain(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """Complain that the document has not arrived in time."""
    complaining.complain(application, at=clock.now())
    messages.success(request, "Votre réclamation est transmise au centre de biométrie.")
    return redirect("identity:tracking", token=application.token)


@require_safe
@with_application
def form(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """The application form to be signed at the counter (RDId 5)."""
    if application.lodged_at is None:
        raise Http404
    content = form_content(application, on=day_of(application.lodged_at))
    return drawn(content, f"{application.reference}-formule.pdf", at=application.lodged_at)


@require_safe
@with_application
def receipt(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """The receipt of the payment, drawn from the books."""
    booked = receipt_of_case(application.reference)
    if booked is None:
        raise Http404
    content = receipt_content(application, booked)
    return drawn(content, f"{application.reference}-quittance.pdf", at=booked.issued_at)


@require_safe
@with_application
def decision(request: HttpRequest, application: IdentityApplication, decision_id: UUID, **wiring: Any) -> HttpResponse:
    """The sealed letter of a decision that was notified; the opening is journalled."""
    decided = application.decisions.exclude(notified_on=None).filter(pk=decision_id).first()
    letter = in_force(application.reference, decided.kind) if decided is not None else None
    if letter is None:
        raise Http404
    return opened(letter, f"{application.reference}-decision.pdf", by=applicant(application), at=clock.now())


@require_safe
@with_application
def objection(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """The letter about the objection that stands."""
    stands = objections.standing(application) or objections.noted(application)
    if stands is None:
        raise Http404
    content = objections.letter(application, stands)
    return drawn(content, f"{application.reference}-opposition.pdf", at=stands.recorded_at)
