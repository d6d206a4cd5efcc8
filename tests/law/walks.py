"""Courses of cases: written by hand, made from the tables, or every one a table allows, by replaying it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from guichet.law import procedures
from guichet.law.kernel.inputs import BadInput, Boolean, Choice, Input
from guichet.law.kernel.moments import ZURICH
from guichet.law.kernel.procedures import Procedure, Transition
from guichet.law.kernel.replay import Replay, replay

BEGUN = datetime(2026, 3, 2, 10, 0, tzinfo=ZURICH)
LONG_ENOUGH = timedelta(days=800)  # longer than any clock, the two years of art. 40 al. 2 among them


def event_for(line: Transition, at: datetime, pick: int = 0) -> dict[str, Any]:
    """An event that follows this line; ``pick`` chooses among the words its facts may have."""
    told = {"event": line.act, "at": at.isoformat(), "by": sorted(line.who)[pick % len(line.who)]}
    facts = {fact.name: _told(fact, line, at, pick) for fact in line.facts}
    return {**told, **{name: value for name, value in facts.items() if value is not None}}


def _told(fact: Input, line: Transition, at: datetime, pick: int) -> Any:
    if fact.name in line.when:
        words = line.when[fact.name]
        return words[pick % len(words)]
    if not fact.required and pick % 2:
        return None
    if isinstance(fact, Choice):
        words = fact.accepted(None)
        return words[pick % len(words)]
    return bool(pick % 2) if isinstance(fact, Boolean) else at.date().isoformat()


def situations(procedure: Procedure) -> Iterator[list[dict[str, Any]]]:
    """A course into every situation that the table knows, each act taken at once or after a long wait."""
    waiting: list[list[dict[str, Any]]] = [[]]
    seen = set()
    minded = {act for line in procedure.transitions for act in (*line.needed, *line.unless)}
    while waiting:
        events = waiting.pop(0)
        at = datetime.fromisoformat(events[-1]["at"]) if events else BEGUN
        case = replay(procedure, events, on=at.date())
        situation = (case.state, case.happened & minded, frozenset(c.name for c in case.clocks if c.is_open(at)))
        if situation in seen:
            continue
        seen.add(situation)
        yield events
        for moment in (at + timedelta(minutes=1), at + LONG_ENOUGH):
            waiting += [[*events, event_for(line, moment)] for line in allowed(case, moment)]


def allowed(case: Replay, at: datetime) -> list[Transition]:
    """The lines an event of this moment may follow."""
    return [line for line in case.procedure.possible(case.state) if case.obstacle(line, at) is None]


def told(text: str) -> list[dict[str, Any]]:
    """Events written one a line: moment, role, act, then facts as ``name=word``."""
    events = []
    for written in text.strip().splitlines():
        at, by, act, *facts = written.split()
        words = {"true": True, "false": False}
        read = {name: words.get(word, word) for name, word in (fact.split("=") for fact in facts)}
        events.append({"event": act, "at": at, "by": by, **read})
    return events


def run_of(name: str, text: str, on: str = "2026-06-01") -> dict[str, Any]:
    """The replay of a procedure from its written events, as the doors give it."""
    return procedures.replay(name, told(text), on=date.fromisoformat(on)).to_json()


def refusal(name: str, text: str) -> BadInput:
    """The refusal of the last event; the events before it are accepted."""
    events = told(text)
    procedures.replay(name, events[:-1], on=date(2026, 6, 1))
    try:
        procedures.replay(name, events, on=date(2026, 6, 1))
    except BadInput as refused:
        assert refused.field.startswith(f"events[{len(events) - 1}].")
        return refused
    raise AssertionError(f"{events[-1]} was accepted")


def acts(entries: list[dict[str, Any]]) -> set[str]:
    """The names of the events in a list of what is possible or blocked."""
    return {each["event"] for each in entries}


def cited(entry: dict[str, Any]) -> set[str]:
    """The addresses an entry rests on."""
    return {ref["address"] for ref in entry["basis"]}
