"""The acts of an authority on an application: one page for each, whose form follows from the procedure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from guichet.casework.standing import standing
from guichet.documents.contents import Verification
from guichet.identity.models import BiometricKind, IdentityApplication
from guichet.identity.operations import counter, deciding, fees, objections, pieces, referrals
from guichet.identity.operations.counter import Deed
from guichet.identity.operations.due import latest_decision
from guichet.identity.quote import quote
from guichet.kit import clock
from guichet.kit.clock import day_of
from guichet.kit.components import Price
from guichet.kit.errors import NotAllowedNow, NotYours, Refused
from guichet.kit.formats import long_date
from guichet.law.kernel.procedures import Transition
from guichet.law.kernel.replay import Replay

from .casefile import application_at, shown_price
from .forms import ActForm, DatumForm, DecisionForm, NotifiedForm, told_of
from .seat import CounterRequest, agent_of, at_counter

# Beside which field a refusal stands.
_FIELDS = {counter.BadDay.code: "appeared_on", counter.NoReasonWhyLate.code: "why_late"}
_OBJECTIONS = (objections.RECORDED, objections.LIFTED)
_DELIVERIES = ("document_delivered", "documents_exchanged")
_READ_OR_POST = ["GET", "HEAD", "POST"]
# Shown in the preview only: the real code is given when the letter is written.
_NO_CODE = Verification(code="XXXX-XXXX-XXXX", address="")


@at_counter
@require_http_methods(_READ_OR_POST)
def act(request: CounterRequest, reference: str, act: str, **wiring: Any) -> HttpResponse:
    """Say what the act carries, then take it; an act of which nothing is to be said is taken by its button."""
    if act == counter.RULING:
        return redirect("departement:case", reference=reference)
    application = application_at(request.seat.office, reference)
    stands = standing(application, on=clock.today())
    lines = _lines(request, application, stands, act)
    if act in counter.DECISIONS:
        return _decision(request, application, lines[0])
    posted = request.POST if request.method == "POST" else None
    form = ActForm(lines, posted, initial=told_of(application), today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            return _perform(request, application, lines[0], form)
        except NotAllowedNow:
            raise
        except Refused as refused:
            form.add_error(_FIELDS.get(refused.code), str(refused))
    context = {
        "application": application,
        "form": form,
        "line": lines[0],
        "price": _price(application) if act == "fee_paid" else None,
        "objection": objections.noted(application) if act in _DELIVERIES else None,
        "asks_department": act == "referred_to_department",
        "precedents": referrals.matching(application) if act == "referred_to_department" else [],
    }
    return render(request, "identity/counter/act.html", context, status=422 if form.errors else 200)


def _price(application: IdentityApplication) -> Price:
    return shown_price(quote(application, on=application.age_day(clock.today())))


@at_counter
@require_POST
def difference(request: CounterRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Take what a birthday since the payment has added to the fee."""
    application = application_at(request.seat.office, reference)
    fees.take_difference(application, agent=agent_of(request), at=clock.now())
    messages.success(request, "La différence est encaissée ; sa quittance est au dossier.")
    return redirect("guichets:case", reference=reference)


def _lines(request: CounterRequest, application: IdentityApplication, stands: Replay, act: str) -> list[Transition]:
    """The lines of the act that are open now.

    Raises:
        NotAllowedNow: none is, with what keeps it.
    """
    office = request.seat.office
    lines = [line for line in stands.possible if line.act == act and counter.is_for(act, line.who, office)]
    if not lines and application.state in objections.AFTER_THE_ORDER and act in _OBJECTIONS:
        # Noted beside the procedure, which knows no objection any more.
        lines = [line for line in application.procedure.acts[act][:1] if counter.is_for(act, line.who, office)]
    if lines:
        return lines
    blocked = next((one for one in stands.blocked if one.act == act), None)
    if blocked is not None:
        raise NotAllowedNow(blocked.sentence, basis=blocked.basis)
    name = stands.procedure.states[stands.state]
    raise NotAllowedNow(f"Cette étape n'est pas possible ici : la demande est maintenant « {name} ».")


def _perform(
    request: CounterRequest, application: IdentityApplication, line: Transition, form: ActForm
) -> HttpResponse:
    deed = Deed(
        act=line.act,
        agent=agent_of(request),
        at=clock.now(),
        facts=form.facts,
        words=form.cleaned_data.get("words", ""),
        number=form.cleaned_data.get("number", ""),
        why_late=form.cleaned_data.get("why_late", ""),
    )
    counter.perform(application, deed)
    messages.success(request, line.done)
    if application_is_left(request, application):
        return redirect("guichets:worklist")
    return redirect("guichets:case", reference=application.reference)


