"""Declaring a lost, stolen or destroyed document: a short form, its review, and the page that follows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guichet.casework import journal
from guichet.casework.retention import DRAFTS_KEPT_DAYS
from guichet.identity.forms import losses as questions
from guichet.identity.loss_pages import certificate_pdf, happenings, next_step, receipt_pdf, review_rows
from guichet.identity.models import LossDeclaration
from guichet.identity.operations import losses
from guichet.identity.operations.attesting import certificate_of, quote
from guichet.identity.operations.loss_fees import fee_of
from guichet.identity.operations.losses import Incomplete
from guichet.identity.rights import applicant
from guichet.kit import clock, limits
from guichet.kit.errors import Refused
from guichet.kit.forms import address_lines, plain, typed_again
from guichet.kit.ids import normalise_reference, secret_token
from guichet.law.kernel.replay import replay
from guichet.people.accounts.web.owned import account_of, start_key_of, typed

from .guard import open_for_applications, with_application, with_declaration


def keep_person(form: forms.Form) -> dict[str, Any]:
    """The columns that follow from the person's form."""
    given = form.cleaned_data
    return {"name": f"{given['first_names']} {given['official_name']}", "born_on": given["born_on"]}


def keep_event(form: forms.Form) -> dict[str, Any]:
    """The columns that follow from the event's form."""
    return {name: form.cleaned_data[name] for name in ("kind", "happened_on")}


def keep_documents(form: forms.Form) -> dict[str, Any]:
    """The documents told; their numbers are kept with each document, not among the answers."""
    assert isinstance(form, questions.LostDocumentsForm)
    return {"lost": form.lost()}


class Question(NamedTuple):
    """One page of the form: its address and label, what is asked, the columns that follow from it."""

    slug: str
    label: str
    heading: str
    form: Callable[..., forms.Form]
    keep: Callable[[forms.Form], dict[str, Any]]
    is_dated: bool = False


def keep_contact(form: forms.Form, name: str = "") -> dict[str, Any]:
    """The columns that follow from the contact's form; ``name`` stands at the head of the address."""
    return {"email": form.cleaned_data["email"] or None, "address": address_lines(name, form.cleaned_data)}


QUESTIONS = (
    Question(
        "personne", "la personne", "De qui est le document ?", questions.LossPersonForm, keep_person, is_dated=True
    ),
    Question("evenement", "ce qui est arrivé", "Qu'est-il arrivé ?", questions.EventForm, keep_event, is_dated=True),
    Question("documents", "les documents", "Quels documents ?", questions.LostDocumentsForm, keep_documents),
    Question("contact", "vous écrire", "Où vous écrire ?", questions.ContactForm, keep_contact),
)
_SLUGS = [question.slug for question in QUESTIONS]
_BY_SLUG = {question.slug: question for question in QUESTIONS}
_NOT_AMONG_ANSWERS = ("passport_number", "identity_card_number", "why_unknown")


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """What declaring does, what it costs, what to bring, and the button to begin."""
    return render(request, "identity/portal/loss_entrance.html", {"start_key": secret_token()})


@require_POST
@open_for_applications
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a declaration; the page's own key makes a double click one draft."""
    account = account_of(request)
    declaration = losses.start(
        account_id=account.pk if account else None,
        start_key=start_key_of(request),
        at=clock.now(),
    )
    return redirect("losses:step", token=declaration.token, slug=_SLUGS[0])


