"""Pages of the law that are no text: the entrance with its search, questions, procedures, interpretations.

None of them asks the database.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.kit import clock
from guichet.kit.components import Crumb
from guichet.kit.passages import address_of
from guichet.law import procedures, questions, reliance
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.questions import Question

from . import search, texts
from .citations import read_citation
from .days import LawDay, whole_on_a_day
from .forms import QuestionForm
from .reading import HOME


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the law of the office consists of, what one can ask it, and a search; a citation leads to its passage."""
    query = request.GET.get("q", "").strip()
    cited = read_citation(query[: search.LONGEST_QUERY])
    if cited is not None:
        return HttpResponseRedirect(address_of(cited) + LawDay.asked(request.GET.get("on"), clock.today()).query)
    day = LawDay.asked(request.GET.get("on"), clock.today())
    context = {
        "crumbs": (HOME[0], Crumb("Le droit appliqué")),
        "day": day,
        "query": query,
        "hits": search.find(query) if query else (),
        "most_hits": search.MOST_HITS,
        "texts": [(each, whole_on_a_day(each, day.on)) for each in questions.TEXTS.values()],
        "questions": texts.questions_by_text(),
        "procedures": procedures.PROCEDURES.values(),
        "interpretations": questions.INTERPRETATIONS,
    }
    return render(request, "portal/law/index.html", context)


@require_safe
def question(request: HttpRequest, name: str) -> HttpResponse:
    """Ask one question; the address holds the inputs, so that an answer can be shared."""
    asked = _question(name)
    form = _asked_form(request, asked)
    context = {"crumbs": (*HOME, Crumb(asked.title)), "question": asked, "form": form}
    if form.is_valid() and form.answer is not None:
        context["answer"] = form.answer
        context["query"] = request.META.get("QUERY_STRING", "")
        context["counts_days"] = any(hasattr(step.reached, "isoformat") for step in form.answer.steps)
    return render(request, "portal/law/question.html", context)


@require_safe
def answer(request: HttpRequest, name: str) -> JsonResponse:
    """The answer to a shared address, as the object of the public contract; what is refused is said field by field."""
    form = _asked_form(request, _question(name))
    if form.is_valid() and form.answer is not None:
        return JsonResponse(form.answer.to_json())
    errors = {field: [str(error) for error in told] for field, told in form.errors.items()}
    return JsonResponse({"errors": errors}, status=422)


@require_safe
def interpretations(request: HttpRequest) -> HttpResponse:
    """The readings chosen where a text leaves a doubt, and who answers for them."""
    context = {"crumbs": (*HOME, Crumb("Interprétations")), "interpretations": questions.INTERPRETATIONS}
    return render(request, "portal/law/interpretations.html", context)


@require_safe
def interpretation(request: HttpRequest, name: str) -> HttpResponse:
    """One reading: the doubt, what could be read, what is, who answers for it, and what rests on it."""
    found = next((each for each in questions.INTERPRETATIONS if each.name == name), None)
    if found is None:
        raise Http404
    context = {
        "crumbs": (*HOME, Crumb("Interprétations", "/droit/interpretations/"), Crumb(f"N° {found.number}")),
        "reading": found,
        "reason": found.reason.replace("`", ""),
        **_resting_on(found),
    }
    return render(request, "portal/law/interpretation.html", context)


def _resting_on(reading: Interpretation) -> dict[str, object]:
    """What carries its reservation, and what else cites its passages: (title, address) each."""
    return {
        "resting": [_named(name) for name in reliance.resting_on(reading)],
        "citing": [_named(name) for name in reliance.citing(reading)],
    }


def _named(name: str) -> tuple[str, str]:
    if name in questions.QUESTIONS:
        return questions.QUESTIONS[name].title, f"/droit/questions/{name}/"
    return procedures.PROCEDURES[name].title, f"/droit/procedures/{name}/"


def _question(name: str) -> Question:
    if name not in questions.QUESTIONS:
        raise Http404
    return questions.QUESTIONS[name]


def _asked_form(request: HttpRequest, asked: Question) -> QuestionForm:
    """The form, filled in when the address holds an input of the question, or when it has none to give."""
    is_asked = any(name in request.GET for name in ("on", *(each.name for each in asked.inputs)))
    return QuestionForm(asked, request.GET if is_asked else None, today=clock.today())
