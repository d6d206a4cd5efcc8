"""Every clock of every act against somebody who walks the calendar day by day, with holidays told by another library."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import holidays as oracle
import pytest
from dateutil.easter import easter
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.law.check.inventory import whole_core
from guichet.law.kernel.clocks import Clock, Suspension, Unit, run

CLOCKS = {name: clock for name, clock in whole_core().clocks.items() if clock.length}
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=128)
def _feasts(year: int) -> frozenset[date]:
    return frozenset(oracle.Switzerland(subdiv="GE", years=year))


def _is_worked(day: date) -> bool:
    return day.weekday() < 5 and day not in _feasts(day.year)


def _is_suspended(day: date) -> bool:
    winter = (day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 2)
    summer = (7, 15) <= (day.month, day.day) <= (8, 15)
    return winter or summer or abs((day - easter(day.year)).days) <= 7


def _later_month(first: date, months: int) -> date:
    for _ in range(months):
        first += timedelta(days=monthrange(first.year, first.month)[1])
    return first


def _walked(clock: Clock, started: date, length: int, *, suspends: bool) -> date:
    """The raw last day, one day (or month) at a time."""
    if clock.unit in (Unit.MONTHS, Unit.YEARS):
        month = _later_month(started.replace(day=1), length * (12 if clock.unit is Unit.YEARS else 1))
        return month.replace(day=min(started.day, monthrange(month.year, month.month)[1]))
    day = started
    while length:
        day += ONE_DAY
        if clock.unit is Unit.WORKING_DAYS:
            length -= _is_worked(day)
        else:
            length -= not (suspends and _is_suspended(day))
    return day


def _moved(day: date) -> date:
    while not _is_worked(day):
        day += ONE_DAY
    return day


@pytest.mark.parametrize("name", [name for name, clock in CLOCKS.items() if clock.unit is not Unit.HOURS])
@pytest.mark.parametrize("reading", Suspension)
def test_the_last_day_is_the_walkers(name: str, reading: Suspension) -> None:
    clock = CLOCKS[name]
    suspends = reading is Suspension.APPLY if clock.suspends is None else clock.suspends

    # The other library needs a while for each new year.
    @settings(deadline=None)
    @given(DAYS)
    def agree(started: date) -> None:
        deadline = run(clock, started, suspension=reading)
        raw = _walked(clock, started, clock.length, suspends=suspends)
        moves = clock.moves and clock.unit is not Unit.WORKING_DAYS
        assert (deadline.raw, deadline.last_day) == (raw, _moved(raw) if moves else raw)
        if clock.at_least:
            assert deadline.earliest == _walked(clock, started, clock.at_least, suspends=suspends)

    agree()


@pytest.mark.parametrize("name", [name for name, clock in CLOCKS.items() if clock.unit is Unit.HOURS])
def test_hours_are_real_hours_whatever_the_clocks_on_the_wall_do(name: str) -> None:
    clock = CLOCKS[name]

    @given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC)))
    def agree(started: datetime) -> None:
        until = run(clock, started).until
        assert until is not None
        assert (until.astimezone(UTC) - started).total_seconds() == clock.length * 3600

    agree()


def test_every_text_with_a_period_has_its_clocks_here() -> None:
    assert {ref.text for clock in CLOCKS.values() for ref in clock.basis if not ref.outside} >= {"CGV", "LIPAD"}