def form_of(question: Question, data: QueryDict | None, declaration: LossDeclaration) -> forms.Form:
    """The form of a question, filled with what was typed before."""
    initial = typed_again(declaration.answer(question.slug))
    if question.slug == "documents":
        for one in losses.documents_of(declaration):
            initial |= {f"{one.kind}_number": one.number or ""}
            initial |= {"why_unknown": one.why_unknown} if one.why_unknown else {}
    more = {"today": clock.today()} if question.is_dated else {}
    return question.form(data, initial=initial, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@open_for_applications
@with_declaration
def step(request: HttpRequest, declaration: LossDeclaration, slug: str) -> HttpResponse:
    """One question of the form."""
    if slug not in _BY_SLUG:
        raise Http404
    if declaration.state != "draft":
        return redirect("losses:tracking", token=declaration.token)
    question = _BY_SLUG[slug]
    form = form_of(question, typed(request), declaration)
    place = _SLUGS.index(slug)
    if request.method == "POST" and form.is_valid():
        _save(declaration, question, form)
        if place + 1 < len(_SLUGS):
            return redirect("losses:step", token=declaration.token, slug=_SLUGS[place + 1])
        return redirect("losses:review", token=declaration.token)
    before = f"{_SLUGS[place - 1]}/" if place else ""
    context = {
        "declaration": declaration,
        "form": form,
        "question": question,
        "number": place + 1,
        "of": len(_SLUGS) + 1,
        "kept_days": DRAFTS_KEPT_DAYS,
        "back": f"/identite/perte/{declaration.token}/{before}" if before else "/identite/perte/",
    }
    return render(request, "identity/portal/loss_step.html", context, status=422 if form.errors else 200)


def _save(declaration: LossDeclaration, question: Question, form: forms.Form) -> None:
    answers = {name: value for name, value in form.cleaned_data.items() if name not in _NOT_AMONG_ANSWERS}
    columns = question.keep(form)
    if question.slug == "personne":
        columns["person_id"] = losses.person_of(declaration, **columns, at=clock.now())
    if question.slug == "contact":
        columns = keep_contact(form, declaration.name or "")
    losses.save_step(declaration, question.slug, plain(answers), at=clock.now(), **columns)


@require_http_methods(["GET", "HEAD", "POST"])
@open_for_applications
@with_declaration
def review(request: HttpRequest, declaration: LossDeclaration) -> HttpResponse:
    """Every value once more, and the button that declares."""
    if declaration.state != "draft":
        return redirect("losses:tracking", token=declaration.token)
    try:
        found = losses.check_complete(declaration)
    except Incomplete as missing:
        messages.warning(request, missing.message)
        return redirect("losses:step", token=declaration.token, slug=missing.step)
    form = questions.LossConfirmForm(typed(request))
    if request.method == "POST" and form.is_valid():
        losses.declare(declaration, at=clock.now())
        return redirect("losses:tracking", token=declaration.token)
    context = {
        "declaration": declaration,
        "form": form,
        "rows": review_rows(declaration, found, address=f"/identite/perte/{declaration.token}/"),
        "earlier": losses.own_earlier(declaration),
        "fee": fee_of(declaration, on=clock.today()),
        "number": len(_SLUGS) + 1,
        "kept_days": DRAFTS_KEPT_DAYS,
        "of": len(_SLUGS) + 1,
        "back": f"/identite/perte/{declaration.token}/{_SLUGS[-1]}/",
    }
    return render(request, "identity/portal/loss_review.html", context, status=422 if form.errors else 200)


@require_safe
@with_declaration
def show(request: HttpRequest, declaration: LossDeclaration) -> HttpResponse:
    """The declaration's page: where it stands and who must act, then everything that happened."""
    if declaration.state == "draft":
        return redirect("losses:step", token=declaration.token, slug=_SLUGS[0])
    chain = journal.entries(declaration.reference)
    stands = replay(declaration.procedure, journal.events(chain), on=clock.today())
    context = {
        "declaration": declaration,
        "happenings": happenings(chain, stands),
        "next_step": next_step(declaration),
        "certificate": certificate_of(declaration),
        "fee": fee_of(declaration, on=clock.today()),
        "outcome": f"identity/outcome/loss_{declaration.state}.html",
    }
    return render(request, "identity/portal/loss_tracking.html", context)


@require_safe
@with_declaration
def certificate(request: HttpRequest, declaration: LossDeclaration) -> HttpResponse:
    """The sealed certificate of the police; each opening is journalled."""
    return certificate_pdf(declaration, actor=applicant(declaration), at=clock.now())


@require_safe
@with_declaration
def receipt(request: HttpRequest, declaration: LossDeclaration) -> HttpResponse:
    """The receipt of the fee."""
    return receipt_pdf(declaration)


@require_http_methods(["GET", "HEAD", "POST"])
@open_for_applications
@with_application
def attach(request: HttpRequest, application: Any) -> HttpResponse:
    """Name, for an application, the declaration whose certificate it waits for (RDId 10/2)."""
    form = questions.QuoteForm(typed(request))
    if request.method == "POST" and form.is_valid():
        limits.check("loss-reference", request, most=10, seconds=300)
        reference = normalise_reference(form.cleaned_data["reference"]) or ""
        try:
            quote(application, reference, at=clock.now())
        except Refused as refused:
            form.add_error("reference", refused.message)
        else:
            messages.success(request, f"La déclaration {reference} est jointe à la demande.")
            return redirect("identity:tracking", token=application.token)
    context = {"form": form, "application": application, "back": f"/identite/demande/{application.token}/"}
    return render(request, "identity/portal/loss_attach.html", context, status=422 if form.errors else 200)
