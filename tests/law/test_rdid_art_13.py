"""RDId 13: the thirty days to appeal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law.kernel.calendar import easter, is_working_day
from guichet.law.questions import ask


def walked(notified_on: date) -> date:
    """The last day found by walking the calendar: thirty counted days, none in a suspension, then a working day."""
    day, counted = notified_on, 0
    while counted < 30:
        day += timedelta(days=1)
        counted += not suspended(day)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def suspended(day: date) -> bool:
    """Seven days around Easter, mid July to mid August, 18 December to 2 January, all inclusive."""
    around_easter = abs((day - easter(day.year)).days) <= 7
    return (
        around_easter
        or date(day.year, 7, 15) <= day <= date(day.year, 8, 15)
        or (day.month, day.day) >= (12, 18)
        or (day.month, day.day) <= (1, 2)
    )


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_the_last_day_is_that_of_a_walk_through_the_calendar(notified_on: date) -> None:
    assert ask("rdid.appeal_last_day", on="2026-01-01", notified_on=notified_on).require() == {
        "last_day": walked(notified_on)
    }


@pytest.mark.parametrize(
    ("notified_on", "last_day"),
    [("2026-03-20", "2026-05-04"), ("2026-01-05", "2026-02-04"), ("2026-07-01", "2026-09-01")],
)
def test_thirty_days_are_counted_from_the_notification(notified_on: str, last_day: str) -> None:
    answer = ask("rdid.appeal_last_day", on="2026-01-01", notified_on=notified_on)

    assert answer.to_json()["value"] == {"last_day": last_day}
    assert [ref.cite for ref in answer.because][:2] == ["art. 13 RDId", "art. 17 LPA"]


def test_the_text_counts_from_the_rendering_which_is_said() -> None:
    reservations = ask("rdid.appeal_last_day", on="2023-01-01", notified_on="2023-01-02").reservations

    assert "prononcé" in reservations[0]


def test_the_court_had_another_name_before_2011() -> None:
    answer = ask("rdid.appeal_last_day", on="2010-12-31", notified_on="2010-12-01")

    assert "1er janvier 2011" in answer.reservations[-1]
