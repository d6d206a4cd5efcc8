"""The declarations of loss at the authorities: the list of the police, a case with its acts, intake, the check of a number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guichet.casework import journal
from guichet.identity.forms import losses as questions
from guichet.identity.loss_pages import certificate_pdf, happenings, receipt_pdf, review_rows
from guichet.identity.models import LossDeclaration, LossKind
from guichet.identity.operations import invalidity, loss_fees, losses
from guichet.identity.operations.attesting import certificate_of, owe_certificate, repeated_losses
from guichet.identity.operations.losses import AlreadyInvalid
from guichet.institutions.models import Office
from guichet.kit import clock, limits
from guichet.kit.components import Cell, Table
from guichet.kit.errors import NotEntitled, NotYours
from guichet.kit.formats import instant
from guichet.law.kernel.replay import Replay, replay

from .seat import CounterRequest, agent_of, at_counter

PER_PAGE = 50
_POLICE, _CENTRE = Office.Authority.POLICE, Office.Authority.CENTRE
# Acts that have no button of their own: the recording takes the first with it, the person the others.
_NO_BUTTON = frozenset({"document_invalidated", "loss_declared"})
FORMS: dict[str, type[forms.Form]] = {
    "declaration_recorded": questions.RecordForm,
    "fee_exempted": questions.ProofForm,
    "document_destroyed": questions.MinutesForm,
}


@require_safe
@at_counter
def index(request: CounterRequest) -> HttpResponse:
    """What there is to do: for the police the declarations to record and its own, for the centre what is to be destroyed."""
    rows = _listed(request)
    if rows is None:
        return redirect("declarations:check")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    table = Table(
        "Déclarations, la plus récente d'abord",
        ("Référence", "Fait", "Déclarée", "État"),
        [_row(declaration) for declaration in page],
        "Aucune déclaration.",
        caption_is_hidden=True,
    )
    context = {"table": table, "page": page, "may_take_down": request.seat.office.authority == _POLICE}
    return render(request, "identity/counter/loss_list.html", context)


def _listed(request: CounterRequest) -> Any:
    office = request.seat.office
    light = LossDeclaration.objects.defer("name", "email", "address", "answers", "minutes", "identity_checked")
    if office.authority == _POLICE:
        return light.at(office).filter(first=None).order_by("-declared_at", "-id")
    if office.authority == _CENTRE:
        return light.filter(state="recovered").order_by("-declared_at", "-id")
    return None


def _row(declaration: LossDeclaration) -> tuple[Cell, ...]:
    return (
        Cell(declaration.reference, address=f"/guichets/declarations/{declaration.reference}/"),
        Cell(LossKind(declaration.kind).label),
        Cell(instant(declaration.declared_at) if declaration.declared_at else ""),
        Cell(declaration.state_name),
    )


def declaration_at(request: CounterRequest, reference: str) -> LossDeclaration:
    """The declaration that the agent's office has in hand (1 query).

    Raises:
        NotYours: there is none, or another office has it.
    """
    office = request.seat.office
    rows = LossDeclaration.objects.select_related("office", "first")
    if office.authority == _POLICE:
        found = rows.at(office).filter(reference=reference).first()
    elif office.authority == _CENTRE:
        found = rows.filter(reference=reference, state__in=("recovered", "destroyed")).first()
    else:
        found = None
    if found is None:
        raise NotYours("Votre autorité n'a pas de déclaration de cette référence.")
    return found


@require_safe
@at_counter
def case(request: CounterRequest, reference: str) -> HttpResponse:
    """One declaration: what was told, what happened, what may be done now."""
    return _page(request, declaration_at(request, reference))


def _page(request: CounterRequest, declaration: LossDeclaration, refused: forms.Form | None = None) -> HttpResponse:
    on = clock.today()
    chain = journal.entries(declaration.reference)
    stands = replay(declaration.procedure, journal.events(chain), on=on)
    already = losses.first_declaration(declaration) if declaration.state == "declared" else None
    context = {
        "declaration": declaration,
        "rows": review_rows(declaration, losses.documents_of(declaration)),
        "happenings": happenings(chain, stands, applicant="la personne qui déclare"),
        "deeds": _deeds(request, declaration, stands, refused),
        "already": already,
        "repeated": repeated_losses(declaration, on=on),
        "fee": loss_fees.fee_of(declaration, on=on),
        "certificate": certificate_of(declaration),
    }
    return render(request, "identity/counter/loss_case.html", context, status=422 if refused else 200)


def _deeds(
    request: CounterRequest, declaration: LossDeclaration, stands: Replay, refused: forms.Form | None
) -> list[tuple[Any, forms.Form | None]]:
    """The acts that this agent may take now, each with the form it needs."""
    role = agent_of(request).role
    deeds: list[tuple[Any, forms.Form | None]] = []
    for line in stands.possible:
        if role not in line.who or line.act in _NO_BUTTON or declaration.first_id is not None:
            continue
        if line.act == "certificate_issued" and declaration.certified_at is not None:
            continue
        kind = FORMS.get(line.act)
        given = refused if kind is not None and isinstance(refused, kind) else None
        deeds.append((line, given or (kind(prefix=line.act) if kind else None)))
    return deeds


@require_POST
@at_counter
def act(request: CounterRequest, reference: str, act: str) -> HttpResponse:
    """Take one act on a declaration."""
    declaration = declaration_at(request, reference)
    if act not in _TAKEN:
        raise Http404
    kind = FORMS.get(act)
    form = kind(request.POST, prefix=act) if kind else None
    if form is not None and not form.is_valid():
        return _page(request, declaration, form)
    try:
        messages.success(request, _TAKEN[act](request, declaration, form.cleaned_data if form else {}))
    except AlreadyInvalid as already:
        messages.error(request, already.message)
    return redirect("declarations:case", reference=reference)


def _record(request: CounterRequest, declaration: LossDeclaration, given: dict[str, Any]) -> str:
    losses.record_declaration(
        declaration,
        office=request.seat.office,
        police=agent_of(request),
        identity_checked=given["identity_checked"],
        at=clock.now(),
    )
    return "La déclaration est enregistrée : le document est invalide dès maintenant. L'attestation s'établit."


def _take_fee(request: CounterRequest, declaration: LossDeclaration, given: dict[str, Any]) -> str:
    amount = loss_fees.take_fee(declaration, police=agent_of(request), at=clock.now())
    return f"{amount} encaissés au guichet ; la quittance est prête."


def _exempt(request: CounterRequest, declaration: LossDeclaration, given: dict[str, Any]) -> str:
    loss_fees.exempt(declaration, police=agent_of(request), proof=given["proof"], at=clock.now())
    return "La personne est exonérée de l'émolument."


def _certify(request: CounterRequest, declaration: LossDeclaration, given: dict[str, Any]) -> str:
    if agent_of(request).role != "police":
        raise NotEntitled("Seule la police délivre l'attestation.")
    owe_certificate(declaration)
    return "L'attestation s'établit dans les instants qui suivent."


def _recover(request: CounterRequest, declaration: LossDeclaration, given: dict[str, Any]) -> str:
    losses.recover(declaration, agent=agent_of(request), at=clock.now())
    return "Le document retrouvé est enregistré ; il reste invalide et va au centre, qui le rend inutilisable."


def _destroy(request: CounterRequest, declaration: LossDeclaration, given: dict[str, Any]) -> str:
    losses.destroy(declaration, centre=agent_of(request), minutes=given["minutes"], at=clock.now())
    return "Le document est rendu inutilisable ; le procès-verbal est gardé."


_TAKEN: dict[str, Callable[[CounterRequest, LossDeclaration, dict[str, Any]], str]] = {
    "declaration_recorded": _record,
    "fee_paid": _take_fee,
    "fee_exempted": _exempt,
    "certificate_issued": _certify,
    "document_recovered": _recover,
    "document_destroyed": _destroy,
}


@require_POST
@at_counter
def tie(request: CounterRequest, reference: str) -> HttpResponse:
    """Set a declaration aside whose document is invalid already, and go to the one that made it so."""
    first = losses.tie_to_first(declaration_at(request, reference), police=agent_of(request), at=clock.now())
    messages.success(request, f"La déclaration {reference} est rattachée à {first.reference}.")
    mine = LossDeclaration.objects.at(request.seat.office).filter(pk=first.pk).exists()
    return redirect("declarations:case", reference=first.reference if mine else reference)


@require_http_methods(["GET", "HEAD", "POST"])
@at_counter
def intake(request: CounterRequest) -> HttpResponse:
    """Take a declaration down from somebody who comes to the counter of the police."""
    if request.seat.office.authority != _POLICE:
        raise NotEntitled("Seule la police prend des déclarations à son guichet.")
    form = questions.IntakeForm(request.POST or None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        declaration = losses.take_down(form.told(), police=agent_of(request), at=clock.now())
        return redirect("declarations:case", reference=declaration.reference)
    context = {"form": form}
    return render(request, "identity/counter/loss_intake.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@at_counter
def check(request: CounterRequest) -> HttpResponse:
    """Whether one document is invalid: a yes or a no by its exact number, logged with its reason."""
    form = questions.InvalidityForm(request.POST or None)
    verdict = None
    if request.method == "POST" and form.is_valid():
        limits.check("invalidity", request, most=20, seconds=300)
        given, office, at = form.cleaned_data, request.seat.office, clock.now()
        verdict = invalidity.check(
            given["kind"], given["number"], office=office, reader=agent_of(request), reason=given["reason"], at=at
        )
    may_recover = verdict is not None and verdict.is_invalid and agent_of(request).role in invalidity.FINDERS
    context = {"form": form, "verdict": verdict, "may_recover": may_recover}
    return render(request, "identity/counter/loss_check.html", context, status=422 if form.errors else 200)


@require_POST
@at_counter
def found(request: CounterRequest) -> HttpResponse:
    """Record that the document of this exact number lies on the counter: it was found."""
    form = questions.InvalidityForm({**request.POST.dict(), "reason": "document retrouvé"})
    if not form.is_valid():
        return render(request, "identity/counter/loss_check.html", {"form": form}, status=422)
    limits.check("invalidity", request, most=20, seconds=300)
    given, office, agent, at = form.cleaned_data, request.seat.office, agent_of(request), clock.now()
    invalidity.find(given["kind"], given["number"], office=office, agent=agent, at=at)
    messages.success(request, "Le document retrouvé est enregistré : remettez-le au centre, qui le rend inutilisable.")
    return redirect("declarations:check")


@require_safe
@at_counter
def certificate(request: CounterRequest, reference: str) -> HttpResponse:
    """The sealed certificate, to be printed for somebody without a mail address; each opening is journalled."""
    declaration = declaration_at(request, reference)
    return certificate_pdf(declaration, actor=agent_of(request), at=clock.now())


@require_safe
@at_counter
def receipt(request: CounterRequest, reference: str) -> HttpResponse:
    """The receipt of the fee, to be printed."""
    return receipt_pdf(declaration_at(request, reference))
