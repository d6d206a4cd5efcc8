"""Periods counted by the one engine, against a walker that goes day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.calendar import is_working_day
from guichet.law.kernel.clocks import Clock, Unit, add_months, run, suspension_of
from guichet.law.kernel.moments import day_in_geneva, hours_after
from guichet.law.terms.readings import APPEAL_COUNTING

APPEAL = Clock(
    name="appeal",
    title="Recours",
    length=30,
    unit=Unit.DAYS,
    basis=(Ref("LPA", "62/1/a", outside=True),),
    suspends=True,
    readings=(APPEAL_COUNTING,),
)
TEN_DAYS = replace(APPEAL, length=10, suspends=False)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def _walk(start: date, length: int, *, suspends: bool) -> tuple[date, date]:
    """The raw and the adjusted last day, the slow way: from the law's words, without the engine's periods."""
    day, left = start, length
    while left:
        day += timedelta(days=1)
        left -= not (suspends and _suspended(day))
    raw = day
    while not is_working_day(day):
        day += timedelta(days=1)
    return raw, day


def _suspended(day: date) -> bool:
    from dateutil.easter import easter

    around_easter = abs((day - easter(day.year)).days) <= 7
    summer = (7, 15) <= (day.month, day.day) <= (8, 15)
    winter = (day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 2)
    return around_easter or summer or winter


@given(DAYS, st.integers(1, 90), st.booleans())
def test_the_engine_reaches_the_same_days_as_a_walker(start: date, length: int, suspends: bool) -> None:  # noqa: FBT001
    deadline = run(replace(APPEAL, length=length, suspends=suspends), start)

    assert (deadline.raw, deadline.last_day) == _walk(start, length, suspends=suspends)


@given(DAYS)
def test_a_last_day_is_always_worked_and_never_before_the_raw_one(start: date) -> None:
    deadline = run(APPEAL, start)

    assert is_working_day(deadline.last_day)
    assert deadline.last_day >= deadline.raw


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 29), date(2026, 4, 12)),
        (date(2025, 7, 15), date(2025, 8, 15)),
        (date(2025, 12, 18), date(2026, 1, 2)),
    ],
)
def test_a_period_of_suspension_holds_both_its_ends_and_not_its_neighbours(first: date, last: date) -> None:
    one = timedelta(days=1)

    assert suspension_of(first) == suspension_of(last)
    assert suspension_of(first) is not None
    assert suspension_of(first - one) is suspension_of(last + one) is None


def test_ten_days_from_a_thursday_end_on_the_monday_after_a_sunday() -> None:
    deadline = run(TEN_DAYS, date(2026, 2, 5))

    assert (deadline.raw, deadline.last_day) == (date(2026, 2, 15), date(2026, 2, 16))
    assert [skip.why for skip in deadline.skipped] == ["dimanche"]


def test_every_step_says_what_was_skipped_and_on_what_basis() -> None:
    deadline = run(APPEAL, date(2026, 3, 25))

    texts = [step.text for step in deadline.steps]
    assert "Du dimanche 29 mars 2026 au dimanche 12 avril 2026 : suspension des délais." in texts
    assert all(step.basis for step in deadline.steps)


def test_a_last_day_off_on_a_legal_holiday_cites_the_law_on_holidays() -> None:
    deadline = run(TEN_DAYS, date(2026, 7, 22))

    assert [skip.basis.text for skip in deadline.skipped] == ["J 1 45", "LPA"]
    assert deadline.last_day == date(2026, 8, 3)
    assert deadline.steps[-1].reached == date(2026, 8, 3)


def test_a_report_into_a_suspension_tells_the_other_reading() -> None:
    deadline = run(APPEAL, date(2029, 6, 14))

    assert (deadline.raw, deadline.last_day) == (date(2029, 7, 14), date(2029, 7, 16))
    assert "jeudi 16 août 2029" in deadline.reservations[-1]


def test_an_unsigned_reading_is_told_and_a_signed_one_is_not() -> None:
    signed = replace(APPEAL, readings=(replace(APPEAL_COUNTING, signed_by="la juriste"),))

    assert any("n° 8" in note for note in run(APPEAL, date(2026, 2, 2)).reservations)
    assert run(signed, date(2026, 2, 2)).reservations == ()


@pytest.mark.parametrize(
    ("unit", "length", "start", "last"),
    [
        (Unit.MONTHS, 3, date(2026, 11, 30), date(2027, 2, 28)),
        (Unit.MONTHS, 1, date(2026, 12, 15), date(2027, 1, 15)),
        (Unit.YEARS, 2, date(2024, 2, 29), date(2026, 2, 28)),
    ],
)
def test_months_and_years_end_on_the_same_day_or_the_last_of_the_month(
    unit: Unit, length: int, start: date, last: date
) -> None:
    deadline = run(replace(TEN_DAYS, unit=unit, length=length, moves=False), start)

    assert deadline.raw == deadline.last_day == last


def test_a_window_of_working_days_counts_both_its_ends_from_the_day_after() -> None:
    window = replace(TEN_DAYS, unit=Unit.WORKING_DAYS, at_least=7, length=14)

    deadline = run(window, date(2026, 3, 30))

    assert (deadline.earliest, deadline.last_day) == (date(2026, 4, 10), date(2026, 4, 21))
    assert [skip.why for skip in deadline.skipped][:4] == ["Vendredi saint", "samedi", "dimanche", "lundi de Pâques"]
    assert run(replace(window, at_least=None), date(2026, 3, 30)).earliest is None


def test_months_added_never_leave_the_calendar() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)


def test_forty_eight_hours_are_real_hours_across_summer_time() -> None:
    asked_at = datetime(2026, 3, 28, 11, 0, tzinfo=UTC)

    assert hours_after(asked_at, 48).isoformat() == "2026-03-30T13:00:00+02:00"


def test_half_past_eleven_at_night_in_utc_is_the_next_day_in_geneva() -> None:
    assert day_in_geneva(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert day_in_geneva(datetime(2026, 1, 1, 22, 59, tzinfo=UTC)) == date(2026, 1, 1)
