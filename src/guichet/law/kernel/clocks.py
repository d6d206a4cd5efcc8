"""Periods and their last days: one engine for every text.

The day after the event is day 1. A last day on a Saturday, a Sunday or a legal holiday moves to the next working day
(LPA art. 17). Days inside a period of suspension do not count where the clock says so (LPA art. 63 al. 1). Working days
are Monday to Friday less the nine legal holidays. Every skipped day is kept, with why.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Step, Steps
from guichet.law.kernel.calendar import HOLIDAYS, ONE_DAY, easter, holidays, why_not_working, working_day_after
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.moments import day_in_geneva, hours_after
from guichet.law.kernel.wording import write_day, write_instant

_CASES = "https://justice.ge.ch : ATA/427/2023, ATA/436/2024"
COUNTING = Ref("LPA", "17", outside=True, source=_CASES)
SUSPENSION = {letter: Ref("LPA", f"63/1/{letter}", outside=True, source=_CASES) for letter in "abc"}


class Unit(StrEnum):
    """What a period is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


UNIT_NAMES = {
    Unit.HOURS: "heures",
    Unit.DAYS: "jours",
    Unit.WORKING_DAYS: "jours ouvrables",
    Unit.MONTHS: "mois",
    Unit.YEARS: "ans",
}


class Suspension(StrEnum):
    """Whether the periods of suspension of LPA 63 apply to a period for which no text settles it."""

    APPLY = "apply"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A period fixed by a text (*délai*): how long, from which event, and how it is counted.

    With ``at_least`` it is a window: from that day to ``length``. ``indicative`` binds nobody. ``counted_from`` names
    the event that starts it, in place of the one that opens it, and ``fact`` the dated fact of either that wins over its
    day. A clock of no length ends on the very day its ``fact`` names, and runs only if the
    event carries it. ``moves`` is false where the last day may be any day. ``suspends`` is ``None`` where no text settles
    whether suspensions apply: whoever counts says which `Suspension` to read, and the other date is a reservation.
    """

    name: str
    title: str
    length: int
    unit: Unit
    basis: tuple[Ref, ...]
    at_least: int | None = None
    indicative: bool = False
    suspends: bool | None = False
    moves: bool = True
    counted_from: str = ""
    fact: str = ""
    readings: tuple[Interpretation, ...] = ()

    def __hash__(self) -> int:
        # Counted days are kept by clock and day; clocks that share a name are told apart by comparison.
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Days that did not count, first and last included, and why."""

    first: date
    last: date
    why: str
    basis: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The days a clock gives for one event: ``raw`` as counted, ``last_day`` as it applies (inclusive).

    A clock in hours also ends at an instant, ``until`` (inclusive, in Europe/Zurich), which lies on its last day.
    """

    clock: Clock
    started_on: date
    raw: date
    last_day: date
    earliest: date | None = None
    uncounted: tuple[Skipped, ...] = ()
    reservations: tuple[str, ...] = ()
    until: datetime | None = None

    def has_run(self, at: date | datetime) -> bool:
        """Whether the period is over at a moment: after its last day, or after its instant where both are known."""
        if not isinstance(at, datetime):
            return at > self.last_day
        return at > self.until if self.until else day_in_geneva(at) > self.last_day

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Every day that did not count on the way, with why."""
        if self.clock.unit is not Unit.WORKING_DAYS:
            return self.uncounted
        days = (self.started_on + timedelta(days=n) for n in range(1, (self.raw - self.started_on).days))
        return tuple(
            Skipped(day, day, why, HOLIDAYS if day in holidays(day.year) else self.clock.basis[0])
            for day in days
            if (why := why_not_working(day))
        )

    @property
    def steps(self) -> Steps:
        """The derivation, day by day, in French; written when somebody reads it."""
        return Steps(self._derivation)

    def _derivation(self) -> tuple[Step, ...]:
        clock = self.clock
        if self.until:
            return (Step(f"{clock.length} heures après : {write_instant(self.until)}.", clock.basis, self.last_day),)
        if not clock.length:
            return (Step(f"Jour fixé : {write_day(self.raw)}.", clock.basis, self.raw),)
        found = [
            Step(f"L'événement a lieu le {write_day(self.started_on)} ; le jour suivant compte pour 1.", clock.basis)
        ]
        found += [Step(_write_skip(skip), (skip.basis,)) for skip in self.skipped]
        unit = UNIT_NAMES[clock.unit]
        if self.earliest:
            found.append(
                Step(f"{clock.at_least} {unit} après : {write_day(self.earliest)}.", clock.basis, self.earliest)
            )
        found.append(Step(f"{clock.length} {unit} après : {write_day(self.raw)}.", clock.basis, self.raw))
        if self.last_day != self.raw:
            found.append(
                Step(f"Report au premier jour ouvrable : {write_day(self.last_day)}.", (COUNTING,), self.last_day)
            )
        return tuple(found)


def write_length(clock: Clock) -> str:
    """« 7 à 14 jours ouvrables, indicatif », « 30 jours »; of no length, « jusqu'au jour indiqué »."""
    if not clock.length:
        return "jusqu'au jour indiqué"
    window = f"{clock.at_least} à " if clock.at_least is not None else ""
    return f"{window}{clock.length} {UNIT_NAMES[clock.unit]}{', indicatif' if clock.indicative else ''}"


