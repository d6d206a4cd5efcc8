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
from guichet.law import procedures
from guichet.law.kernel.clocks import Clock, write_length
from guichet.law.kernel.inputs import BadInput, read_day
from guichet.law.kernel.procedures import Procedure, Transition

from . import diagram
from .reading import HOME

LONGEST_EVENTS = 6000


@require_safe
def procedure(request: HttpRequest, name: str) -> HttpResponse:
    """A procedure: its diagram, its states with what can be done in each, its acts in detail, what may not happen."""
    shown = _find(name)
    form = ReplayForm(shown, request.GET if "evenements" in request.GET else None, today=clock.today())
    context = {
        "crumbs": (*HOME, Crumb(shown.title)),
        "procedure": shown,
        "drawing": mark_safe(diagram.drawing(name)),  # noqa: S308 - drawn by us, every text escaped
        "states": _states(shown),
        "acts": _acts(shown),
        "form": form,
        "replay": form.replay if form.is_valid() else None,
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


@cache
def example(shown: Procedure) -> str:
    """The first event of a procedure, as one would write it."""
    first = shown.possible(shown.initial)[0]
    by = sorted(first.who)[0]
    return json.dumps([{"event": first.act, "at": "2026-03-02T09:00:00+01:00", "by": by}], indent=1)


def _find(name: str) -> Procedure:
    try:
        return procedures.find(name)
    except BadInput:
        raise Http404 from None


@cache
def _states(shown: Procedure) -> tuple[dict[str, Any], ...]:
    """The diagram as a list: each state by its number, with the acts possible there."""
    number = {state: place for place, state in enumerate(shown.states, start=1)}
    return tuple(
        {
            "name": state,
            "number": number[state],
            "title": title,
            "is_first": state == shown.initial,
            "is_final": shown.is_final(state),
            "acts": [
                {"act": each, "target": shown.states[each.target], "number": number[each.target]}
                for each in shown.possible(state)
            ],
        }
        for state, title in shown.states.items()
    )


@cache
def _acts(shown: Procedure) -> tuple[dict[str, Any], ...]:
    return tuple(_act(shown, each) for each in shown.transitions)


def _act(shown: Procedure, each: Transition) -> dict[str, Any]:
    return {
        "transition": each,
        "sources": [title for state, title in shown.states.items() if state in each.sources],
        "target": shown.states[each.target],
        "who": [procedures.ROLES[role] for role in procedures.ROLES if role in each.who],
        "opens": [(one, write_length(one)) for one in each.opens],
        "closes": [one.title for one in clocks_of(shown) if one.name in each.closes],
    }


@cache
def clocks_of(shown: Procedure) -> tuple[Clock, ...]:
    """The periods that a procedure can open, each once."""
    return tuple(dict.fromkeys(clock for each in shown.transitions for clock in each.opens))
