"""Pages of the law: read a passage, see where it is applied, ask a question. None of them asks the database."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.kit import clock
from guichet.kit.components import Crumb
from guichet.law import procedures, questions
from guichet.law.kernel.inputs import BadInput, read_day
from guichet.law.kernel.provisions import STANDING_NAMES, LegalText, Provision, Standing

from .forms import QuestionForm

HOME = (Crumb("Accueil", "/"), Crumb("Le droit appliqué", "/droit/"))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the law of the office consists of, and what one can ask it."""
    context = {
        "crumbs": (HOME[0], Crumb("Le droit appliqué")),
        "texts": questions.TEXTS.values(),
        "questions": questions.QUESTIONS.values(),
        "procedures": procedures.PROCEDURES.values(),
        "interpretations": questions.INTERPRETATIONS,
    }
    return render(request, "portal/law/index.html", context)


@require_safe
def question(request: HttpRequest, name: str) -> HttpResponse:
    """Ask one question; the address holds the inputs, so that an answer can be shared."""
    if name not in questions.QUESTIONS:
        raise Http404
    asked = questions.QUESTIONS[name]
    is_asked = any(name in request.GET for name in ("on", *(each.name for each in asked.inputs)))
    form = QuestionForm(asked, request.GET if is_asked else None, today=clock.today())
    context = {"crumbs": (*HOME, Crumb(asked.title)), "question": asked, "form": form}
    if form.is_valid():
        context["answer"] = form.answer
    return render(request, "portal/law/question.html", context)


@require_safe
def text(request: HttpRequest, text: str) -> HttpResponse:
    """A text, paragraph by paragraph, in our words."""
    shown = _text(text)
    context = {"crumbs": (*HOME, Crumb(shown.name)), "text": shown, "chapters": _chapters(shown)}
    return render(request, "portal/law/text.html", context)


@require_safe
def provision(request: HttpRequest, text: str, address: str) -> HttpResponse:
    """One passage: what it says, what the software does with it, where it is applied, and whether it holds on a day."""
    whole = _text(text)
    if address not in whole.provisions:
        raise Http404
    ref, on = whole.ref(address), read_day(request.GET.get("on")) or clock.today()
    shown = whole.provisions[address]
    context = {
        "crumbs": (*HOME, Crumb(whole.name, f"/droit/{text}/"), Crumb(ref.cite)),
        "text": whole,
        "ref": ref,
        "provision": shown,
        "standing": STANDING_NAMES[shown.standing],
        "parts": [each for each in whole.leaves() if each.address.startswith(f"{address}/")],
        "on": on,
        "gap": whole.gap(address, on),
        "amendments": [whole.amendments[number] for number in shown.amendments],
        **_applied(whole, shown),
    }
    return render(request, "portal/law/provision.html", context)


@require_safe
def procedure(request: HttpRequest, name: str) -> HttpResponse:
    """A procedure as its table: each act, from where to where, by whom, on what basis."""
    try:
        shown = procedures.find(name)
    except BadInput:
        raise Http404 from None
    acts = [
        {
            "transition": each,
            "sources": [title for state, title in shown.states.items() if state in each.sources],
            "target": shown.states[each.target],
            "who": [procedures.ROLES[role] for role in procedures.ROLES if role in each.who],
        }
        for each in shown.transitions
    ]
    finals = [title for state, title in shown.states.items() if state in shown.finals]
    crumbs = (*HOME, Crumb(shown.title))
    return render(
        request, "portal/law/procedure.html", {"crumbs": crumbs, "procedure": shown, "acts": acts, "finals": finals}
    )


@require_safe
def interpretations(request: HttpRequest) -> HttpResponse:
    """The readings chosen where a text leaves a doubt, and who answers for them."""
    context = {"crumbs": (*HOME, Crumb("Interprétations")), "interpretations": questions.INTERPRETATIONS}
    return render(request, "portal/law/interpretations.html", context)


def _text(name: str) -> LegalText:
    for text in questions.TEXTS.values():
        if text.name.lower() == name:
            return text
    raise Http404


def _chapters(text: LegalText) -> list[dict[str, object]]:
    """The chapters in order, each with its paragraphs; a chapter of one paragraph is its own."""
    chapters = [each for each in text.provisions.values() if "/" not in each.address]
    return [
        {
            "title": each.summary if each.standing is Standing.HEADING else "",
            "number": each.address,
            "leaves": [
                {"provision": leaf, "ref": text.ref(leaf.address), "standing": STANDING_NAMES[leaf.standing]}
                for leaf in text.leaves()
                if leaf.address.split("/")[0] == each.address
            ],
        }
        for each in chapters
    ]


def _applied(text: LegalText, provision: Provision) -> dict[str, object]:
    """Where a passage is applied: the questions that rest on it, the acts it founds, the readings of it."""
    ref = text.ref(provision.address)
    return {
        "questions": [each for each in questions.QUESTIONS.values() if ref in each.sources],
        "acts": [
            (each, transition)
            for each in procedures.PROCEDURES.values()
            for transition in each.transitions
            if ref in transition.basis
        ],
        "interpretations": [each for each in questions.INTERPRETATIONS if ref in each.passages],
    }
