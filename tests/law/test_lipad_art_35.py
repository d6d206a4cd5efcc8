"""LIPAD 35: when personal data may be processed, every combination of the facts."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.questions import BadInput, ask

ON = date(2024, 6, 3)
FACTS = ("sensitive", "profile", "legal_task", "task_defined_by_law", "indispensable", "consent")
EVERY = [dict(zip(FACTS, point, strict=True)) for point in product((False, True), repeat=6)]
NOTHING = dict.fromkeys(FACTS, False)


def _ask(on: date | str = ON, **facts: bool) -> Any:
    return ask("lipad.lawful_processing", on=on, **{**NOTHING, **facts})


def _cited(answer: Any) -> list[str]:
    return [ref.cite for ref in answer.because]


@pytest.mark.parametrize("facts", EVERY, ids=lambda facts: "".join("01"[value] for value in facts.values()))
def test_every_combination_is_lawful_exactly_where_article_35_says_so(facts: dict[str, bool]) -> None:
    # Paragraph 1 first; then, for sensitive data or a profile, a law and one of two conditions.
    lawful = facts["legal_task"]
    if facts["sensitive"] or facts["profile"]:
        lawful = lawful and facts["task_defined_by_law"] and (facts["indispensable"] or facts["consent"])

    answer = _ask(**facts)

    assert answer.require() == {"lawful": lawful}
    assert answer.because[0].address == "35/1"
    assert ("illicite" in answer.say()) is not lawful


def test_ordinary_data_need_only_a_legal_task() -> None:
    assert _ask(legal_task=True).require() == {"lawful": True}
    assert _cited(_ask(legal_task=True)) == ["art. 35 al. 1 LIPAD"]


def test_consent_replaces_necessity_but_not_the_law_and_says_so() -> None:
    with_law = _ask(sensitive=True, legal_task=True, task_defined_by_law=True, consent=True)
    without = _ask(sensitive=True, legal_task=True, consent=True)

    assert (with_law.require()["lawful"], without.require()["lawful"]) == (True, False)
    assert _cited(without) == ["art. 35 al. 1 LIPAD", "art. 35 al. 2 LIPAD"]
    assert [note[:21] for note in without.reservations] == ["Interprétation n° 30,"]


@pytest.mark.parametrize(
    ("on", "kind"),
    [("2002-02-28", NotInForce), ("2002-03-01", Unknown), ("2009-12-31", Unknown)],
)
def test_before_the_revision_of_2008_the_rule_is_not_ours_to_tell(on: str, kind: type) -> None:
    answer = _ask(on, legal_task=True)

    assert isinstance(answer, kind)
    assert answer.because


def test_from_2010_it_is_decided_and_after_the_day_of_the_print_with_a_reservation() -> None:
    assert _ask("2010-01-01", legal_task=True).require() == {"lawful": True}
    assert _ask("2025-01-11", legal_task=True).reservations == ()
    assert "11 janvier 2025" in _ask("2025-01-12", legal_task=True).reservations[0]


@pytest.mark.parametrize(("on", "noted"), [("2010-11-22", 0), ("2010-11-23", 1), ("2015-12-31", 1), ("2016-01-01", 0)])
def test_while_the_experiment_ran_the_answer_recalls_it(on: str, noted: int) -> None:
    assert len([note for note in _ask(on, legal_task=True).reservations if "art. 69" in note]) == noted


@pytest.mark.parametrize("missing", FACTS)
def test_each_fact_must_be_told(missing: str) -> None:
    with pytest.raises(BadInput) as refused:
        ask("lipad.lawful_processing", on=ON, **{name: True for name in FACTS if name != missing})

    assert (refused.value.field, refused.value.accepted) == (missing, ["true", "false"])
