"""The questions about titles I, II and V of LIPAD, as the public contract writes them."""

from __future__ import annotations

import timeit
from datetime import date
from typing import Any

import pytest

from guichet.law import questions
from guichet.law.acts.lipad.questions import QUESTIONS_ACCESS
from guichet.law.kernel.answers import Decided, NotInForce
from guichet.law.questions import BadInput, ask

ONE_OF_EACH: list[tuple[str, dict[str, Any]]] = [
    ("lipad.scope", {"body": "private_body", "subsidy_share": 50, "subsidy_amount": "50000.00"}),
    ("lipad.publicity", {"body": "grand_council", "ground": "immunity"}),
    ("lipad.is_document", {"carrier": "draft", "public_task": True}),
    ("lipad.exceptions", {}),
    ("lipad.mediation_last_day", {"confirmed_on": "2026-03-26", "suspension": "apply"}),
    ("lipad.decision_last_day", {"recommended_on": "2026-03-26", "after": "claim", "suspension": "ignore"}),
    ("lipad.release_from", {"confirmed_on": "2026-03-26"}),
    ("lipad.access_fee", {"copies": "paper", "extra_work": False, "announced": True}),
    ("lipad.appeal", {"act": "intention", "institution": "ordinary"}),
    ("lipad.rectification", {"known_on": "2026-03-26", "published_on": "2026-03-02"}),
    ("lipad.publisher_answer", {"requested_at": "2026-03-28T10:00:00+01:00"}),
    ("lipad.rectification_action", {"answered_on": "2026-03-26"}),
]
# The inputs of each question in the contract; those in brackets may be left out.
CONTRACT = {
    "lipad.scope": "body [majority_holding] [subsidy_share] [subsidy_amount] [decisive_delegates]",
    "lipad.publicity": "body ground",
    "lipad.is_document": "carrier public_task",
    "lipad.exceptions": "",
    "lipad.mediation_last_day": "confirmed_on [suspension]",
    "lipad.decision_last_day": "recommended_on after [suspension]",
    "lipad.release_from": "confirmed_on [suspension]",
    "lipad.access_fee": "copies extra_work announced",
    "lipad.appeal": "act institution",
    "lipad.rectification": "known_on published_on",
    "lipad.publisher_answer": "requested_at",
    "lipad.rectification_action": "answered_on",
}
CHOICES = {
    ("lipad.scope", "body"): "cantonal_power commune public_law_body grouping private_body person_with_public_task "
    "private_person",
    ("lipad.publicity", "body"): "grand_council gc_bureau gc_committee council_of_state cantonal_administration "
    "court_hearing high_council judicial_service communal_executive communal_administration municipal_council "
    "municipal_committee public_body_executive public_body_service public_body_assembly",
    ("lipad.publicity", "ground"): "none pardon_minor immunity secrecy naturalisation_over_25 overriding_interest "
    "decided_closed",
    (
        "lipad.is_document",
        "carrier",
    ): "document personal_note draft unapproved_minutes approved_minutes electronic_record",
    ("lipad.access_fee", "copies"): "none paper",
    ("lipad.mediation_last_day", "suspension"): "apply ignore",
    ("lipad.decision_last_day", "after"): "mediation claim",
    ("lipad.appeal", "act"): "intention position decision_after_recommendation",
    ("lipad.appeal", "institution"): "ordinary court_of_justice",
}
# Most of what a machine under load adds to the 10 microseconds of a decision.
LOAD = 10


def test_the_questions_and_their_inputs_are_those_of_the_contract() -> None:
    written = {
        question.name: " ".join(each.name if each.required else f"[{each.name}]" for each in question.inputs)
        for question in QUESTIONS_ACCESS
    }

    assert list(written.items()) == list(CONTRACT.items())
    assert [name for name, _ in ONE_OF_EACH] == list(CONTRACT)
    assert set(CONTRACT) <= set(questions.QUESTIONS)


@pytest.mark.parametrize(("name", "field"), CHOICES)
def test_the_words_to_choose_from_are_those_of_the_contract_each_with_a_french_name(name: str, field: str) -> None:
    choice = next(each for each in questions.find(name).inputs if each.name == field)

    assert choice.accepted(None) == CHOICES[name, field].split()
    assert all(word != french for word, french in choice.choices(None).items())


