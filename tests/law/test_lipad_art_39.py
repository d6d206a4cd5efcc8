"""LIPAD 39: communications, one branch per kind of recipient, over every combination of the facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest

from guichet.law.acts.lipad.communication import communication
from guichet.law.kernel.answers import Decided, NotInForce, Unknown
from guichet.law.questions import BadInput, ask

ON = date(2024, 6, 3)
RECIPIENTS = (
    "subject_institution",
    "judicial_authority",
    "swiss_public_body",
    "foreign_public_body",
    "private_person",
)
FACTS = (
    "requirements_shown",
    "law_forbids",
    "explicit_right",
    "secrecy_opposes",
    "adequate_protection",
    "equivalent_protection",
    "consent_or_interest",
    "public_interest_with_guarantees",
    "treaty",
    "text_provides",
    "private_interest",
    "overriding_interest",
)
OBSTACLES = ("law_forbids", "secrecy_opposes", "overriding_interest")
CONSULTED = (None, "yes", "disproportionate", "opposed", "no")
Point = tuple[bool, ...]


def _ask(recipient: str, on: date | str = ON, **facts: Any) -> Decided:
    answer = ask("lipad.communication", on=on, recipient=recipient, **facts)
    assert isinstance(answer, Decided)
    return answer


def _value(recipient: str, **facts: Any) -> tuple[bool, list[str], list[str]]:
    value = _ask(recipient, **facts).to_json()["value"]
    return value["may"], value["before"], value["after"]


def _cited(answer: Decided) -> list[str]:
    return [ref.address for ref in answer.because]


def _expected(recipient: str, facts: Mapping[str, Any]) -> tuple[bool, list[str], list[str]]:
    """Article 39 read paragraph by paragraph."""
    inform = [] if facts["explicit_right"] else ["inform_responsable"]
    free = not facts["law_forbids"]
    if recipient == "subject_institution":
        return (True, [], inform) if facts["requirements_shown"] and free else (False, [], [])
    if recipient == "judicial_authority":
        return not facts["secrecy_opposes"], [], []
    if recipient == "swiss_public_body":
        return (True, inform, []) if facts["adequate_protection"] and free else (False, [], [])
    if recipient == "foreign_public_body":
        grounds = ("equivalent_protection", "consent_or_interest", "public_interest_with_guarantees", "treaty")
        may = free and any(facts[ground] for ground in grounds)
        return (True, ["consult_commissioner"], []) if may else (False, [], [])
    if facts["text_provides"]:
        return True, [], ["notify_decision"]
    if not facts["private_interest"] or facts["overriding_interest"]:
        return False, [], []
    before = {"yes": [], "disproportionate": ["commissioner_opinion"], "opposed": ["commissioner_opinion"]}
    return True, before.get(facts["persons_consulted"], ["consult_persons"]), ["notify_decision"]


def _every(recipient: str, consulted: str | None) -> dict[Point, tuple[bool, list[str], list[str]]]:
    found = {}
    for point in product((False, True), repeat=len(FACTS)):
        asked = {"recipient": recipient, "persons_consulted": consulted, **dict(zip(FACTS, point, strict=True))}
        value = communication(ON, None, asked).require()
        found[point] = value["may"], value["before"], value["after"]
    return found


@pytest.mark.parametrize("consulted", CONSULTED)
@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_every_combination_is_answered_as_the_article_reads(recipient: str, consulted: str | None) -> None:
    found = _every(recipient, consulted)

    assert len(found) == 4096
    for point, outcome in found.items():
        facts = {"persons_consulted": consulted, **dict(zip(FACTS, point, strict=True))}
        assert outcome == _expected(recipient, facts), facts


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_one_more_obstacle_never_opens_the_way(recipient: str) -> None:
    found = _every(recipient, "yes")

    for place in (FACTS.index(obstacle) for obstacle in OBSTACLES):
        for point, (may, _, _) in found.items():
            hindered = (*point[:place], True, *point[place + 1 :])
            assert found[hindered][0] <= may


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_one_more_ground_never_closes_the_way(recipient: str) -> None:
    found = _every(recipient, "no")

    for place in (place for place, fact in enumerate(FACTS) if fact not in OBSTACLES):
        for point, (may, _, _) in found.items():
            helped = (*point[:place], True, *point[place + 1 :])
            assert found[helped][0] >= may


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_duties_belong_to_a_communication_that_may_take_place(recipient: str) -> None:
    for consulted in CONSULTED:
        for may, before, after in _every(recipient, consulted).values():
            assert may or not (before or after)
            assert not set(before) & set(after)


def test_nothing_established_opens_the_way_to_judges_only() -> None:
    assert [_value(recipient)[0] for recipient in RECIPIENTS] == [False, True, False, False, False]


@pytest.mark.parametrize(
    ("recipient", "facts", "addresses"),
    [
        ("subject_institution", {}, ["39/1/a"]),
        ("subject_institution", {"requirements_shown": True, "law_forbids": True}, ["39/1/b"]),
        ("subject_institution", {"requirements_shown": True}, ["39/1", "39/1/a", "39/1/b", "39/2"]),
        ("judicial_authority", {}, ["39/3"]),
        ("swiss_public_body", {}, ["39/4/a"]),
        ("swiss_public_body", {"adequate_protection": True}, ["39/4", "39/4/a", "39/4/b", "39/5"]),
        ("foreign_public_body", {}, ["39/6/a", "39/7"]),
        ("foreign_public_body", {"equivalent_protection": True}, ["39/6", "39/6/a", "39/6/b", "39/8"]),
        ("foreign_public_body", {"equivalent_protection": True, "law_forbids": True}, ["39/6/b"]),
        ("foreign_public_body", {"consent_or_interest": True, "treaty": True}, ["39/7", "39/7/a", "39/8"]),
        ("foreign_public_body", {"public_interest_with_guarantees": True}, ["39/7", "39/7/b", "39/8"]),
        ("foreign_public_body", {"treaty": True}, ["39/7", "39/7/c", "39/8"]),
        ("private_person", {}, ["39/9"]),
        ("private_person", {"text_provides": True}, ["39/9/a", "39/11"]),
        ("private_person", {"private_interest": True, "overriding_interest": True}, ["39/9/b"]),
        ("private_person", {"private_interest": True}, ["39/9/b", "39/10", "39/11"]),
    ],
)
def test_an_answer_cites_the_paragraphs_and_letters_that_decided(
    recipient: str, facts: dict[str, bool], addresses: list[str]
) -> None:
    assert _cited(_ask(recipient, **facts)) == addresses


def test_what_comes_before_is_said_before_what_comes_after() -> None:
    said = _ask("private_person", private_interest=True).say()

    assert said.index("avant : consulter les personnes concernées") < said.index("après : communiquer la décision")


def test_a_foreign_body_always_has_the_commissioner_consulted_before() -> None:
    for ground in ("equivalent_protection", "consent_or_interest", "treaty"):
        assert _value("foreign_public_body", **{ground: True}) == (True, ["consult_commissioner"], [])


def test_obstacles_nobody_looked_at_are_named_beside_a_yes_and_only_there() -> None:
    open_question = _ask("subject_institution", requirements_shown=True)
    looked_at = _ask("subject_institution", requirements_shown=True, law_forbids=False)
    refused = _ask("subject_institution")

    assert open_question.value == looked_at.value
    assert any("À vérifier encore : Loi ou règlement" in note for note in open_question.reservations)
    assert not any("À vérifier" in note for note in (*looked_at.reservations, *refused.reservations))


def test_a_fact_that_does_not_count_for_a_recipient_is_named() -> None:
    answer = _ask("judicial_authority", treaty=True, law_forbids=True, text_provides=False)

    (note,) = [note for note in answer.reservations if "Sans effet" in note]
    assert "traité" in note
    assert "s'oppose" in note
    assert "prévoit expressément" not in note


@pytest.mark.parametrize(
    ("recipient", "facts", "number"),
    [
        ("subject_institution", {"requirements_shown": True, "explicit_right": True}, 31),
        ("swiss_public_body", {"adequate_protection": True, "explicit_right": True}, 31),
        ("private_person", {"private_interest": True, "persons_consulted": "disproportionate"}, 32),
        ("private_person", {"text_provides": True}, 33),
        ("private_person", {"private_interest": True, "persons_consulted": "yes"}, 33),
    ],
)
def test_an_answer_that_rests_on_a_reading_says_which(recipient: str, facts: dict[str, Any], number: int) -> None:
    assert any(f"Interprétation n° {number}," in note for note in _ask(recipient, **facts).reservations)


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_the_article_is_known_from_2010(recipient: str) -> None:
    assert isinstance(ask("lipad.communication", on="2002-02-28", recipient=recipient), NotInForce)
    before = ask("lipad.communication", on="2009-12-31", recipient=recipient)
    assert isinstance(before, Unknown)
    assert before.before == date(2010, 1, 1)
    assert _ask(recipient, "2010-01-01").on == date(2010, 1, 1)


@pytest.mark.parametrize(
    ("inputs", "field", "accepted"),
    [
        ({}, "recipient", list(RECIPIENTS)),
        ({"recipient": "bank"}, "recipient", list(RECIPIENTS)),
        ({"recipient": "private_person", "treaty": "yes"}, "treaty", ["true", "false"]),
        ({"recipient": "private_person", "treaty": None}, "treaty", ["true", "false"]),
        ({"recipient": "private_person", "persons_consulted": "maybe"}, "persons_consulted", list(CONSULTED[1:])),
    ],
)
def test_a_bad_input_is_refused_by_its_name(inputs: dict[str, Any], field: str, accepted: list[str]) -> None:
    with pytest.raises(BadInput) as refused:
        ask("lipad.communication", on=ON, **inputs)

    assert (refused.value.field, refused.value.accepted) == (field, accepted)
