"""The office's pages on payment incidents: the list, one incident with all that was told, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guichet.casework.acts import Actor
from guichet.institutions.rights import requires_role
from guichet.kit import clock
from guichet.kit.components import Cell, Row, Table
from guichet.kit.errors import NotYours
from guichet.kit.formats import chf, instant
from guichet.payments.models import Incident, PaymentAttempt, PaymentEvent
from guichet.payments.operations import ORDER_RELEASE, ask_again, may_be_asked, resolutions_of, resolve_incident
from guichet.payments.payable import Wiring
from guichet.payments.states import Resolution, Source

PER_PAGE = 50
# How the shell of these pages writes the reference of a case, with a link if it has a page for it.
CaseLink = Callable[[str], str]


class Decision(NamedTuple):
    """One thing an agent may decide: its code, the words on the button, and what will happen."""

    code: str
    label: str
    consequence: str


FACT_NAMES = {
    "transaction_id": "transaction",
    "order_id": "référence",
    "amount_centimes": "montant",
    "amount": "montant",
    "currency": "monnaie",
    "at": "date",
    "means": "moyen de paiement",
    "capture_id": "encaissement",
    "liability_shift": "banque responsable",
    "six_reference": "référence SIX",
    "approval_code": "code d'autorisation",
    "acquirer": "acquéreur",
    "reason": "motif",
    "cause": "cause",
}
DECISIONS = {
    ORDER_RELEASE: Decision(
        ORDER_RELEASE,
        "Libérer le montant",
        "Le montant réservé est rendu par le prestataire ; personne n'est débité et la personne peut payer à nouveau.",
    ),
    Resolution.NOT_PAID: Decision(
        Resolution.NOT_PAID,
        "Déclarer non payé",
        "La tentative est considérée comme non aboutie et la personne peut payer à nouveau. À choisir seulement "
        "si le portail du prestataire ne montre aucune transaction.",
    ),
    Resolution.EXPLAINED: Decision(
        Resolution.EXPLAINED,
        "Clore : traité hors du guichet",
        "L'incident quitte la liste sans autre effet. À choisir quand l'affaire est réglée, par exemple remboursée.",
    ),
}


@requires_role("clerk")
@require_safe
def incidents(
    request: HttpRequest, *, wiring: Wiring, desk_base: str = "kit/base.html", case_link: CaseLink = str
) -> HttpResponse:
    """Open incidents, the oldest first; ``?clos=1`` shows the closed ones, the latest first."""
    closed = request.GET.get("clos") == "1"
    found = Incident.objects.exclude(resolved_at=None) if closed else Incident.objects.unresolved()
    order = ("-resolved_at", "-id") if closed else ("opened_at", "id")
    page = Paginator(found.select_related("attempt").order_by(*order), PER_PAGE).get_page(request.GET.get("page"))
    table = Table(
        "Incidents de paiement clos" if closed else "Incidents de paiement à traiter",
        ("Depuis", "Démarche", "Incident", "Montant", *(("Issue",) if closed else ())),
        [_cells(incident, case_link) for incident in page],
        empty="Aucun incident de paiement.",
        caption_is_hidden=True,
    )
    context = {"desk_base": desk_base, "table": table, "page": page, "closed": closed}
    return render(request, "payments/desk/incidents.html", context)


def _cells(incident: Incident, case_link: CaseLink) -> list[Cell]:
    return [
        Cell(instant(incident.opened_at)),
        Cell(case_link(incident.case_reference)),
        Cell(incident.get_kind_display(), address=f"{incident.pk}/"),
        Cell(chf(incident.attempt.amount), is_number=True),
        *([Cell(incident.get_resolution_display())] if incident.resolved_at else []),
    ]


@requires_role("clerk")
@require_safe
def incident(
    request: HttpRequest,
    incident_id: UUID,
    *,
    wiring: Wiring,
    desk_base: str = "kit/base.html",
    case_link: CaseLink = str,
) -> HttpResponse:
    """One incident: what happened, everything the provider said, and what may be decided."""
    shown = Incident.objects.filter(pk=incident_id).select_related("attempt").first()
    if shown is None:
        raise NotYours("Cet incident n'existe pas.")
    context = {
        "desk_base": desk_base,
        "incident": shown,
        "explanation": f"payments/desk/kind/{shown.kind}.html",
        "differing": _differing(shown),
        "rows": _rows(shown.attempt, case_link),
        "events": _events(shown.attempt),
        "decisions": [DECISIONS[code] for code in resolutions_of(shown)],
        "can_ask": may_be_asked(shown.attempt, source=Source.STAFF, at=clock.now()),
    }
    return render(request, "payments/desk/incident.html", context)


def _rows(attempt: PaymentAttempt, case_link: CaseLink) -> list[Row]:
    def when(at: datetime | None) -> str:
        return instant(at) if at else ""

    rows = [
        Row("Démarche", case_link(attempt.case_reference)),
        Row("Référence du paiement", attempt.reference),
        Row("État", attempt.get_state_display()),
        Row("Montant demandé", chf(attempt.amount)),
        Row("Transaction du prestataire", attempt.transaction_id or ""),
        Row("Ouvert le", when(attempt.opened_at)),
        Row("Validé le (prestataire)", when(attempt.validated_at)),
        Row("Encaissé le", when(attempt.collected_at)),
        Row("Annulé le", when(attempt.voided_at)),
    ]
    return [row for row in rows if row.value]  # what has not happened is not said


def _events(attempt: PaymentAttempt) -> Table:
    events = PaymentEvent.objects.filter(attempt=attempt).order_by("asked_at", "id")
    rows = [
        [Cell(instant(e.asked_at)), Cell(e.get_kind_display()), Cell(e.get_source_display()), Cell(_told(e.facts))]
        for e in events
    ]
    headings = ("Le", "Réponse", "Demandé par", "Précisions")
    return Table("Ce qui a été dit de ce paiement", headings, rows, caption_is_hidden=True)


def _told(facts: dict[str, Any]) -> str:
    return ", ".join(f"{FACT_NAMES.get(name, name)} {_written(name, value)}" for name, value in facts.items())


def _written(name: str, value: Any) -> str:
    if name == "amount_centimes":
        return chf(value)
    if name == "at":
        return instant(datetime.fromisoformat(value))
    return {True: "oui", False: "non"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _differing(incident: Incident) -> str:
    return ", ".join(FACT_NAMES.get(name, name) for name in incident.facts.get("differing", ()))


@requires_role("clerk")
@require_POST
def decide(request: HttpRequest, incident_id: UUID, *, wiring: Wiring, **_: object) -> HttpResponse:
    """Do what the agent decided about an incident."""
    resolution = request.POST.get("resolution", "")
    resolve_incident(incident_id, resolution=resolution, actor=actor_of(request), at=clock.now(), wiring=wiring)
    return redirect("./")


@requires_role("clerk")
@require_POST
def ask(request: HttpRequest, incident_id: UUID, *, wiring: Wiring, **_: object) -> HttpResponse:
    """Have the provider asked again about the payment of an incident, now."""
    attempt_id = Incident.objects.filter(pk=incident_id).values_list("attempt", flat=True).first()
    if attempt_id is None:
        raise NotYours("Cet incident n'existe pas.")
    ask_again(attempt_id, actor=actor_of(request), at=clock.now(), wiring=wiring)
    return redirect("./")


def actor_of(request: Any) -> Actor:
    """The agent who acts, as the journal names them."""
    return Actor(str(request.seat.role), str(request.user.pk))
