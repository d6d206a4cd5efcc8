"""Cancelled documents asked back, and the people invited to renew theirs, at the authorities (RDId 7, 8/2)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guichet.identity.forms.returns import ReturnDecisionForm, ReturnIntakeForm
from guichet.identity.models import RegisterChange, RenewalNotice, Requester, ReturnRequest
from guichet.identity.operations import returning
from guichet.identity.rights import in_hand
from guichet.institutions.models import Office
from guichet.kit import clock
from guichet.kit.components import Cell, Row, Table
from guichet.kit.errors import NotEntitled
from guichet.kit.formats import instant
from guichet.people.register import extract

from .seat import CounterRequest, agent_of, at_counter

PER_PAGE = 50


@require_safe
@at_counter
def index(request: CounterRequest) -> HttpResponse:
    """The requests that this authority has still to decide, the oldest first."""
    waiting = ReturnRequest.objects.filter(application__office=request.seat.office, decided_at=None)
    rows = [
        (
            Cell(one.application.reference, address=f"/guichets/retours/{one.pk}/"),
            Cell(Requester(one.requester).label),
            Cell(instant(one.asked_at)),
        )
        for one in waiting.select_related("application").order_by("asked_at", "id")[:PER_PAGE]
    ]
    table = Table("Restitutions à décider", ("Demande", "Qui demande", "Depuis"), rows, "Aucune restitution à décider.")
    return render(request, "identity/counter/return_list.html", {"table": table})


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
    """One request, and the decision with its reasons."""
    mine = ReturnRequest.objects.select_related("application").filter(application__office=request.seat.office)
    asked = mine.filter(pk=request_id).first()
    if asked is None:
        raise Http404
    form = ReturnDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        returning.decide(
            asked,
            **form.decided(),
            office=request.seat.office,
            agent=agent_of(request),
            signatory=request.user.name,
            at=clock.now(),
        )
        messages.success(request, "La décision est prise ; sa lettre attend d'être imprimée.")
        return redirect("returns:index")
    context: dict[str, Any] = {
        "asked": asked,
        "form": form,
        "rows": [
            Row("Demande", asked.application.reference),
            Row("Qui demande", f"{asked.name} ({Requester(asked.requester).label})"),
            Row("Motif", asked.reason),
        ],
        "law": returning.answer(on=clock.today(), is_abuse_feared=False),
    }
    return render(request, "identity/counter/return_decide.html", context, status=422 if form.errors else 200)


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
        Row("Né le", person.born),
        Row("Changement", RegisterChange(found.change).label),
        Row("Invitation", f"{instant(found.noticed_at)}, par {'courriel' if found.is_by_mail else 'lettre'}"),
    ]
    return render(request, "identity/counter/notice.html", {"notice": found, "rows": rows})
