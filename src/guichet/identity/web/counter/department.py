"""The desk of the department: the cases put to it, its rulings, and the notes it makes of them (art. 12 al. 2 RDId)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guichet.identity.forms.department import NoteForm, RulingForm
from guichet.identity.models import DepartmentRuling, Referral
from guichet.identity.operations import referrals
from guichet.institutions.models import Office
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow, NotEntitled, NotYours, Refused

from .seat import CounterRequest, agent_of, at_counter

_PER_PAGE = 25
_READ_OR_POST = ["GET", "HEAD", "POST"]


def _check_department(request: CounterRequest) -> None:
    if request.seat.office.authority != Office.Authority.DEPARTMENT:
        raise NotEntitled("Cette page est réservée au département, qui tranche les cas non prévus.")


def _referral(reference: str) -> Referral:
    """The last question put to the department about an application.

    Raises:
        NotYours: none was.
    """
    rows = Referral.objects.select_related("application__office", "precedent")
    found = rows.filter(application__reference=reference).order_by("-referred_at", "-id").first()
    if found is None:
        raise NotYours("Aucun cas de cette référence n'a été soumis au département.")
    return found


@at_counter
@require_safe
def index(request: CounterRequest, **wiring: Any) -> HttpResponse:
    """What waits for a ruling, the oldest first; below, what was decided."""
    _check_department(request)
    decided = Referral.objects.decided().select_related("application", "precedent")
    context = {
        "waiting": list(Referral.objects.waiting().select_related("application__office")[:200]),
        "page": Paginator(decided, _PER_PAGE).get_page(request.GET.get("page")),
        "today": clock.today(),
    }
    return render(request, "identity/counter/precedents/department.html", context)


@at_counter
@require_http_methods(_READ_OR_POST)
def case(request: CounterRequest, reference: str, **wiring: Any) -> HttpResponse:
    """One case: the question, what is known, what was decided in cases alike; then the ruling with its reasons."""
    _check_department(request)
    referral = _referral(reference)
    form = RulingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        referrals.decide(
            referral,
            form.cleaned_data["ruling"],
            reasons=form.cleaned_data["reasons"],
            agent=agent_of(request),
            signatory=request.user.get_full_name(),
            at=clock.now(),
        )
        messages.success(request, f"La décision est enregistrée : {DepartmentRuling(referral.ruling).label}.")
        return redirect("departement:case", reference=reference)
    context = {
        "referral": referral,
        "application": referral.application,
        "precedents": referrals.matching(referral.application),
        "is_waiting": referral.decided_at is None and referral.application.state == "referred",
        "form": form,
    }
    return render(request, "identity/counter/precedents/case.html", context, status=422 if form.errors else 200)


@at_counter
@require_http_methods(_READ_OR_POST)
def note(request: CounterRequest, reference: str, **wiring: Any) -> HttpResponse:
    """Write the note of a decision, look at it as others will, with what tells whose case it was; then publish it."""
    _check_department(request)
    referral = _referral(reference)
    if referral.decided_at is None:
        raise NotAllowedNow("Le département n'a pas encore tranché ce cas.")
    if hasattr(referral, "precedent"):
        return redirect("departement:precedent", precedent_id=referral.precedent.pk)
    first = {"question": referral.question, "reasons": referral.reasons, "articles": ["RDId:12/2"]}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=first)
    context: dict[str, Any] = {"referral": referral, "application": referral.application, "form": form}
    step = request.POST.get("step")
    if request.method == "POST" and form.is_valid() and step in ("preview", "publish"):
        if step == "publish" and (made := _published(request, referral, form)):
            return made
        context |= {
            "note": form.note,
            "articles": form.note.articles,
            "found": referrals.personal_data_in(form.note, referral.application),
        }
    status = 422 if form.errors else 200
    return render(request, "identity/counter/precedents/note.html", context, status=status)


def _published(request: CounterRequest, referral: Referral, form: NoteForm) -> HttpResponse | None:
    """Publish the note; None, with the reason on the form, if it may not be."""
    try:
        precedent = referrals.publish(referral, form.note, agent=agent_of(request), at=clock.now())
    except NotAllowedNow:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, "La note est publiée : toutes les autorités la trouvent.")
    return redirect("departement:precedent", precedent_id=precedent.pk)
