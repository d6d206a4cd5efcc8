"""Every procedure walked: along each of its lines, in every wrong order, and at random."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.law.kernel.calendar import is_working_day
from guichet.law.kernel.clocks import Suspension, Unit
from guichet.law.kernel.inputs import BadInput
from guichet.law.kernel.procedures import Procedure
from guichet.law.kernel.replay import replay
from guichet.law.procedures import PROCEDURES

from .walks import BEGUN, LONG_ENOUGH, allowed, event_for, situations

every_procedure = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda procedure: procedure.name)
ON = date(2026, 3, 2)


@every_procedure
def test_every_line_of_the_table_is_taken_by_some_case(procedure: Procedure) -> None:
    left = list(procedure.transitions)

    for events in situations(procedure):
        at = (datetime.fromisoformat(events[-1]["at"]) if events else BEGUN) + LONG_ENOUGH
        for line in allowed(replay(procedure, events, on=ON), at):
            case = replay(procedure, [*events, event_for(line, at)], on=ON)
            assert (case.history[-1].transition, case.state) == (line, line.target)
            left = [each for each in left if each is not line]

    assert [line.act for line in left] == []


@every_procedure
def test_a_wrong_order_is_refused_with_what_was_possible_and_applies_nothing(procedure: Procedure) -> None:
    for events in situations(procedure):
        at = (datetime.fromisoformat(events[-1]["at"]) if events else BEGUN) + LONG_ENOUGH
        case = replay(procedure, events, on=ON)
        possible = list(dict.fromkeys(line.act for line in allowed(case, at)))
        for act, lines in procedure.acts.items():
            if act in possible:
                continue
            wrong, kept = [*events, event_for(lines[0], at)], deepcopy(events)
            with pytest.raises(BadInput) as refused:
                replay(procedure, wrong, on=ON)
            assert (refused.value.field, refused.value.accepted) == (f"events[{len(events)}].event", possible)
            assert events == kept


@every_procedure
def test_the_wrong_role_is_refused_with_those_who_may_act(procedure: Procedure) -> None:
    (first, *_) = procedure.possible(procedure.initial)

    with pytest.raises(BadInput) as refused:
        replay(procedure, [event_for(first, BEGUN) | {"by": "archivist"}], on=ON)

    assert refused.value.field == "events[0].by"
    assert set(first.who) <= set(refused.value.accepted)


Choices = list[tuple[int, int, int]]
random_choices = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 5)), max_size=14)


def _walk(procedure: Procedure, choices: Choices) -> list[dict[str, Any]]:
    """A course chosen at random: how many days to wait, which line, which words."""
    events: list[dict[str, Any]] = []
    at = BEGUN
    for days, line, pick in choices:
        at += timedelta(days=days)
        lines = allowed(replay(procedure, events, on=at.date()), at)
        if lines:
            events.append(event_for(lines[line % len(lines)], at, pick))
    return events


@every_procedure
@settings(max_examples=30, deadline=None)
@given(choices=random_choices, cut=st.integers(0, 14), suspension=st.sampled_from(Suspension))
def test_any_course_stays_in_the_table_and_its_beginning_is_the_beginning_of_its_replay(
    procedure: Procedure, choices: Choices, cut: int, suspension: Suspension
) -> None:
    events = _walk(procedure, choices)

    case = replay(procedure, _safely(procedure, events, suspension), on=ON, suspension=suspension)
    beginning = replay(procedure, [each.event for each in case.history[:cut]], on=ON, suspension=suspension)

    assert case.state in procedure.states
    assert [(each.event.name, each.source) for each in case.history[:cut]] == [
        (each.event.name, each.source) for each in beginning.history
    ]
    assert [clock.deadline for clock in case.clocks][: len(beginning.clocks)] == [
        clock.deadline for clock in beginning.clocks
    ]


def _safely(procedure: Procedure, events: list[dict[str, Any]], suspension: Suspension) -> list[dict[str, Any]]:
    """The course up to where the other reading of suspensions would have made it wait."""
    for length in range(len(events), 0, -1):
        try:
            replay(procedure, events[:length], on=ON, suspension=suspension)
        except BadInput:
            continue
        return events[:length]
    return []


@every_procedure
@settings(max_examples=30, deadline=None)
@given(choices=random_choices)
def test_the_clocks_of_any_course_are_consistent(procedure: Procedure, choices: Choices) -> None:
    case = replay(procedure, _walk(procedure, choices), on=ON)

    for clock in case.clocks:
        deadline = clock.deadline
        assert deadline.last_day >= deadline.raw
        assert deadline.last_day == deadline.raw or is_working_day(deadline.last_day)
        assert not deadline.clock.moves or deadline.clock.unit is Unit.HOURS or is_working_day(deadline.last_day)
        assert clock.status(deadline.last_day) in {"open", "closed"}
        assert clock.status(deadline.last_day + timedelta(days=1)) in {"expired", "closed"}


@every_procedure
@settings(max_examples=30, deadline=None)
@given(choices=random_choices, act=st.integers(0, 60))
def test_an_act_that_is_not_possible_is_always_refused(procedure: Procedure, choices: Choices, act: int) -> None:
    events = _walk(procedure, choices)
    at = datetime.fromisoformat(events[-1]["at"]) if events else BEGUN
    possible = {line.act for line in allowed(replay(procedure, events, on=ON), at)}
    illegal = [lines[0] for name, lines in procedure.acts.items() if name not in possible]

    if illegal:
        with pytest.raises(BadInput):
            replay(procedure, [*events, event_for(illegal[act % len(illegal)], at)], on=ON)
