"""The form of a question, made from its typed inputs; the law itself says what is wrong with an input."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from guichet.kit.forms import GuichetForm
from guichet.law import questions
from guichet.law.kernel.answers import Answer
from guichet.law.kernel.inputs import BadInput, Day, Input, Instant
from guichet.law.kernel.moments import ZURICH
from guichet.law.kernel.questions import Question

# Choices shown as radios up to this many, as a list beyond.
MOST_RADIOS = 3


class QuestionForm(GuichetForm):
    """The inputs of one question and the day of law; ``answer`` is there once the form is valid."""

    answer: Answer | None = None

    def __init__(self, asked: Question, data: Any, *, today: date) -> None:
        self.asked, self.today = asked, today
        super().__init__(data, initial={"on": today.isoformat()})
        for each in asked.inputs:
            self.fields[each.name] = _field(each)
        # Left empty, the day is today's.
        self.fields["on"] = _field(questions.ON)
        self.fields["on"].required = False
        self.fields["on"].help_text = "La réponse est celle du droit en vigueur ce jour-là."

    def clean(self) -> dict[str, Any]:
        """Ask the question; a refused input becomes the error of its field."""
        typed = self.cleaned_data
        if self.errors:
            return typed
        inputs = {each.name: _value(each, typed[each.name]) for each in self.asked.inputs if typed.get(each.name)}
        on = typed.get("on") or self.today
        try:
            self.answer = questions.answer_object({"question": self.asked.name, "on": on, **inputs}, today=self.today)
        except BadInput as error:
            self.add_error(error.field if error.field in self.fields else None, _sentence(error))
        return typed


def _field(each: Input) -> forms.Field:
    facts = questions.known_facts()
    choices = list(each.choices(facts).items())
    hint = "Heure de Genève." if isinstance(each, Instant) else _expected(each)
    if not choices:
        kind = "date" if isinstance(each, Day) else "datetime-local" if isinstance(each, Instant) else "text"
        widget: forms.Widget = forms.TextInput({"type": kind, "class": "govuk-input--width-20"})
    elif each.required and len(choices) <= MOST_RADIOS:
        widget = forms.RadioSelect(choices=choices)
    else:
        # What may be left out must be able to be taken back, which no radio button allows.
        widget = forms.Select(choices=[("", "Choisissez" if each.required else "Sans indication"), *choices])
    missing = {"required": _sentence(each.refuse(None, facts))}
    return forms.CharField(
        label=each.meaning,
        required=each.required,
        max_length=60,
        help_text=hint,
        widget=widget,
        error_messages=missing,
    )


def _expected(each: Input) -> str:
    """What is expected of an input that is typed, a day excepted: browsers offer those."""
    accepted = each.accepted(questions.known_facts())
    return f"Attendu : {accepted}." if isinstance(accepted, str) and not isinstance(each, Day) else ""


def _value(each: Input, typed: str) -> Any:
    if isinstance(each, Instant):
        return _in_geneva(typed)
    return each.from_text(typed)


def _in_geneva(typed: str) -> str | datetime:
    """An instant typed without time zone is Geneva's; anything unreadable is left for the law to refuse."""
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return typed
    return at if at.tzinfo else at.replace(tzinfo=ZURICH)


def _sentence(error: BadInput) -> str:
    if isinstance(error.accepted, str):
        return f"Indiquez {error.accepted}."
    return "Choisissez une des réponses proposées."
