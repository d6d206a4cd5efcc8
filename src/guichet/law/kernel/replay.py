"""A procedure run from its events: state, history, clocks, what is possible next and what is blocked, nothing stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from guichet.law.kernel.clocks import Clock, Deadline, run
from guichet.law.kernel.inputs import BadInput, read_day, read_instant
from guichet.law.kernel.moments import day_in_geneva
from guichet.law.kernel.procedures import ROLES, Block, Procedure, Transition

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
    """An event applied: from which state, by which transition."""

    event: Event
    source: str
    transition: Transition

    def to_json(self) -> dict[str, Any]:
        """One line of the history."""
        return {
            "event": self.event.name,
            "at": self.event.at.isoformat(),
            "by": self.event.by,
            "from": self.source,
            "to": self.transition.target,
            "done": self.transition.done,
            "basis": [ref.to_json() for ref in self.transition.basis],
        }


@dataclass(slots=True)
class Running:
    """A clock of the case: open, closed by an event, or expired on the day looked at."""

    deadline: Deadline
    started_by: str
    closed_by: str = ""

    def status(self, on: date) -> str:
        """``closed``, ``expired`` (the last day has passed) or ``open``."""
        if self.closed_by:
            return "closed"
        return "expired" if on > self.deadline.last_day else "open"

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
            "indicative": clock.indicative,
            "status": self.status(on),
            "closed_by": self.closed_by or None,
            "basis": [ref.to_json() for ref in clock.basis],
            "steps": [step.to_json() for step in deadline.steps],
            "reservations": list(deadline.reservations),
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
        """The acts possible next."""
        return self.procedure.possible(self.state)

    @property
    def blocked(self) -> tuple[Block, ...]:
        """What may not happen now, and why."""
        return self.procedure.blocked(self.state)

    def to_json(self) -> dict[str, Any]:
        """The object of the public contract."""
        return {
            "procedure": self.procedure.name,
            "on": self.on.isoformat(),
            "state": self.state,
            "history": [taken.to_json() for taken in self.history],
            "clocks": [clock.to_json(self.on) for clock in self.clocks],
            "possible": [_write_transition(transition) for transition in self.possible],
            "blocked": [
                {"event": block.act, "why": block.why, "basis": [ref.to_json() for ref in block.basis]}
                for block in self.blocked
            ],
        }


def replay(procedure: Procedure, events: Sequence[Any], *, on: date) -> Replay:
    """Apply events (or their JSON objects) in their order, all or nothing.

    Raises:
        BadInput: an event is malformed, earlier than the one before it, out of order or by the wrong role; the refusal
            names it and lists what was possible.
    """
    state = procedure.initial
    history: list[Taken] = []
    clocks: list[Running] = []
    for place, given in enumerate(events):
        event = given if isinstance(given, Event) else _read(place, given)
        transition = _allowed(procedure, state, place, event)
        if history and _is_before(event, history[-1].event):
            raise BadInput(
                f"events[{place}].at", event.at.isoformat(), "un moment qui ne précède pas l'événement d'avant"
            )
        history.append(Taken(event, state, transition))
        _close(clocks, transition)
        clocks += [_start(clock, place, history) for clock in transition.opens]
        state = transition.target
    return Replay(procedure, on, state, tuple(history), tuple(clocks))


def _read(place: int, given: Any) -> Event:
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


def _allowed(procedure: Procedure, state: str, place: int, event: Event) -> Transition:
    possible = {transition.act: transition for transition in procedure.possible(state)}
    transition = possible.get(event.name)
    if transition is None:
        raise BadInput(f"events[{place}].event", event.name, list(possible))
    if event.by not in transition.who:
        raise BadInput(f"events[{place}].by", event.by, sorted(transition.who))
    return transition


def _is_before(event: Event, previous: Event) -> bool:
    if isinstance(event.at, datetime) and isinstance(previous.at, datetime):
        return event.at < previous.at
    return event.day < previous.day


def _close(clocks: Sequence[Running], transition: Transition) -> None:
    for clock in clocks:
        if clock.deadline.clock.name in transition.closes and not clock.closed_by:
            clock.closed_by = transition.act


def _start(clock: Clock, place: int, history: Sequence[Taken]) -> Running:
    opening = history[-1].event
    if clock.fact in opening.facts:
        day = read_day(opening.facts[clock.fact])
        if day is None:
            raise BadInput(f"events[{place}].{clock.fact}", opening.facts[clock.fact], "une date AAAA-MM-JJ")
        return Running(run(clock, day), opening.name)
    for taken in reversed(history):
        if taken.event.name == clock.counted_from:
            return Running(run(clock, taken.event.day), taken.event.name)
    return Running(run(clock, opening.day), opening.name)


def _write_transition(transition: Transition) -> dict[str, Any]:
    return {
        "event": transition.act,
        "by": sorted(transition.who),
        "to": transition.target,
        "label": transition.label,
        "guard": transition.guard or None,
        "basis": [ref.to_json() for ref in transition.basis],
    }