def application_is_left(request: CounterRequest, application: IdentityApplication) -> bool:
    """Whether this authority no longer has the application in hand after its act."""
    try:
        application_at(request.seat.office, application.reference)
    except NotYours:
        return True
    return False


def _decision(request: CounterRequest, application: IdentityApplication, line: Transition) -> HttpResponse:
    """A formal decision: ground and reasons, then the letter as it will read, then the decision itself."""
    form = DecisionForm(line.act, request.POST if request.method == "POST" else None)
    letter = None
    if request.method == "POST" and form.is_valid():
        told = {
            "ground": form.cleaned_data["ground"],
            "reasons": form.cleaned_data["reasons"],
            "agent": agent_of(request),
            "signatory": request.user.get_full_name(),
            "at": clock.now(),
        }
        if request.POST.get("step") == "decide":
            deciding.decide(application, line.act, **told)
            messages.success(
                request, "La décision est rendue ; sa lettre s'établit. Enregistrez sa notification ensuite."
            )
            return redirect("guichets:case", reference=application.reference)
        if request.POST.get("step") == "preview":
            letter = deciding.letter(deciding.drafted(application, line.act, **told), verification=_NO_CODE)
    context = {"application": application, "form": form, "line": line, "letter": letter}
    return render(request, "identity/counter/decision.html", context, status=422 if form.errors else 200)


@at_counter
@require_http_methods(_READ_OR_POST)
def notification(request: CounterRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Record the day on which the decision reached its addressee: the time of appeal runs from it."""
    application = application_at(request.seat.office, reference)
    decision = latest_decision(application)
    if decision is None or decision.notified_on is not None or agent_of(request).role != "centre":
        raise NotAllowedNow("Aucune décision de cette demande n'attend que le centre enregistre sa notification.")
    form = NotifiedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            last = deciding.notify(
                decision, on=form.cleaned_data["notified_on"], agent=agent_of(request), at=clock.now()
            )
            messages.success(request, f"Notification enregistrée ; recours jusqu'au {long_date(last)}.")
            return redirect("guichets:case", reference=reference)
        except NotAllowedNow:
            raise
        except Refused as refused:
            form.add_error("notified_on", str(refused))
    context = {"application": application, "form": form, "decision": decision}
    return render(request, "identity/counter/notification.html", context, status=422 if form.errors else 200)


@at_counter
@require_http_methods(_READ_OR_POST)
def data(request: CounterRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Take the photograph, the prints, the signature: what is wanted at this person's age, and what is in hand."""
    application = application_at(request.seat.office, reference)
    kinds = pieces.wanted(application, on=application.age_day(clock.today()))
    posted = request.method == "POST"
    form = DatumForm(kinds, request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        kind = BiometricKind(form.cleaned_data["kind"])
        try:
            look = pieces.capture(
                application, kind, form.cleaned_data["content"].read(), agent=agent_of(request), at=clock.now()
            )
            _say(request, kind, look)
            return redirect("guichets:data", reference=reference)
        except NotAllowedNow:
            raise
        except Refused as refused:
            form.add_error("content", str(refused))
    taken = pieces.held(application)
    state = [(kind, taken.get(kind)) for kind in kinds]
    is_awaited = not (application.appeared_on or application.dispensation)
    context = {
        "application": application,
        "form": form,
        "state": state,
        "is_awaited": is_awaited,
        "on": day_of(clock.now()),
    }
    return render(request, "identity/counter/data.html", context, status=422 if form.errors else 200)


def _say(request: CounterRequest, kind: BiometricKind, look: pieces.Look) -> None:
    messages.success(request, f"Reçu : {kind.label}, {look.width} sur {look.height} points.")
    for hint in look.hints:
        messages.warning(request, f"À regarder : {hint} C'est vous qui acceptez ou non.")


@at_counter
@require_POST
def datum(request: CounterRequest, reference: str, kind: str, **wiring: Any) -> HttpResponse:
    """Look at a datum in hand: asked for by a button, because the look is written in the journal."""
    application = application_at(request.seat.office, reference)
    if kind not in BiometricKind.values or agent_of(request).role == "department":
        raise NotYours("Cette donnée n'est pas au dossier.")
    content = pieces.content_of(application, BiometricKind(kind), agent=agent_of(request), at=clock.now())
    shown = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    return HttpResponse(content, content_type=shown, headers={"Content-Disposition": "inline"})
