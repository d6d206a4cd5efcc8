"""The one door to the law: ask a question, get an answer with its reasons. Nobody outside reads a number of the law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from guichet.law.acts.cgv.corpus import CGV
from guichet.law.acts.cgv.questions import QUESTIONS as CGV_QUESTIONS
from guichet.law.acts.cgv.readings import READINGS as CGV_READINGS
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.procedures.readings import READINGS as LIPAD_PROCEDURE_READINGS
from guichet.law.acts.lipad.questions import QUESTIONS_ACCESS
from guichet.law.acts.lipad.questions_data import QUESTIONS_DATA
from guichet.law.acts.lipad.readings import READINGS as LIPAD_READINGS
from guichet.law.acts.lipad.readings_data import READINGS as LIPAD_DATA_READINGS
from guichet.law.acts.rdid import federal
from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.questions import QUESTIONS as RDID_QUESTIONS
from guichet.law.acts.rdid.readings import READINGS as RDID_READINGS
from guichet.law.facts import reading
from guichet.law.facts.reading import BadFacts, Fact, Facts
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Answer
from guichet.law.kernel.inputs import FIRST_YEAR, LAST_YEAR, BadInput, Day, UnknownQuestion, nearest_names, read_day
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.provisions import LegalText
from guichet.law.kernel.questions import Question
from guichet.law.terms.readings import APPEAL_COUNTING, WORKING_DAYS

__all__ = [
    "BadFacts",
    "BadInput",
    "UnknownQuestion",
    "adopt_facts",
    "answer_object",
    "ask",
    "describe",
    "find",
    "passage",
]

QUESTIONS: Mapping[str, Question] = {
    question.name: question for question in (*CGV_QUESTIONS, *RDID_QUESTIONS, *QUESTIONS_ACCESS, *QUESTIONS_DATA)
}
TEXTS: Mapping[str, LegalText] = {text.name: text for text in (CGV, RDID, LIPAD)}
INTERPRETATIONS: Sequence[Interpretation] = sorted(
    (
        *CGV_READINGS,
        *RDID_READINGS,
        *LIPAD_READINGS,
        *LIPAD_DATA_READINGS,
        *LIPAD_PROCEDURE_READINGS,
        WORKING_DAYS,
        APPEAL_COUNTING,
    ),
    key=lambda each: each.number,
)
ON = Day(name="on", meaning="Jour du droit")
_adopted: list[Facts] = []


def ask(name: str, /, *, on: date | str, **inputs: Any) -> Answer:
    """Answer a question under the law of a day; inputs are Python values or their JSON forms.

    Raises:
        UnknownQuestion: no question has this name.
        BadInput: the day or an input is missing or not acceptable.
    """
    question = QUESTIONS.get(name)
    if question is None:
        raise _unknown(name)
    if type(on) is not date or not FIRST_YEAR <= on.year <= LAST_YEAR:
        day = read_day(on)
        if day is None:
            raise ON.refuse(on, None)
        on = day
    facts = known_facts()
    return question.rule(on, facts, question.read(inputs, facts)).to(name, on)


def answer_object(asked: Any, *, today: date) -> Answer:
    """Answer an object ``{"question", "on", inputs…}``; without ``on`` the day is today.

    Raises:
        UnknownQuestion: no question has this name.
        BadInput: it is not such an object, or the day or an input is not acceptable.
    """
    if not isinstance(asked, dict) or not all(isinstance(key, str) for key in asked):
        raise BadInput("question", asked, 'un objet {"question", "on", entrées…}')
    inputs = dict(asked)
    name, on = inputs.pop("question", None), inputs.pop("on", today)
    if not isinstance(name, str):
        raise BadInput("question", name, list(QUESTIONS))
    if on is None:
        raise ON.refuse(None, None)
    find(name).read(inputs, known_facts())
    return ask(name, on=on, **inputs)


def find(name: str) -> Question:
    """The question of this name.

    Raises:
        UnknownQuestion: there is none; the refusal suggests the nearest names.
    """
    if name not in QUESTIONS:
        raise _unknown(name)
    return QUESTIONS[name]


def passage(text: str, address: str) -> Ref:
    """A passage of one of the texts, with the day since which its wording is known.

    Raises:
        KeyError: no such text or address.
    """
    return TEXTS[text].ref(address)


def describe() -> list[dict[str, Any]]:
    """Every question with its inputs and sources, as plain values."""
    facts = known_facts()
    return [
        {
            "name": question.name,
            "title": question.title,
            "inputs": [
                {
                    "name": each.name,
                    "meaning": each.meaning,
                    "required": each.required,
                    "default": each.default,
                    "accepted": each.accepted(facts),
                    "schema": each.schema(facts),
                }
                for each in question.inputs
            ],
            "sources": [ref.to_json() for ref in question.sources],
        }
        for question in QUESTIONS.values()
    ]


def adopt_facts(folder: Path | None) -> None:
    """Use the office's own folder of dated facts from now on; called once by each entry point. ``None``: as packaged.

    Raises:
        BadFacts: the folder or a file of it cannot be used; the facts in use stay.
    """
    _adopted[:] = [reading.read(folder)] if folder else []


def known_facts() -> Facts:
    """The dated facts in use."""
    return _adopted[0] if _adopted else reading.packaged()


def issuer(on: date) -> dict[str, str]:
    """Who issues the documents on a day: what letters and decisions print (name, contacts, appeal authority)."""
    facts = known_facts()
    found = {key: facts.find("issuer", key, on) for key in facts.names("issuer")}
    return {key: str(fact.value) for key, fact in found.items() if fact}


def identity_grounds(deed: str, on: date) -> tuple[Fact, ...]:
    """The grounds to ``refuse`` or ``withdraw`` an identity document on a day (art. 9 RDId), each with its passage."""
    return federal.grounds(known_facts(), deed, on)


def identity_postage(on: date) -> Fact | None:
    """What it costs on a day to send one identity document, beside its fee (OLDI 49); None while it is not known."""
    return known_facts().find("dispatch", "document", on)


def _unknown(name: str) -> UnknownQuestion:
    return UnknownQuestion(name, nearest_names(name, list(QUESTIONS)))
