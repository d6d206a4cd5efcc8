"""Pages of procedures: the diagram, the same as a list, the acts in detail, and a form to replay events."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from guichet.kit import clock
from guichet.kit.components import Crumb
from guichet.kit.forms import GuichetForm
from guichet.law import procedures, questions
from guichet.law.kernel.clocks import write_length
from guichet.law.kernel.inputs import BadInput, Day, Input, read_day
from guichet.law.kernel.procedures import Procedure, Transition
from guichet.law.kernel.wording import enumerate_in_french

from . import diagram
from .reading import HOME
from .rows import lines_of

LONGEST_EVENTS = 6000
# Pixels; a wider diagram is printed on a larger sheet.
WIDEST_ON_A4 = 1000


@require_safe
def procedure(request: HttpRequest, name: str) -> HttpResponse:
    """A procedure: its diagram, its states with what can be done in each, its acts in detail, what may not happen."""
    shown = _find(name)
    form = ReplayForm(shown, request.GET if "evenements" in request.GET else None, today=clock.today())
    context = {
        "crumbs": (*HOME, Crumb(shown.title)),
        "procedure": shown,
        "drawing": mark_safe(diagram.drawing(name)),  # noqa: S308 - drawn by us, every text escaped
        "is_wide": diagram.width_of(name) > WIDEST_ON_A4,
        "states": _states(name),
        "acts": _acts(name),
        "form": form,
        "replay": _replayed(form.replay) if form.is_valid() and form.replay else None,
    }
    return render(request, "portal/law/procedure.html", context)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The diagram as a file of its own."""
    _find(name)
    response = HttpResponse(diagram.drawing(name, alone=True), content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.svg"'
    return response


class ReplayForm(GuichetForm):
    """Events of a case, as the API takes them; ``replay`` is there once they are accepted."""

    replay: procedures.Replay | None = None

    evenements = forms.CharField(
        label="Événements",
        help_text="Une liste JSON, la même que pour la commande et l'API.",
        max_length=LONGEST_EVENTS,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )
    on = forms.CharField(
        label="Jour où l'on regarde",
        required=False,
        max_length=20,
        widget=forms.TextInput({"type": "date", "class": "govuk-input--width-20"}),
    )

    def __init__(self, shown: Procedure, data: Any, *, today: date) -> None:
        self.shown, self.today = shown, today
        super().__init__(data, initial={"evenements": example(shown), "on": today.isoformat()})

    def clean_on(self) -> date:
        """The day, today's when left empty."""
        typed = self.cleaned_data["on"]
        day = read_day(typed) if typed else self.today
        if day is None:
            raise forms.ValidationError("Indiquez un jour comme 2026-03-31.")
        return day

    def clean(self) -> dict[str, Any]:
        """Replay the events; what the law refuses becomes the error of the field."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        try:
            events = json.loads(typed["evenements"])
            if not isinstance(events, list):
                raise ValueError
            self.replay = procedures.replay(self.shown.name, events, on=typed["on"])
        except BadInput as error:
            self.add_error("evenements", error.say())
        except (ValueError, RecursionError):
            self.add_error("evenements", "Écrivez une liste JSON d'événements, comme dans l'exemple.")
        return typed


def example(shown: Procedure) -> str:
    """The first event of a procedure, as one would write it: the first line that its facts lead along."""
    first = shown.possible(shown.initial)[0]
    facts = {fact.name: _example(fact, first) for fact in first.facts if fact.required or fact.name in first.when}
    event = {"event": first.act, "at": "2026-03-02T09:00:00+01:00", "by": sorted(first.who)[0], **facts}
    return json.dumps([event], indent=1, ensure_ascii=False)


def _example(fact: Input, line: Transition) -> Any:
    if words := line.words(fact.name):
        return fact.from_text(words[0])
    if isinstance(fact, Day):
        return "2026-03-02"
    choices = list(fact.choices(questions.known_facts()))
    return fact.from_text(choices[0]) if choices else "1"


def _find(name: str) -> Procedure:
    try:
        return procedures.find(name)
    except BadInput:
        raise Http404 from None


@cache
def _states(name: str) -> tuple[dict[str, Any], ...]:
    """The diagram as a list: each state by its number, with the acts possible there."""
    shown = procedures.find(name)
    number = {state: place for place, state in enumerate(shown.states, start=1)}
    lines = [
        {
            "anchor": anchor,
            "act": line,
            "when": diagram.write_when(line),
            "target": shown.states[line.target],
            "number": number[line.target],
        }
        for anchor, line in lines_of(shown).items()
    ]
    return tuple(
        {
            "name": state,
            "number": number[state],
            "title": title,
            "is_first": state == shown.initial,
            "is_final": shown.is_final(state),
            "acts": [each for each in lines if state in each["act"].sources],
        }
        for state, title in shown.states.items()
    )


@cache
def _acts(name: str) -> tuple[dict[str, Any], ...]:
    shown = procedures.find(name)
    return tuple(_act(shown, anchor, line) for anchor, line in lines_of(shown).items())


def _act(shown: Procedure, name: str, line: Transition) -> dict[str, Any]:
    return {
        "anchor": name,
        "transition": line,
        "when": diagram.write_when(line),
        "sources": [title for state, title in shown.states.items() if state in line.sources],
        "target": shown.states[line.target],
        "who": diagram.roles_of(line),
        "opens": [(clock, write_length(clock)) for clock in line.opens],
        "closes": [shown.clocks[closed].title for closed in line.closes],
        "conditions": _conditions(shown, line),
    }


def _conditions(shown: Procedure, line: Transition) -> list[str]:
    """What must show in the case itself before the act, in French."""
    titles = {act: lines[0].label for act, lines in shown.acts.items()}
    found = (
        [f"Seulement après : {enumerate_in_french([titles[act] for act in line.needs], 'ou')}"] if line.needs else []
    )
    if line.unless:
        found.append(f"Pas après : {enumerate_in_french([titles[act] for act in line.unless], 'ou')}")
    if line.awaits:
        waited = enumerate_in_french([shown.clocks[name].title for name in line.awaits])
        found.append(f"Seulement une fois le délai passé ou clos : {waited}")
    return found


def _replayed(replay: procedures.Replay) -> dict[str, Any]:
    """Where a case stands, in the words of the page."""
    words = {"open": "en cours", "closed": "clos", "expired": "échu"}
    return {
        "on": replay.on,
        "state_title": replay.procedure.states[replay.state],
        "history": replay.history,
        "clocks": [
            {
                "title": running.deadline.clock.title,
                "last_day": running.deadline.last_day,
                "status": words[running.status(replay.on)],
            }
            for running in replay.clocks
        ],
        "possible": list(dict.fromkeys(line.label for line in replay.possible)),
        "blocked": replay.blocked,
    }
