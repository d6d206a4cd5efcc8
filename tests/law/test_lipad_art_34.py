"""Articles 34 and 61 al. 2: ten and thirty days to ask, forty-eight hours to answer, ten days to act."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import (
    ACTION,
    PUBLISHER,
    RECTIFICATION_FROM_KNOWLEDGE,
    RECTIFICATION_FROM_PUBLICATION,
)
from guichet.law.kernel.answers import Unknown
from guichet.law.kernel.moments import ZURICH
from guichet.law.questions import BadInput, ask

from .test_clocks import _walk as walk

TODAY = date(2025, 1, 11)
DAYS = st.dates(date(2010, 1, 1), date(2090, 12, 31))
INSTANTS = st.datetimes(datetime(2010, 1, 1), datetime(2090, 12, 31), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("known_on", "published_on", "last_day"),
    [
        ("2026-03-02", "2026-03-02", "2026-03-12"),
        ("2026-03-20", "2026-03-02", "2026-03-30"),
        ("2026-03-25", "2026-03-02", "2026-04-01"),
        ("2026-07-10", "2026-07-09", "2026-07-20"),
        ("2026-12-21", "2026-12-21", "2027-01-04"),
    ],
)
def test_the_earlier_of_ten_days_from_knowledge_and_thirty_from_publication_wins(
    known_on: str, published_on: str, last_day: str
) -> None:
    answer = ask("lipad.rectification", on=TODAY, known_on=known_on, published_on=published_on)

    assert answer.to_json()["value"] == {"last_day": last_day}
    assert answer.because[0].cite == "art. 34 al. 1 LIPAD"
    assert [each.split(",")[0] for each in answer.reservations] == ["Interprétation n° 20"]


@given(DAYS, st.integers(0, 60))
def test_a_rectification_ends_as_a_walker_counts_it_and_is_never_suspended(published_on: date, days: int) -> None:
    known_on = published_on + timedelta(days=days)
    answer = ask("lipad.rectification", on=TODAY, known_on=known_on, published_on=published_on)

    _, from_knowledge = walk(known_on, 10, suspends=False)
    _, from_publication = walk(published_on, 30, suspends=False)
    assert answer.require() == {"last_day": min(from_knowledge, from_publication)}
    assert {from_knowledge, from_publication} <= {step.reached for step in answer.steps}
    assert any("déjà échu" in each for each in answer.reservations) == (from_publication < known_on)


def test_nothing_can_be_known_before_it_is_published() -> None:
    with pytest.raises(BadInput) as refused:
        ask("lipad.rectification", on=TODAY, known_on="2026-03-01", published_on="2026-03-02")

    assert refused.value.field == "known_on"
    assert refused.value.given == "2026-03-01"


@pytest.mark.parametrize(
    ("requested_at", "before"),
    [
        ("2026-03-02T09:30:00+01:00", "2026-03-04T09:30:00+01:00"),
        ("2026-03-28T10:00:00+01:00", "2026-03-30T11:00:00+02:00"),
        ("2026-03-27T01:30:00+01:00", "2026-03-29T01:30:00+01:00"),
        ("2026-03-27T02:30:00+01:00", "2026-03-29T03:30:00+02:00"),
        ("2026-10-24T10:00:00+02:00", "2026-10-26T09:00:00+01:00"),
        ("2026-10-23T02:30:00+02:00", "2026-10-25T02:30:00+02:00"),
        ("2026-10-23T03:30:00+02:00", "2026-10-25T02:30:00+01:00"),
        ("2026-12-31T23:30:00Z", "2027-01-03T00:30:00+01:00"),
    ],
)
def test_a_publisher_has_48_real_hours_whatever_summer_time_does(requested_at: str, before: str) -> None:
    answer = ask("lipad.publisher_answer", on=TODAY, requested_at=requested_at)

    assert answer.to_json()["value"] == {"before": before}
    assert [ref.cite for ref in answer.because] == ["art. 34 al. 2 LIPAD"]
    assert "Interprétation n° 26" in answer.reservations[0]


@given(INSTANTS)
def test_the_instant_is_48_hours_later_in_geneva_time(requested_at: datetime) -> None:
    before = ask("lipad.publisher_answer", on=TODAY, requested_at=requested_at).require()["before"]

    assert before.astimezone(UTC) - requested_at == timedelta(hours=48)
    assert before.tzinfo is ZURICH


def test_the_sentence_tells_the_hour() -> None:
    answer = ask("lipad.publisher_answer", on=TODAY, requested_at="2026-03-28T10:00:00+01:00")

    assert "lundi 30 mars 2026" in answer.say()
    assert "11 h 00" in answer.say()


@pytest.mark.parametrize(
    ("answered_on", "last_day", "other"),
    [("2026-03-02", "2026-03-12", ""), ("2026-07-10", "2026-07-20", "vendredi 21 août 2026")],
)
def test_an_action_is_brought_within_ten_days_with_the_other_reading_reserved(
    answered_on: str, last_day: str, other: str
) -> None:
    answer = ask("lipad.rectification_action", on=TODAY, answered_on=answered_on)

    assert answer.to_json()["value"] == {"last_day": last_day}
    assert any("serait le" in each for each in answer.reservations) == bool(other)
    assert other in answer.reservations[-1]


@given(DAYS)
def test_the_last_day_to_act_is_that_of_a_walker(answered_on: date) -> None:
    _, last_day = walk(answered_on, 10, suspends=False)

    assert ask("lipad.rectification_action", on=TODAY, answered_on=answered_on).require() == {"last_day": last_day}


def test_before_2010_the_right_of_rectification_is_unknown() -> None:
    for name, inputs in (
        ("lipad.rectification", {"known_on": "2009-12-02", "published_on": "2009-12-01"}),
        ("lipad.publisher_answer", {"requested_at": "2009-12-01T00:00:00Z"}),
        ("lipad.rectification_action", {"answered_on": "2009-12-01"}),
    ):
        answer = ask(name, on="2009-12-31", **inputs)

        assert isinstance(answer, Unknown)
        assert answer.before == date(2010, 1, 1)


def test_the_lengths_are_the_figures_of_the_text() -> None:
    asked = (RECTIFICATION_FROM_KNOWLEDGE, RECTIFICATION_FROM_PUBLICATION)

    assert LIPAD.provision("34/1").figures == tuple(str(clock.length) for clock in asked)
    assert LIPAD.provision("34/2").figures == (str(PUBLISHER.length),)
    assert LIPAD.provision("61/2").figures == (str(ACTION.length),)
