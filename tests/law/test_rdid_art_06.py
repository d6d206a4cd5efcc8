"""RDId 6 and 11: who is a minor, day by day, against a walk of every birthday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law.kernel.answers import Unknown
from guichet.law.questions import ask

KNOWN_FROM, HORIZON = date(2010, 3, 1), date(2023, 8, 29)
BIRTHS = st.dates(date(1940, 1, 1), HORIZON)
LEAP_BIRTHS = st.sampled_from([date(year, 2, 29) for year in range(1940, 2024, 4)])


def completed_years(born: date, on: date) -> int:
    """Years of life completed, counted birthday by birthday; one born on 29 February completes a common year on 1 March."""
    years, day = 0, born
    while True:
        year = day.year + 1
        is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        if (born.month, born.day) == (2, 29):
            day = date(year, 2, 29) if is_leap else date(year, 3, 1)
        else:
            day = date(year, born.month, born.day)
        if day > on:
            return years
        years += 1


@given(st.one_of(BIRTHS, LEAP_BIRTHS), st.integers(-3, 3))
def test_a_person_is_a_minor_until_eighteen_years_are_completed(born: date, around: int) -> None:
    on = min(date(born.year + 18, 2, 28) if born.month == 2 else date(born.year + 18, born.month, born.day), HORIZON)
    on = max(on + timedelta(days=around), born, KNOWN_FROM)

    answer = ask("rdid.minor", on=on, born=born)

    assert answer.require() == {"minor": completed_years(born, on) < 18}


@given(BIRTHS, st.dates(KNOWN_FROM, HORIZON))
def test_on_any_day_minority_is_a_matter_of_completed_years(born: date, on: date) -> None:
    if born <= on:
        assert ask("rdid.minor", on=on, born=born).require()["minor"] is (completed_years(born, on) < 18)


@pytest.mark.parametrize(
    ("on", "minor", "note"),
    [("2020-05-01", True, False), ("2020-05-02", False, True), ("2020-05-03", False, False)],
)
def test_the_day_of_the_eighteenth_birthday_is_that_of_an_adult_by_interpretation(
    on: str,
    minor: bool,
    note: bool,  # noqa: FBT001
) -> None:
    answer = ask("rdid.minor", on=on, born="2002-05-02")

    assert answer.require() == {"minor": minor}
    assert any("Interprétation n° 9" in each for each in answer.reservations) is note


@pytest.mark.parametrize(("on", "minor"), [("2022-02-28", True), ("2022-03-01", False)])
def test_whoever_was_born_on_29_february_is_an_adult_from_1_march(on: str, minor: bool) -> None:  # noqa: FBT001
    answer = ask("rdid.minor", on=on, born="2004-02-29")

    assert answer.require() == {"minor": minor}
    assert "Interprétation n° 10" in answer.reservations[0]


def test_the_answer_tells_the_day_from_which_the_person_is_an_adult() -> None:
    steps = ask("rdid.minor", on="2022-01-01", born="2004-07-09").steps

    assert [step.reached for step in steps] == [date(2022, 7, 9)]


def test_before_march_2010_the_bound_of_the_tariff_is_unknown() -> None:
    assert isinstance(ask("rdid.minor", on="2010-02-28", born="2000-01-01"), Unknown)
