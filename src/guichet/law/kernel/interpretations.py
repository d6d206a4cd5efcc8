"""Readings chosen where a text leaves a doubt: written, numbered, citable, and signed by somebody or not yet.

The record is the one source: ``docs/interpretations/`` is written from it (``python -m tools.interpretations``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from guichet.law.kernel.addresses import Ref

_LAW = "guichet.law."


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A doubt about a passage and the reading chosen; its file is ``docs/interpretations/NNNN-slug.md``.

    ``considered`` are the readings that were possible, the chosen one among them, and ``reason`` says why it was chosen.
    ``signed_by`` is who answers for it; until somebody does, each answer that rests on it carries a reservation.
    """

    number: int
    slug: str
    passages: tuple[Ref, ...]
    doubt: str
    reading: str
    signed_by: str = ""
    considered: tuple[str, ...] = ()
    reason: str = ""

    @property
    def name(self) -> str:
        """The name of its file, without the ending."""
        return f"{self.number:04d}-{self.slug}"

    def reservations(self) -> tuple[str, ...]:
        """The sentence an answer owes to its reader while nobody has signed; none afterwards."""
        if self.signed_by:
            return ()
        return (f"Interprétation n° {self.number}, non encore signée : {self.reading}",)


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
