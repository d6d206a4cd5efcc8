"""Readings chosen: written once, in the code; their files and what rests on them follow."""

from __future__ import annotations

import pytest
from tools import interpretations as tool

from guichet.law import questions, reliance
from guichet.law.kernel.clocks import Clock, Unit
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.reliance import readings_behind

CHOSEN = Interpretation(901, "chosen", (), doubt="Un doute.", reading="une lecture.")
OTHER = Interpretation(902, "other", (), doubt="Un doute.", reading="une autre.", signed_by="A. Juriste")
PERIOD = Clock(name="x", title="Délai", length=10, unit=Unit.DAYS, basis=(), readings=(OTHER,))


def _named(number: int) -> Interpretation:
    return next(each for each in questions.INTERPRETATIONS if each.number == number)


def test_every_interpretation_has_its_file_and_every_file_its_interpretation() -> None:
    files = {path.stem for path in tool.FOLDER.glob("[0-9]*.md")}

    assert {reading.name for reading in questions.INTERPRETATIONS} == files


@pytest.mark.parametrize("reading", questions.INTERPRETATIONS, ids=lambda reading: reading.name)
def test_the_file_of_an_interpretation_is_written_from_its_record(reading: Interpretation) -> None:
    written = (tool.FOLDER / f"{reading.name}.md").read_text(encoding="utf-8")

    assert written == tool.markdown(reading), "run: python -m tools.interpretations"


@pytest.mark.parametrize("reading", questions.INTERPRETATIONS, ids=lambda reading: reading.name)
def test_an_interpretation_weighs_at_least_two_readings_and_says_why_it_chose(reading: Interpretation) -> None:
    assert len(reading.considered) >= 2
    assert reading.reason.endswith(".")


def test_the_numbers_of_interpretations_follow_each_other() -> None:
    numbers = [each.number for each in questions.INTERPRETATIONS]

    assert len(set(numbers)) == len(numbers)


def test_what_a_rule_names_itself_or_through_a_period_is_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def counted() -> tuple[str, ...]:
        return tuple(note for reading in PERIOD.readings for note in reading.reservations())

    def rule() -> tuple[str, ...]:
        return (*CHOSEN.reservations(), *(note for note in counted()))

    # Only the law's own code is looked into.
    assert readings_behind(rule) == ()
    monkeypatch.setattr(rule, "__module__", "guichet.law.acts.x", raising=False)
    monkeypatch.setattr(counted, "__module__", "guichet.law.acts.x", raising=False)

    assert readings_behind(rule) == (CHOSEN, OTHER)


def test_the_window_of_delivery_rests_on_what_working_days_are() -> None:
    assert reliance.resting_on(_named(1)) == ("cgv.delivery_window", "cgv.order")
    assert "cgv.order" in reliance.resting_on(_named(8))
    assert "cgv.delivery_window" not in reliance.resting_on(_named(8))


def test_what_cites_a_passage_without_naming_its_reading_is_told_apart() -> None:
    assert reliance.resting_on(_named(6)) == ()
    assert reliance.citing(_named(3)) == ("cgv.may_cancel", "cgv.refund_due", "cgv.order")
