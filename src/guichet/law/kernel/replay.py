"""A procedure run from its events: state, history, clocks, what is possible next and what is blocked, nothing stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import plain
from guichet.law.kernel.clocks import Clock, Deadline, Suspension, Unit, run
from guichet.law.kernel.inputs import BadInput, Input, read_day, read_instant
from guichet.law.kernel.moments import day_in_geneva
from guichet.law.kernel.procedures import ROLES, Procedure, Transition
from guichet.law.kernel.wording import write_date

_WHEN = "un instant ISO 8601 avec fuseau, ou une date AAAA-MM-JJ"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: the act, when (an aware instant, or a day), by which role, and its facts."""

    name: str
    at: date | datetime
    by: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day in Geneva."""
        return day_in_geneva(self.at) if isinstance(self.at, datetime) else self.at


@dataclass(frozen=True, slots=True)
class Taken:
    """An event applied: from which state, by which line of the table. Its declared facts are typed."""

    event: Event
    source: str
    transition: Transition

    @property
    def reservations(self) -> tuple[str, ...]:
        """Unsigned readings the line rests on, and passages whose wording of that day is not in our sources."""
        line = self.transition
        unheld = [(ref, ref.known_from) for ref in line.basis if ref.known_from and self.event.day < ref.known_from]
        return (
            *(note for reading in line.readings for note in reading.reservations()),
            *(
                f"Nos sources ne donnent l'{ref.cite} que tel qu'il est depuis le {write_date(day)}."
                for ref, day in unheld
            ),
        )

    def to_json(self) -> dict[str, Any]:
        """One line of the history."""
        declared = {fact.name for fact in self.transition.facts}
        return {
            "event": self.event.name,
            "at": self.event.at.isoformat(),
            "by": self.event.by,
            "from": self.source,
            "to": self.transition.target,
            "done": self.transition.done,
            "facts": {name: plain(value) for name, value in self.event.facts.items() if name in declared},
            "basis": [ref.to_json() for ref in self.transition.basis],
            "reservations": list(self.reservations),
        }


@dataclass(slots=True)
class Running:
    """A clock of the case: open, closed by an event (late, if its last day had passed), or expired on the day looked at."""

    deadline: Deadline
    started_by: str
    closed_by: str = ""
    is_late: bool = False

    @property
    def name(self) -> str:
        """The name of the clock."""
        return self.deadline.clock.name

    def is_open(self, at: date | datetime) -> bool:
        """Whether it still runs at a moment: neither closed nor over."""
        return not self.closed_by and not self.deadline.has_run(at)

    def close(self, event: Event) -> None:
        """Stop it."""
        self.closed_by, self.is_late = event.name, self.deadline.has_run(event.at)

    def status(self, on: date) -> str:
        """``closed``, ``expired`` (the last day has passed) or ``open``."""
        if self.closed_by:
            return "closed"
        return "open" if self.is_open(on) else "expired"

    def to_json(self, on: date) -> dict[str, Any]:
        """The clock with the days it gives and how they were reached."""
        deadline, clock = self.deadline, self.deadline.clock
        return {
            "name": clock.name,
            "title": clock.title,
            "started_by": self.started_by,
            "started_on": deadline.started_on.isoformat(),
            "earliest": deadline.earliest.isoformat() if deadline.earliest else None,
            "raw_last_day": deadline.raw.isoformat(),
            "last_day": deadline.last_day.isoformat(),
            "until": deadline.until.isoformat() if deadline.until else None,
            "indicative": clock.indicative,
            "status": self.status(on),
            "closed_by": self.closed_by or None,
            "late": self.is_late,
            "basis": [ref.to_json() for ref in clock.basis],
            "steps": [step.to_json() for step in deadline.steps],
            "reservations": list(deadline.reservations),
        }


@dataclass(frozen=True, slots=True)
class Blocked:
    """What may not happen now, why, and until when (a last day or instant, inclusive) if a clock keeps it."""

    act: str
    why: str
    basis: tuple[Ref, ...]
    until: date | datetime | None = None

    @property
    def sentence(self) -> str:
        """Why not, as a French sentence for whoever tried."""
        until = f" Possible après le {write_date(self.until)}." if self.until else ""
        return f"{self.why}{until}"

    def to_json(self) -> dict[str, Any]:
        """The object of the public contract."""
        return {
            "event": self.act,
            "why": self.why,
            "basis": [ref.to_json() for ref in self.basis],
            "until": self.until.isoformat() if self.until else None,
        }


@dataclass(frozen=True, slots=True)
class Replay:
    """Where a case stands on a day."""

    procedure: Procedure
    on: date
    state: str
    history: tuple[Taken, ...]
    clocks: tuple[Running, ...]

    @property
    def possible(self) -> tuple[Transition, ...]:
        """The lines of the table that an event of that day may follow."""
        return tuple(line for line in self.procedure.possible(self.state) if self.obstacle(line, self.on) is None)

    @property
    def blocked(self) -> tuple[Blocked, ...]:
        """What may not happen now, and why."""
        lines = (self.obstacle(line, self.on) for line in self.procedure.possible(self.state))
        blocks = self.procedure.blocked(self.state)
        return (
            *(Blocked(block.act, block.why, block.basis) for block in blocks),
            *(obstacle for obstacle in lines if obstacle),
        )

    @property
    def happened(self) -> frozenset[str]:
        """The acts that have happened and still count."""
        counted: frozenset[str] = frozenset()
        for taken in self.history:
            counted = (counted - set(taken.transition.renews)) | {taken.event.name}
        return counted

    def after(self, event: Event) -> Replay:
        """Where the case stands once an event has followed; this standing is not used any more.

        Raises:
            BadInput: the event is malformed, out of order, too early for a clock, or by the wrong role.
        """
        return _apply(self, len(self.history), event, Suspension.IGNORE)

    def obstacle(self, line: Transition, at: date | datetime) -> Blocked | None:
        """What keeps a line of this state from being taken at a moment: an act before it, or a clock that runs."""
        happened = self.happened
        if not line.is_open_after(happened):
            words = self.procedure.exclusion(line, self.state, happened)
            return Blocked(line.act, words.why, words.basis) if words else Blocked(line.act, _unmet(line), line.basis)
        running = [clock.deadline for clock in self.clocks if clock.name in line.awaits and clock.is_open(at)]
        if not running:
            return None
        longest = max(running, key=lambda deadline: deadline.last_day)
        return Blocked(line.act, _unmet(line), line.basis, longest.until or longest.last_day)

    def to_json(self) -> dict[str, Any]:
        """The object of the public contract."""
        return {
            "procedure": self.procedure.name,
            "on": self.on.isoformat(),
            "state": self.state,
            "history": [taken.to_json() for taken in self.history],
            "clocks": [clock.to_json(self.on) for clock in self.clocks],
            "possible": [_write_transition(transition) for transition in self.possible],
            "blocked": [blocked.to_json() for blocked in self.blocked],
        }


def replay(
    procedure: Procedure, events: Sequence[Any], *, on: date, suspension: Suspension = Suspension.IGNORE
) -> Replay:
    """Apply events (or their JSON objects) in their order, all or nothing.

    Facts that a line does not declare belong to the case and are not read. ``suspension`` is the reading of clocks that
    leave it open.

    Raises:
        BadInput: an event is malformed, earlier than the one before it, out of order, too early for a clock, or by the
            wrong role; the refusal names it and lists what was possible.
    """
    case = Replay(procedure, on, procedure.initial, (), ())
    for place, given in enumerate(events):
        case = _apply(case, place, read_event(place, given), suspension)
    return case


def read_event(place: int, given: Any) -> Event:
    """An event, or the one a JSON object tells; ``place`` is its position, counted from 0.

    Raises:
        BadInput: it is no object, or its name, moment or role cannot be read.
    """
    if isinstance(given, Event):
        return given
    if not isinstance(given, Mapping):
        raise BadInput(f"events[{place}]", given, 'un objet {"event", "at", "by", faits…}')
    facts = dict(given)
    name, at, by = facts.pop("event", None), facts.pop("at", None), facts.pop("by", None)
    if not isinstance(name, str):
        raise BadInput(f"events[{place}].event", name, "le nom d'un événement")
    moment = read_instant(at) or read_day(at)
    if moment is None:
        raise BadInput(f"events[{place}].at", at, _WHEN)
    if not isinstance(by, str) or by not in ROLES:
        raise BadInput(f"events[{place}].by", by, list(ROLES))
    return Event(name, moment, by, facts)


def _apply(case: Replay, place: int, event: Event, suspension: Suspension) -> Replay:
    line, event = _allowed(case, place, event)
    if case.history and _is_before(event, case.history[-1].event):
        raise BadInput(f"events[{place}].at", event.at.isoformat(), "un moment qui ne précède pas l'événement d'avant")
    _check_guard(case, line, place, event)
    history = (*case.history, Taken(event, case.state, line))
    for clock in case.clocks:
        if clock.name in line.closes and not clock.closed_by:
            clock.close(event)
    opened = [_start(clock, place, history, suspension) for clock in line.opens if _starts(clock, event)]
    return replace(case, state=line.target, history=history, clocks=(*case.clocks, *opened))


def _allowed(case: Replay, place: int, event: Event) -> tuple[Transition, Event]:
    """The line an event follows, and the event with its declared facts read."""
    lines = [line for line in case.procedure.possible(case.state) if line.act == event.name]
    if not lines:
        raise BadInput(f"events[{place}].event", event.name, _acts(case, event.at))
    roles = frozenset().union(*(line.who for line in lines))
    if event.by not in roles:
        raise BadInput(f"events[{place}].by", event.by, sorted(roles))
    line = _choose(lines, place, event)
    if event.by not in line.who:
        raise BadInput(f"events[{place}].by", event.by, sorted(line.who))
    facts = {fact.name: _read_fact(fact, place, event) for fact in line.facts}
    told = {name: value for name, value in facts.items() if value is not None}
    return line, replace(event, facts={**event.facts, **told})


def _choose(lines: Sequence[Transition], place: int, event: Event) -> Transition:
    for line in lines:
        told = {fact.name: _read_fact(fact, place, event) for fact in line.facts if fact.name in line.when}
        if all(told[name] in words for name, words in line.when.items()):
            return line
    name = next(iter(lines[0].when))
    accepted = [word for line in lines for word in line.words(name)]
    raise BadInput(f"events[{place}].{name}", event.facts.get(name), accepted)


def _read_fact(fact: Input, place: int, event: Event) -> Any:
    if fact.name not in event.facts and not fact.required:
        return fact.default
    given = event.facts.get(fact.name)
    try:
        return fact.read(given, None)
    except BadInput as error:
        raise BadInput(f"events[{place}].{fact.name}", given, error.accepted) from None


def _check_guard(case: Replay, line: Transition, place: int, event: Event) -> None:
    obstacle = case.obstacle(line, event.at)
    if obstacle is None:
        return
    if obstacle.until is None:
        raise BadInput(f"events[{place}].event", event.name, _acts(case, event.at))
    cited = ", ".join(ref.cite for ref in obstacle.basis)
    otherwise = ", ".join(_acts(case, event.at))
    accepted = f"après le {obstacle.until.isoformat()} ({cited}) ; jusque-là : {otherwise}"
    raise BadInput(f"events[{place}].at", event.at.isoformat(), accepted)


def _acts(case: Replay, at: date | datetime) -> list[str]:
    """The acts possible at a moment, each once."""
    lines = case.procedure.possible(case.state)
    return list(dict.fromkeys(line.act for line in lines if case.obstacle(line, at) is None))


def _is_before(event: Event, previous: Event) -> bool:
    if isinstance(event.at, datetime) and isinstance(previous.at, datetime):
        return event.at < previous.at
    return event.day < previous.day


def _starts(clock: Clock, event: Event) -> bool:
    return clock.length > 0 or _dated(event, clock) is not None


def _start(clock: Clock, place: int, history: Sequence[Taken], suspension: Suspension) -> Running:
    opening = history[-1].event
    if _dated(opening, clock) is None:
        earlier = (taken.event for taken in reversed(history) if taken.event.name == clock.counted_from)
        opening = next(earlier, opening)
    fact = _dated(opening, clock)
    where = f"events[{place}].{'at' if fact is None else clock.fact}"
    return _run(clock, opening.at if fact is None else fact, opening.name, where, suspension)


def _dated(event: Event, clock: Clock) -> date | datetime | None:
    """The dated fact a clock starts from; what the line does not declare was not read, and is none."""
    fact = event.facts.get(clock.fact)
    return fact if isinstance(fact, date) else None


def _run(clock: Clock, started: date | datetime, by: str, where: str, suspension: Suspension) -> Running:
    if clock.unit is Unit.HOURS and not isinstance(started, datetime):
        raise BadInput(where, started.isoformat(), "un instant ISO 8601 avec fuseau : ce délai se compte en heures")
    return Running(run(clock, started, suspension=suspension), by)


def _unmet(line: Transition) -> str:
    return f"Possible seulement à cette condition : {line.guard[:1].lower()}{line.guard[1:]}"


def _write_transition(transition: Transition) -> dict[str, Any]:
    return {
        "event": transition.act,
        "by": sorted(transition.who),
        "to": transition.target,
        "label": transition.label,
        "guard": transition.guard or None,
        "basis": [ref.to_json() for ref in transition.basis],
    }
