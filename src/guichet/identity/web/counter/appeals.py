"""« Recours »: every decision, its last day to appeal, whether it is final, and the file for the court (art. 13 RDId)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guichet.documents.web.handing import opened
from guichet.identity.models import IdentityDecision
from guichet.identity.operations import appeals
from guichet.identity.operations.appeals import Finality
from guichet.institutions.models import Office
from guichet.kit import clock
from guichet.kit.components import Why
from guichet.kit.errors import NotEntitled, NotYours
from guichet.law.questions import ask

from .seat import CounterRequest, agent_of, at_counter

_PER_PAGE = 50
_FOLLOW = (Office.Authority.CENTRE, Office.Authority.DEPARTMENT)


def _check_follows(request: CounterRequest) -> None:
    if request.seat.office.authority not in _FOLLOW:
        raise NotEntitled("Les recours sont suivis par le centre et par le département.")


def _decisions(request: CounterRequest, reference: str) -> list[IdentityDecision]:
    """The decisions of a case, the latest first.

    Raises:
        NotYours: there is none that this authority follows.
    """
    _check_follows(request)
    found = list(appeals.decisions(request.seat.office).filter(application__reference=reference))
    if not found:
        raise NotYours("Aucune décision de cette référence n'est suivie ici.")
    return found


@at_counter
@require_safe
def index(request: CounterRequest, **wiring: Any) -> HttpResponse:
    """The decisions, the latest first; ``?etat=open`` and the like for those that stand so."""
    _check_follows(request)
    on, wanted = clock.today(), request.GET.get("etat", "")
    rows = appeals.only(appeals.decisions(request.seat.office), wanted, on=on)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, appeals.title_of(one), appeals.finality(one, on=on)) for one in page.object_list],
        "wanted": wanted,
        "states": Finality.choices,
    }
    return render(request, "identity/counter/appeals/index.html", context)


@at_counter
@require_safe
def show(request: CounterRequest, reference: str, **wiring: Any) -> HttpResponse:
    """One case: its decisions, how the last day is counted, the files made for the court."""
    found = _decisions(request, reference)
    on = clock.today()
    latest = found[0]
    answer = ask("rdid.appeal_last_day", on=on, notified_on=latest.notified_on) if latest.notified_on else None
    context = {
        "application": latest.application,
        "rows": [(one, appeals.title_of(one), appeals.finality(one, on=on)) for one in found],
        "latest": latest,
        "state": appeals.finality(latest, on=on),
        "why": Why.of(answer) if answer else None,
        "files": list(appeals.court_files(reference)),
    }
    return render(request, "identity/counter/appeals/case.html", context)


@at_counter
@require_POST
def make(request: CounterRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Ask for the file for the court: the worker makes and seals it."""
    application = _decisions(request, reference)[0].application
    agent = agent_of(request)
    appeals.make_court_file.enqueue(str(application.pk), agent.role, agent.name)
    messages.success(request, "Le dossier s'établit. Rechargez cette page dans un instant pour le prendre.")
    return redirect("recours:case", reference=reference)


@at_counter
@require_safe
def document(request: CounterRequest, reference: str, document_id: UUID, **wiring: Any) -> HttpResponse:
    """A file made for the court; the opening is journalled."""
    _decisions(request, reference)
    issued = appeals.court_files(reference).filter(pk=document_id).first()
    if issued is None:
        raise NotYours("Ce dossier n'existe pas.")
    return opened(issued, f"{reference}-dossier-{issued.version}.pdf", by=agent_of(request), at=clock.now())