def run(clock: Clock, started: date | datetime, *, suspension: Suspension = Suspension.IGNORE) -> Deadline:
    """Count a clock from the day of its event, or from its instant for a clock in hours.

    ``suspension`` is read only where the clock leaves the question open.
    """
    if clock.unit is Unit.HOURS:
        return _run_hours(clock, started)
    started_on = day_in_geneva(started) if isinstance(started, datetime) else started
    if clock.unit is Unit.WORKING_DAYS:
        return _run_working_days(clock, started_on)
    suspends = suspension is Suspension.APPLY if clock.suspends is None else clock.suspends
    return _run_days(clock, started_on, suspends=suspends)


def suspension_of(day: date) -> Skipped | None:
    """The period of suspension that holds this day, all its days inclusive; nothing on an ordinary day."""
    nearest = next(period for period in _suspensions_from(day.year) if period.last >= day)
    return nearest if nearest.first <= day else None


def add_months(day: date, months: int) -> date:
    """The same day of the month, that many months later; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def _run_days(clock: Clock, started_on: date, *, suspends: bool) -> Deadline:
    raw, suspended = _count(clock, started_on, suspends=suspends)
    last_day, moved = _next_working_day(raw) if clock.moves else (raw, ())
    return Deadline(
        clock=clock,
        started_on=started_on,
        raw=raw,
        last_day=last_day,
        uncounted=(*suspended, *moved),
        reservations=_reservations(clock) + _doubts(clock, started_on, last_day, suspends=suspends),
    )


def _count(clock: Clock, started_on: date, *, suspends: bool) -> tuple[date, tuple[Skipped, ...]]:
    if clock.unit is Unit.MONTHS:
        return add_months(started_on, clock.length), ()
    if clock.unit is Unit.YEARS:
        return add_months(started_on, 12 * clock.length), ()
    day = started_on + timedelta(days=clock.length)
    if not suspends:
        return day, ()
    skipped = []
    for period in _suspensions_from(started_on.year):
        if period.first > day:
            break
        if period.last > started_on:
            skipped.append(period)
            day += period.last - max(period.first - ONE_DAY, started_on)
    return day, tuple(skipped)


@lru_cache(maxsize=1024)
def _suspensions_from(year: int) -> tuple[Skipped, ...]:
    """The periods of suspension in their order, from the one the year before leaves open to the end of the second year
    after: periods counted in days are far shorter."""
    return (_suspensions_of(year - 1)[-1], *(period for n in range(3) for period in _suspensions_of(year + n)))


def _suspensions_of(year: int) -> tuple[Skipped, ...]:
    sunday, week = easter(year), timedelta(days=7)
    periods = (
        ("a", sunday - week, sunday + week),
        ("b", date(year, 7, 15), date(year, 8, 15)),
        ("c", date(year, 12, 18), date(year + 1, 1, 2)),
    )
    return tuple(Skipped(first, last, "suspension des délais", SUSPENSION[letter]) for letter, first, last in periods)


def _doubts(clock: Clock, started_on: date, last_day: date, *, suspends: bool) -> tuple[str, ...]:
    moved = _moved_into_suspension(last_day) if suspends else ()
    if clock.suspends is None:
        return moved + _other_reading(clock, started_on, last_day, suspends=suspends)
    return moved


def _other_reading(clock: Clock, started_on: date, last_day: date, *, suspends: bool) -> tuple[str, ...]:
    """The date of the reading not chosen, where it differs."""
    other, _ = _count(clock, started_on, suspends=not suspends)
    if clock.moves:
        other, _ = _next_working_day(other)
    if other == last_day:
        return ()
    reading = "Sans suspension des délais" if suspends else "Si les délais étaient suspendus (art. 63 al. 1 LPA)"
    return (f"{reading}, le dernier jour serait le {write_day(other)}.",)


def _run_hours(clock: Clock, started: date | datetime) -> Deadline:
    if not isinstance(started, datetime):
        raise TypeError(f"{clock.name} is counted in hours: it starts at an instant")
    until = hours_after(started, clock.length)
    day = day_in_geneva(until)
    return Deadline(
        clock=clock,
        started_on=day_in_geneva(started),
        raw=day,
        last_day=day,
        reservations=_reservations(clock),
        until=until,
    )


def _next_working_day(day: date) -> tuple[date, tuple[Skipped, ...]]:
    skipped = []
    while why := why_not_working(day):
        skipped.append(Skipped(day, day, why, _why_basis(day)))
        day += ONE_DAY
    return day, tuple(skipped)


def _run_working_days(clock: Clock, started_on: date) -> Deadline:
    last_day = working_day_after(started_on, clock.length)
    return Deadline(
        clock=clock,
        started_on=started_on,
        raw=last_day,
        last_day=last_day,
        earliest=working_day_after(started_on, clock.at_least) if clock.at_least else None,
        reservations=_reservations(clock),
    )


def _reservations(clock: Clock) -> tuple[str, ...]:
    return tuple(note for reading in clock.readings for note in reading.reservations())


def _moved_into_suspension(last_day: date) -> tuple[str, ...]:
    period = suspension_of(last_day)
    if period is None:
        return ()
    other, _ = _next_working_day(period.last + ONE_DAY)
    doubt = f"Le report tombe dans une période de suspension : l'autre lecture donne le {write_day(other)}"
    return (f"{doubt} ; la date la plus proche est la plus sûre.",)


def _why_basis(day: date) -> Ref:
    return HOLIDAYS if day in holidays(day.year) else COUNTING


def _write_skip(skip: Skipped) -> str:
    if skip.first == skip.last:
        return f"Le {write_day(skip.first)} ne compte pas : {skip.why}."
    return f"Du {write_day(skip.first)} au {write_day(skip.last)} : {skip.why}."
