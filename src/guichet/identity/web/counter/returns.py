"""Cancelled documents asked back, and the people invited to renew theirs, at the authorities (RDId 7, 8/2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guichet.documents.models import IssuedDocument
from guichet.documents.web.handing import opened
from guichet.identity.forms.returns import (
    AppealedForm,
    HandedOverForm,
    JudgedForm,
    ReturnDecisionForm,
    ReturnIntakeForm,
)
from guichet.identity.models import IdentityDecision, RegisterChange, RenewalNotice, Requester, ReturnRequest
from guichet.identity.operations import appeals, deciding, returning
from guichet.identity.rights import in_hand
from guichet.institutions.models import Office
from guichet.kit import clock
from guichet.kit.components import Cell, Row, Table
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.kit.formats import instant, long_date, short_date
from guichet.people.register import extract

from .forms import NotifiedForm
from .seat import CounterRequest, agent_of, at_counter

PER_PAGE = 50


@require_safe
@at_counter
def index(request: CounterRequest) -> HttpResponse:
    """The requests that this authority has still to decide, the oldest first."""
    mine = ReturnRequest.objects.filter(application__office=request.seat.office).select_related("application")
    rows = [
        (_link(one), Cell(Requester(one.requester).label), Cell(instant(one.asked_at)))
        for one in mine.filter(decided_at=None).order_by("asked_at", "id")[:PER_PAGE]
    ]
    waiting = Table("À décider", ("Demande", "Qui demande", "Depuis"), rows, "Aucune restitution à décider.")
    context = {"waiting": waiting, "due": _due(request.seat.office), "decided": _decided(request)}
    return render(request, "identity/counter/return_list.html", context)


def _link(asked: ReturnRequest) -> Cell:
    return Cell(asked.application.reference, address=f"/guichets/retours/{asked.pk}/")


def _due(office: Office) -> Table:
    """The documents that this authority decided to give back and has not handed over (1 query)."""
    rows = [
        (_link(one), Cell(one.name), Cell(instant(one.decided_at)))
        for one in returning.to_hand_over(office).select_related("application")[:PER_PAGE]
        if one.decided_at is not None
    ]
    return Table("À remettre", ("Demande", "À qui", "Décidé"), rows, "Aucun document à remettre.")


def _given(asked: ReturnRequest) -> str:
    """How and when a document was handed over; empty while it is not."""
    return f"{asked.get_handing_display()} le {short_date(asked.handed_on)}" if asked.handed_on else ""


def _decided(request: CounterRequest) -> Table:
    """The latest decisions of this authority, with what is still to be recorded of each (1 query)."""
    decisions = IdentityDecision.objects.filter(
        return_request__isnull=False, application__office=request.seat.office
    ).select_related("return_request__application")
    on = clock.today()
    rows = [
        (
            _link(one.return_request),
            Cell(appeals.title_of(one)),
            Cell(instant(one.decided_at)),
            Cell(appeals.finality(one, on=on).label),
            Cell(_given(one.return_request) if one.act == "return_granted" else ""),
        )
        for one in decisions.order_by("-decided_at", "-id")[:PER_PAGE]
        if one.return_request is not None
    ]
    columns = ("Demande", "Décision", "Prise", "État", "Document")
    return Table("Décidées", columns, rows, "Aucune décision pour l'instant.")


@require_http_methods(["GET", "HEAD", "POST"])
@at_counter
def intake(request: CounterRequest) -> HttpResponse:
    """Take a request down at the counter, or from a letter."""
    form = ReturnIntakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        application = in_hand(request.seat.office).filter(reference=form.cleaned_data["reference"]).first()
        if application is not None:
            asked = returning.ask_back(application, **form.asked(), actor=agent_of(request), at=clock.now())
            return redirect("returns:decide", request_id=asked.pk)
        form.add_error("reference", "Votre autorité n'a pas de demande de cette référence.")
    return render(request, "identity/counter/return_intake.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@at_counter
def decide(request: CounterRequest, request_id: UUID) -> HttpResponse:
    """One request: the decision with its reasons, then its notification, the handing over, an appeal, the judgment."""
    mine = ReturnRequest.objects.select_related("application").filter(application__office=request.seat.office)
    asked = mine.filter(pk=request_id).first()
    if asked is None:
        raise Http404
    earlier = list(asked.decisions.order_by("decided_at", "id"))
    decision = earlier.pop() if asked.decided_at else None
    sent = request.POST.get("step")
    shown = {step: _FORMS[step](request.POST if step == sent else None) for step in _steps(decision)}
    form = shown.get(sent or "")
    if form is not None and form.is_valid():
        try:
            messages.success(request, _take_step(request, asked, decision, form))
            return redirect("returns:decide", request_id=asked.pk)
        except NotAllowedNow:
            raise
        except Refused as refused:
            form.add_error("is_returned" if sent == "decide" else next(iter(form.fields)), str(refused))
    context: dict[str, Any] = {
        "asked": asked,
        "decision": decision,
        "state": appeals.finality(decision, on=clock.today()) if decision else None,
        "letter": IssuedDocument.objects.filter(kind=decision.kind).first() if decision else None,
        "earlier": [(one, appeals.title_of(one)) for one in earlier],
        "given": _given(asked),
        "steps": [(step, one, _HEADINGS.get(step, ""), _BUTTONS[step]) for step, one in shown.items()],
        "rows": [
            Row("Demande", asked.application.reference),
            Row("Qui demande", f"{asked.name} ({Requester(asked.requester).label})"),
            Row("Motif", asked.reason),
        ],
        "law": returning.answer(on=clock.today(), is_abuse_feared=False),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "identity/counter/return_decide.html", context, status=status)


_FORMS: Mapping[str, type[forms.Form]] = {
    "decide": ReturnDecisionForm,
    "notify": NotifiedForm,
    "appeal": AppealedForm,
    "judge": JudgedForm,
    "hand_over": HandedOverForm,
}
_HEADINGS: Mapping[str, str] = {
    "notify": "Notification de la décision",
    "appeal": "Recours",
    "judge": "Jugement",
    "hand_over": "Remise du document",
}
_BUTTONS: Mapping[str, str] = {
    "decide": "Décider",
    "notify": "Enregistrer la notification",
    "appeal": "Enregistrer un recours",
    "judge": "Enregistrer le jugement",
    "hand_over": "Enregistrer la remise du document",
}


def _steps(decision: IdentityDecision | None) -> list[str]:
    """What may be recorded next of a request: its decision; then the handing over of what is given back, and the
    notification, an appeal, the judgment in turn."""
    if decision is None:
        return ["decide"]
    steps = ["hand_over"] if returning.may_hand_over(decision) else []
    if decision.notified_on is None:
        return ["notify", *steps]
    if decision.appealed_on is None:
        return [*steps, "appeal"]
    return steps if decision.judgment else ["judge"]


def _take_step(
    request: CounterRequest, asked: ReturnRequest, decision: IdentityDecision | None, form: forms.Form
) -> str:
    """Do what the form says, and tell it."""
    agent, at = agent_of(request), clock.now()
    if decision is None:
        assert isinstance(form, ReturnDecisionForm)
        told = form.decided()
        office, signatory = request.seat.office, request.user.get_full_name()
        returning.decide(asked, **told, office=office, agent=agent, signatory=signatory, at=at)
        return "La décision est rendue ; sa lettre s'établit. Enregistrez sa notification ensuite."
    if isinstance(form, NotifiedForm):
        last = deciding.notify(decision, on=form.cleaned_data["notified_on"], agent=agent, at=at)
        return f"Notification enregistrée ; recours jusqu'au {long_date(last)}."
    if isinstance(form, HandedOverForm):
        told = form.cleaned_data
        how = {"on": told["handed_on"], "handing": told["handing"], "words": told["words"]}
        returning.hand_over(decision, **how, office=request.seat.office, agent=agent, at=at)
        return "La remise du document est enregistrée."
    if isinstance(form, AppealedForm):
        returning.file_appeal(decision, on=form.cleaned_data["appealed_on"], agent=agent, at=at)
        return "Recours enregistré."
    returning.render_judgment(decision, form.cleaned_data["ruling"], agent=agent, at=at)
    return "Jugement enregistré."


@require_safe
@at_counter
def letter(request: CounterRequest, request_id: UUID) -> HttpResponse:
    """The sealed letter of the decision; the opening is journalled."""
    mine = ReturnRequest.objects.filter(application__office=request.seat.office)
    asked = mine.filter(pk=request_id).first()
    decision = asked.decisions.order_by("decided_at").last() if asked else None
    issued = IssuedDocument.objects.filter(kind=decision.kind).first() if decision else None
    if issued is None:
        raise Http404
    return opened(issued, f"{issued.case_reference}-restitution.pdf", by=agent_of(request), at=clock.now())


def _notices(office: Office) -> Any:
    """The invitations that concern an authority: a commune's own, the centre's all.

    Raises:
        NotEntitled: another authority: nobody renews with it.
    """
    if office.authority == Office.Authority.COMMUNE and office.bfs_number is not None:
        return RenewalNotice.objects.filter(commune=office.bfs_number)
    if office.authority == Office.Authority.CENTRE:
        return RenewalNotice.objects.all()
    raise NotEntitled("Ces invitations concernent les communes et le centre de biométrie.")


@require_safe
@at_counter
def notices(request: CounterRequest) -> HttpResponse:
    """Who was invited to renew after a change in the register, the newest first; no name before one opens it."""
    page = Paginator(_notices(request.seat.office).order_by("-noticed_at", "-id"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [
        (
            Cell(one.reference, address=f"/guichets/changements/{one.reference}/"),
            Cell(RegisterChange(one.change).label),
            Cell(instant(one.noticed_at)),
            Cell("courriel" if one.is_by_mail else "lettre"),
        )
        for one in page
    ]
    columns = ("Référence", "Changement", "Invitation", "Par")
    table = Table("Documents à renouveler", columns, rows, "Aucun changement reçu.", caption_is_hidden=True)
    return render(request, "identity/counter/notice_list.html", {"table": table, "page": page})


@require_safe
@at_counter
def notice(request: CounterRequest, reference: str) -> HttpResponse:
    """One person invited to renew, read from the register with its reason."""
    found = _notices(request.seat.office).filter(reference=reference).first()
    if found is None:
        raise Http404
    person = extract(
        found.person_id,
        reader=agent_of(request),
        reason="renouvellement après un changement de nom ou de sexe",
        case_reference=found.reference,
        at=clock.now(),
    )
    rows = [
        Row("Nom et prénoms", person.full_name),
        Row("Date de naissance", short_date(person.born_on) if person.born_on else person.born),
        Row("Changement", RegisterChange(found.change).label),
        Row("Invitation", f"{instant(found.noticed_at)}, par {'courriel' if found.is_by_mail else 'lettre'}"),
    ]
    return render(request, "identity/counter/notice.html", {"notice": found, "rows": rows})
