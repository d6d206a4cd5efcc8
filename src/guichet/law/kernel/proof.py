"""The static checker of procedures: what is malformed, and a proof of what the table promises.

The proof walks every course a case could take. A course is known by its state, by which of the acts that some line needs
or excludes have happened, which gates are still shut, which clocks have started and which of them run; a clock may run
out at any moment. That is finite, and it leaves nothing out: whatever the facts of the events, the walk follows every
line they could choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Any

from guichet.law.kernel.inputs import BadInput, Input
from guichet.law.kernel.procedures import ROLES, Gate, Procedure, Transition


@cache
def check_procedure(procedure: Procedure) -> tuple[str, ...]:
    """Every defect of the table that can be seen without a case; empty when there is none. A table is looked at once."""
    malformed = tuple(_malformed(procedure))
    return malformed or tuple(_unproven(procedure))


def _malformed(procedure: Procedure) -> Iterator[str]:
    known = set(procedure.states)
    if not {procedure.initial, *procedure.finals} <= known:
        yield "the first or a last state is not a state"
    for name in sorted(known & set(procedure.acts)):
        yield f"{name} is both a state and an act"
    for block in procedure.blocks:
        if not block.states <= known or not block.basis or not block.why:
            yield f"the block of {block.act} lacks its basis or names no state"
    for line in procedure.transitions:
        yield from _malformed_line(line, procedure)
    for lines in procedure.acts.values():
        yield from _ambiguous(lines)
    for gate in procedure.gates:
        yield from _malformed_gate(gate, procedure)
    for name, clock in procedure.clocks.items():
        if any(each.name == name and each != clock for line in procedure.transitions for each in line.opens):
            yield f"the clock {name} has two definitions"


def _malformed_line(each: Transition, procedure: Procedure) -> Iterator[str]:
    if not {*each.sources, each.target} <= set(procedure.states) or not each.sources:
        yield f"{each.act} names a state that does not exist"
    if not each.basis:
        yield f"{each.act} has no basis"
    if not each.who or not each.who <= set(ROLES):
        yield f"{each.act} has nobody to do it"
    if not each.label or not each.done:
        yield f"{each.act} has no words"
    yield from _malformed_guard(each, procedure)


def _malformed_guard(each: Transition, procedure: Procedure) -> Iterator[str]:
    if not {*each.closes, *each.awaits} <= set(procedure.clocks):
        yield f"{each.act} closes or awaits a clock that nothing opens"
    if not {*each.needed, *each.unless, *each.renews} <= set(procedure.acts):
        yield f"{each.act} depends on an act that does not exist"
    if (each.needs or each.unless or each.awaits) and not each.guard:
        yield f"{each.act} is guarded without a word"
    facts = {fact.name: fact for fact in each.facts}
    for name, words in each.when.items():
        if name not in facts or not all(_is_accepted(facts[name], word) for word in words):
            yield f"{each.act} depends on a fact that it does not carry: {name}"
    for clock in each.opens:
        started = {fact.name for line in procedure.acts.get(clock.counted_from, ()) for fact in line.facts}
        if clock.fact and clock.fact not in started | set(facts):
            yield f"{each.act} counts {clock.name} from a fact that it does not carry"


def _is_accepted(fact: Input, word: Any) -> bool:
    if word is None:
        return not fact.required
    try:
        fact.read(word, None)
    except BadInput:
        return False
    return True


def _ambiguous(lines: Iterable[Transition]) -> Iterator[str]:
    for one, other in combinations(lines, 2):
        apart = any(not set(words) & set(other.when.get(name, words)) for name, words in one.when.items())
        if one.sources & other.sources and not apart:
            yield f"{one.act} is ambiguous from {', '.join(sorted(one.sources & other.sources))}"


def _malformed_gate(gate: Gate, procedure: Procedure) -> Iterator[str]:
    if gate.to not in {*procedure.states, *procedure.acts} or gate.since not in {"", *procedure.states}:
        yield f"the gate to {gate.to} leads nowhere"
    if bool(gate.after) == bool(gate.clock):
        yield f"the gate to {gate.to} waits for nothing, or for two things"
    if not set(gate.after) <= set(procedure.acts) or gate.clock not in {"", *procedure.clocks}:
        yield f"the gate to {gate.to} waits for what never happens"


@dataclass(frozen=True, slots=True)
class Course:
    """All that matters of a case for what may come next."""

    state: str
    happened: frozenset[str]
    shut: frozenset[Gate]
    started: frozenset[str]
    running: frozenset[str]

    def allows(self, line: Transition) -> bool:
        return self.state in line.sources and line.is_open_after(self.happened) and self.running.isdisjoint(line.awaits)


def _unproven(procedure: Procedure) -> Iterator[str]:
    followers = courses(procedure)
    taken = {id(line) for steps in followers.values() for line, _ in steps if line}
    for line in procedure.transitions:
        if id(line) not in taken:
            yield f"{line.act} can never lead to {line.target}"
    for state in procedure.states:
        if state not in {course.state for course in followers}:
            yield f"{state} cannot be reached"
    yield from _dead_ends(procedure, followers)
    yield from _idle_clocks(procedure)
    yield from _absent_clocks(procedure, followers)
    yield from _open_gates(procedure, followers)


Followers = dict[Course, list[tuple[Transition | None, Course]]]


@cache
def courses(procedure: Procedure) -> Followers:
    """Every course from the first state, each with the lines that lead on from it (none: a clock runs out)."""
    start = Course(
        procedure.initial,
        frozenset(),
        frozenset(gate for gate in procedure.gates if gate.after and gate.since in {"", procedure.initial}),
        frozenset(),
        frozenset(),
    )
    followers: Followers = {}
    minded, watched = _minded(procedure), _watched(procedure)
    waiting = [start]
    while waiting:
        course = waiting.pop()
        if course in followers:
            continue
        followers[course] = [(line, _kept(after, minded, watched)) for line, after in _steps(procedure, course)]
        waiting += [after for _, after in followers[course]]
    return followers


def _steps(procedure: Procedure, course: Course) -> Iterator[tuple[Transition | None, Course]]:
    for name in course.running:
        yield None, replace(course, running=course.running - {name})
    for line in procedure.possible(course.state):
        if course.allows(line):
            yield line, _after(procedure, course, line)


def _minded(procedure: Procedure) -> frozenset[str]:
    """The acts that some line needs or excludes."""
    return frozenset(name for each in procedure.transitions for name in (*each.needed, *each.unless))


def _watched(procedure: Procedure) -> frozenset[str]:
    """The clocks that some line or gate waits for."""
    awaited = {name for each in procedure.transitions for name in each.awaits}
    return frozenset(awaited | {gate.clock for gate in procedure.gates})


def _kept(course: Course, minded: frozenset[str], watched: frozenset[str]) -> Course:
    """The course without what nothing depends on."""
    return replace(
        course,
        happened=course.happened & minded,
        started=course.started & watched,
        running=course.running & watched,
    )


def _after(procedure: Procedure, course: Course, line: Transition) -> Course:
    shut = {gate for gate in course.shut if line.act not in gate.after}
    if line.target != course.state:
        shut |= {gate for gate in procedure.gates if gate.after and gate.since == line.target}
    opened = {clock.name for clock in line.opens}
    return Course(
        line.target,
        (course.happened - set(line.renews)) | {line.act},
        frozenset(shut),
        course.started | opened,
        (course.running - set(line.closes)) | opened,
    )


def _dead_ends(procedure: Procedure, followers: Followers) -> Iterator[str]:
    before: dict[Course, list[Course]] = {}
    for course, steps in followers.items():
        for _, after in steps:
            before.setdefault(after, []).append(course)
    waiting = [course for course in followers if course.state in procedure.finals]
    ending = set(waiting)
    while waiting:
        for course in before.get(waiting.pop(), ()):
            if course not in ending:
                ending.add(course)
                waiting.append(course)
    for state in sorted({course.state for course in followers if course not in ending}):
        yield f"nothing leads from {state} to an end"


def _idle_clocks(procedure: Procedure) -> Iterator[str]:
    """Clocks that no act closes or awaits, that bind, and that do not outlive the procedure (a time to appeal)."""
    for name, clock in procedure.clocks.items():
        opening = [line for line in procedure.transitions if clock in line.opens]
        ends = any(name in {*line.closes, *line.awaits} for line in procedure.transitions)
        if not (ends or clock.indicative or all(line.target in procedure.finals for line in opening)):
            yield f"the clock {name} is never closed, and nothing waits for its end"


def _absent_clocks(procedure: Procedure, followers: Followers) -> Iterator[str]:
    """Waits for nothing: a clock that no act on the way has opened (one of no length is opened by its fact alone)."""
    binding = {name for name, clock in procedure.clocks.items() if clock.length}
    found = {
        (line.act, name)
        for course, steps in followers.items()
        for line, _ in steps
        if line
        for name in binding.intersection(line.awaits) - course.started
    }
    for act, name in sorted(found):
        yield f"{act} awaits {name}, which may never have been opened"


def _open_gates(procedure: Procedure, followers: Followers) -> Iterator[str]:
    for gate in procedure.gates:
        steps = ((course, line, after) for course, steps in followers.items() for line, after in steps if line)
        if any(_passes(gate, course, line, after) for course, line, after in steps):
            since = f" since {gate.since}" if gate.since else ""
            condition = f"without {' or '.join(gate.after)}" if gate.after else f"while {gate.clock} is open"
            yield f"{gate.to} can be reached {condition}{since}"


def _passes(gate: Gate, course: Course, line: Transition, after: Course) -> bool:
    """Whether a step goes through a gate that is shut: an act, before it is taken; a state, once it is reached."""
    if gate.to not in {line.act, line.target}:
        return False
    held = course if gate.to == line.act else after
    return gate.clock in held.running if gate.clock else gate in held.shut
