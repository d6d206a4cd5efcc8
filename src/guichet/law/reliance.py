"""Which answers and procedures rest on a reading that was chosen: found in the code of the rules, never typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from guichet.law import procedures, questions
from guichet.law.kernel.interpretations import Interpretation

_LAW = "guichet.law."


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


def readings_behind(rule: Callable[..., Any]) -> tuple[Interpretation, ...]:
    """The interpretations that a rule can rest on: those its code names, or the code and periods that it names."""
    met: dict[int, object] = {}
    return tuple(dict.fromkeys(_behind(rule, met)))


def _behind(value: object, met: dict[int, object]) -> Iterator[Interpretation]:
    if id(value) in met:
        return
    # Kept, so that no other object can take its place in memory while one looks.
    met[id(value)] = value
    if isinstance(value, Interpretation):
        yield value
    for part in _named_by(value):
        yield from _behind(part, met)


def _named_by(value: object) -> Iterator[object]:
    """What a piece of the law's code refers to: names of a function, attributes of a record, members of a list."""
    code = getattr(value, "__code__", None)
    if code is not None and str(getattr(value, "__module__", "")).startswith(_LAW):
        yield from _globals_of(code, value.__globals__)  # type: ignore[attr-defined]  # a function has them
        yield from (cell.cell_contents for cell in value.__closure__ or ())  # type: ignore[attr-defined]
    elif isinstance(value, tuple | list | frozenset):
        yield from value
    elif isinstance(value, dict):
        yield from value.values()
    elif hasattr(value, "readings"):
        yield value.readings


def _globals_of(code: Any, names: dict[str, Any]) -> Iterator[object]:
    known = [names[name] for name in code.co_names if name in names]
    yield from known
    for module in known:
        # ``readings.APPEAL``: the module is a name, its member an attribute.
        if isinstance(module, ModuleType) and module.__name__.startswith(_LAW):
            yield from (vars(module)[name] for name in code.co_names if name in vars(module))
    for inner in code.co_consts:
        # Comprehensions, lambdas and functions inside a function.
        if hasattr(inner, "co_names"):
            yield from _globals_of(inner, names)