@pytest.mark.parametrize(("name", "inputs"), ONE_OF_EACH)
def test_every_question_is_decided_and_past_the_horizon_of_the_text_with_a_reservation(
    name: str, inputs: dict[str, Any]
) -> None:
    at_the_horizon, later = (ask(name, on=on, **inputs) for on in (date(2025, 1, 11), date(2025, 1, 12)))

    assert isinstance(later, Decided)
    assert later.because[0].text == "LIPAD"
    assert later.say()
    assert later.reservations == (
        *at_the_horizon.reservations,
        "Texte consolidé au 11 janvier 2025 : une modification a pu suivre.",
    )


@pytest.mark.parametrize(("name", "inputs"), ONE_OF_EACH)
def test_before_march_2002_the_act_is_not_in_force(name: str, inputs: dict[str, Any]) -> None:
    answer = ask(name, on="2002-02-28", **inputs)

    assert isinstance(answer, NotInForce)
    assert answer.to_json()["from"] == "2002-03-01"


@pytest.mark.parametrize(("name", "inputs"), ONE_OF_EACH)
def test_every_passage_that_decides_is_among_the_sources_of_its_question(name: str, inputs: dict[str, Any]) -> None:
    sources = {ref.key for ref in questions.find(name).sources}
    because = {ref.key for ref in ask(name, on="2026-03-02", **inputs).because}

    assert because - {"J 1 45:1/1"} <= sources


@pytest.mark.parametrize(
    ("name", "inputs", "field"),
    [
        *((name, {}, each.strip("[]")) for name, line in CONTRACT.items() for each in line.split()[:1]),
        *((name, {**inputs, "x": 1}, "x") for name, inputs in ONE_OF_EACH),
        ("lipad.scope", {"body": "canton"}, "body"),
        ("lipad.scope", {"body": "commune", "majority_holding": "yes"}, "majority_holding"),
        ("lipad.scope", {"body": "commune", "majority_holding": None}, "majority_holding"),
        ("lipad.scope", {"body": "private_body", "subsidy_share": 101, "subsidy_amount": "1.00"}, "subsidy_share"),
        ("lipad.scope", {"body": "private_body", "subsidy_share": 50, "subsidy_amount": "-1.00"}, "subsidy_amount"),
        ("lipad.scope", {"body": "private_body", "subsidy_share": 50, "subsidy_amount": 50000}, "subsidy_amount"),
        ("lipad.publicity", {"body": "grand_council"}, "ground"),
        ("lipad.publicity", {"body": "grand_council", "ground": "secret"}, "ground"),
        ("lipad.is_document", {"carrier": "draft"}, "public_task"),
        ("lipad.is_document", {"carrier": "draft", "public_task": "true"}, "public_task"),
        ("lipad.access_fee", {"copies": "paper", "extra_work": True}, "announced"),
        ("lipad.mediation_last_day", {"confirmed_on": "2026-02-29"}, "confirmed_on"),
        ("lipad.mediation_last_day", {"confirmed_on": "2026-03-26T10:00:00+01:00"}, "confirmed_on"),
        ("lipad.mediation_last_day", {"confirmed_on": "2026-03-26", "suspension": "maybe"}, "suspension"),
        ("lipad.decision_last_day", {"recommended_on": "2026-03-26"}, "after"),
        ("lipad.release_from", {"confirmed_on": "1799-12-31"}, "confirmed_on"),
        ("lipad.appeal", {"act": "decision", "institution": "ordinary"}, "act"),
        ("lipad.rectification", {"known_on": "2026-03-26"}, "published_on"),
        ("lipad.publisher_answer", {"requested_at": "2026-03-28T10:00:00"}, "requested_at"),
        ("lipad.publisher_answer", {"requested_at": "2026-03-28"}, "requested_at"),
        ("lipad.rectification_action", {"answered_on": 20260326}, "answered_on"),
    ],
)
def test_a_bad_or_missing_input_is_refused_by_its_name(name: str, inputs: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        ask(name, on="2026-03-02", **inputs)

    assert refused.value.field == field
    assert refused.value.accepted


@pytest.mark.parametrize(("name", "inputs"), ONE_OF_EACH)
def test_a_decision_with_its_reasons_takes_microseconds(name: str, inputs: dict[str, Any]) -> None:
    question = questions.find(name)
    read = question.read(inputs, None)

    seconds = min(timeit.repeat(lambda: question.rule(date(2026, 3, 2), None, read), number=200, repeat=5)) / 200

    assert seconds < LOAD * 10e-6
