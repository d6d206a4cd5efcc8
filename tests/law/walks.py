"""Courses of cases: written by hand, made from the tables, or every one a table allows, by replaying it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from guichet.law import procedures
from guichet.law.kernel.inputs import BadInput, Boolean, Choice, Input
from guichet.law.kernel.moments import ZURICH
from guichet.law.kernel.procedures import Procedure, Transition
from guichet.law.kernel.proof import courses
from guichet.law.kernel.replay import Replay

BEGUN = datetime(2026, 3, 2, 10, 0, tzinfo=ZURICH)
WAIT: dict[str, Any] = {}
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


def situations(procedure: Procedure) -> Iterator[tuple[Transition, list[dict[str, Any]]]]:
    """Each line of the table that some course takes, with the events of a shortest such course, the line's own last."""
    followers = courses(procedure)
    start = next(iter(followers))
    ways: dict[Any, list[dict[str, Any]]] = {start: []}
    waiting, found = deque([start]), set()
    while waiting:
        course = waiting.popleft()
        for line, after in followers[course]:
            events = _continued(ways[course], line)
            if line and id(line) not in found:
                found.add(id(line))
                yield line, events
            if after not in ways:
                ways[after] = events
                waiting.append(after)


def _continued(events: list[dict[str, Any]], line: Transition | None) -> list[dict[str, Any]]:
    """The events with one more; where no line is taken but a clock runs out, the next comes after a long wait."""
    waited = events[-1:] == [WAIT]
    if line is None:
        return events if waited else [*events, WAIT]
    past = events[:-1] if waited else events
    at = datetime.fromisoformat(past[-1]["at"]) if past else BEGUN
    return [*past, event_for(line, at + (LONG_ENOUGH if waited else timedelta(minutes=1)))]


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
