"""Which answers and procedures rest on a reading that was chosen: found in the code of the rules, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from guichet.law import procedures, questions
from guichet.law.kernel.interpretations import Interpretation, readings_behind


@cache
def _relied_on() -> Mapping[int, tuple[str, ...]]:
    """The number of an interpretation to the names of the questions, then of the procedures, that can rest on it."""
    found: dict[int, list[str]] = {}
    for question in questions.QUESTIONS.values():
        for each in readings_behind(question.rule):
            found.setdefault(each.number, []).append(question.name)
    for procedure in procedures.PROCEDURES.values():
        opened = {reading for clock in procedure.clocks.values() for reading in clock.readings}
        opened |= {reading for act in procedure.transitions for reading in act.readings}
        for number in sorted(reading.number for reading in opened):
            found.setdefault(number, []).append(procedure.name)
    return {number: tuple(names) for number, names in found.items()}


def resting_on(reading: Interpretation) -> tuple[str, ...]:
    """The names of the questions and procedures whose answers can rest on a reading."""
    return _relied_on().get(reading.number, ())


@cache
def citing(reading: Interpretation) -> tuple[str, ...]:
    """The names of the other questions and procedures that cite a passage of which this is the reading."""
    passages = set(reading.passages)
    found = [each.name for each in questions.QUESTIONS.values() if passages & set(each.sources)]
    found += [
        each.name
        for each in procedures.PROCEDURES.values()
        if any(passages & set(act.basis) for act in each.transitions)
    ]
    return tuple(name for name in found if name not in resting_on(reading))
