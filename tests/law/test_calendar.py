"""The nine legal holidays of J 1 45 art. 1 al. 1 and the working days they leave."""

from __future__ import annotations

from datetime import date, timedelta

import holidays as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law.kernel.calendar import easter, holidays, is_working_day, why_not_working, working_day_after


@pytest.mark.parametrize("year", range(1970, 2061))
def test_the_nine_holidays_agree_with_an_independent_calendar(year: int) -> None:
    known = set(oracle.Switzerland(subdiv="GE", years=year))

    assert set(holidays(year)) == known
    assert len(holidays(year)) == 9


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2023, (4, 9)),
        (2024, (3, 31)),
        (2025, (4, 20)),
        (2026, (4, 5)),
        (2027, (3, 28)),
        (2038, (4, 25)),
        (1818, (3, 22)),
    ],
)
def test_easter_falls_on_its_known_sundays(year: int, sunday: tuple[int, int]) -> None:
    assert easter(year) == date(year, *sunday)


@pytest.mark.parametrize("day", [date(2026, 1, 2), date(2026, 5, 1), date(2028, 12, 26)])
def test_the_second_of_january_the_first_of_may_and_boxing_day_are_worked(day: date) -> None:
    assert is_working_day(day)


def test_a_day_off_says_why_it_is_one() -> None:
    days = (date(2026, 9, 10), date(2026, 9, 12), date(2026, 9, 13), date(2026, 9, 14))

    assert [why_not_working(day) for day in days] == ["Jeûne genevois", "samedi", "dimanche", None]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 400))
def test_the_nth_working_day_is_the_one_a_walker_reaches(start: date, count: int) -> None:
    day, left = start, count
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)

    assert working_day_after(start, count) == day
