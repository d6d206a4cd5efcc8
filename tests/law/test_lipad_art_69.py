"""LIPAD 69: the experiment of the online administration, and that it applies on no other day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law.kernel.answers import Decided, NotInForce
from guichet.law.questions import BadInput, ask

FIRST, LAST = date(2010, 11, 23), date(2015, 12, 31)


@pytest.mark.parametrize("on", [FIRST, date(2013, 6, 3), LAST])
def test_while_it_ran_the_answer_says_from_what_one_could_depart(on: date) -> None:
    answer = ask("lipad.experiment", on=on)

    assert answer.require() == {"services": 10, "derogates_from": ["35", "36", "38", "39", "40", "41"]}
    assert {"69/1", "69/2", "69/4", "69/6", "69/7"} <= {ref.address for ref in answer.because}
    assert [step.basis[0].address for step in answer.steps] == ["69/4", "69/6"]


def test_before_it_was_in_force_the_answer_says_since_when_and_that_a_reading_decides() -> None:
    for on in ("2001-01-01", "2008-06-27", "2010-11-22"):
        answer = ask("lipad.experiment", on=on)

        assert isinstance(answer, NotInForce)
        assert (answer.since, answer.until) == (FIRST, None)
        assert "Interprétation n° 37," in answer.reservations[0]


def test_after_its_end_the_answer_says_until_when_and_by_which_paragraph() -> None:
    answer = ask("lipad.experiment", on="2016-01-01")

    assert isinstance(answer, NotInForce)
    assert answer.to_json()["until"] == "2015-12-31"
    assert "from" not in answer.to_json()
    assert [ref.address for ref in answer.because] == ["69", "69/7"]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_it_applies_between_its_two_ends_and_on_no_other_day(on: date) -> None:
    assert isinstance(ask("lipad.experiment", on=on), Decided) == (FIRST <= on <= LAST)


@pytest.mark.parametrize(("on", "is_held"), [("2015-03-20", False), ("2015-03-21", True)])
def test_the_third_paragraph_counts_from_its_present_wording(on: str, is_held: bool) -> None:  # noqa: FBT001
    answer = ask("lipad.experiment", on=on)

    assert ("69/3" in [ref.address for ref in answer.because]) == is_held
    assert any("alinéa 3" in note for note in answer.reservations) != is_held


def test_it_takes_no_input() -> None:
    with pytest.raises(BadInput) as refused:
        ask("lipad.experiment", on=FIRST, service="x")

    assert refused.value.field == "service"
