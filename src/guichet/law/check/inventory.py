"""The whole core laid out for those who check it or show where a passage is applied: texts, questions, tables, clocks.

Tables and clocks are found, not listed: whatever a module of ``guichet.law.acts`` or ``guichet.law.terms`` names at its
top level.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any, TypeVar

from guichet.law import acts, procedures, questions, terms
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.clocks import Clock
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.procedures import Procedure
from guichet.law.kernel.provisions import LegalText
from guichet.law.kernel.questions import Question
from guichet.law.kernel.tables import Table

Kind = TypeVar("Kind")


@dataclass(frozen=True, kw_only=True)
class Inventory:
    """Everything the core says, by name; tables and clocks are named after their module (``cgv.rules.REFUND``)."""

    texts: Mapping[str, LegalText]
    questions: Mapping[str, Question]
    procedures: Mapping[str, Procedure]
    interpretations: tuple[Interpretation, ...]
    tables: Mapping[str, Table[Any]]
    clocks: Mapping[str, Clock]

    def has(self, ref: Ref) -> bool:
        """Whether a passage exists; one of another text always does, provided it names its source."""
        if ref.outside:
            return bool(ref.source)
        return ref.text in self.texts and ref.address in self.texts[ref.text].provisions


@lru_cache(maxsize=1)
def whole_core() -> Inventory:
    """The core as it is."""
    found = (each for package in (acts, terms) for each in walk_packages(package.__path__, f"{package.__name__}."))
    modules = tuple(import_module(each.name) for each in found)
    return Inventory(
        texts=questions.TEXTS,
        questions=questions.QUESTIONS,
        procedures=procedures.PROCEDURES,
        interpretations=tuple(questions.INTERPRETATIONS),
        tables=dict(_named(modules, Table)),
        clocks=dict(_named(modules, Clock)),
    )


def tables_of(ref: Ref, core: Inventory) -> tuple[str, ...]:
    """The tables one of whose lines, or whose outcome for a silence, is this passage."""
    return tuple(name for name, table in core.tables.items() if ref in table_passages(table))


def table_passages(table: Table[Any]) -> tuple[Ref, ...]:
    """The passages a table decides by."""
    silence = table.otherwise.because if table.otherwise else ()
    return (*(table.text.ref(line.address) for line in table.lines), *silence)


def _named(modules: tuple[ModuleType, ...], kind: type[Kind]) -> Iterator[tuple[str, Kind]]:
    """The objects of a kind, each once, by the name it has of its own before one in a tuple or a mapping."""
    found = [each for module in modules for each in _objects(module) if isinstance(each[1], kind)]
    found.sort(key=lambda each: "[" in each[0])
    named = {id(value): (name, value) for name, value in reversed(found)}
    yield from sorted(named.values(), key=lambda each: found.index(each))


def _objects(module: ModuleType) -> Iterator[tuple[str, Any]]:
    short = module.__name__.removeprefix("guichet.law.").removeprefix("acts.")
    for name in _assigned(module):
        yield from ((f"{short}.{name}{inner}", value) for inner, value in _inside(getattr(module, name)))


def _assigned(module: ModuleType) -> Iterator[str]:
    """The names a module gives, in its order; what it imports belongs to another."""
    for node in ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _inside(value: Any) -> Iterator[tuple[str, Any]]:
    """The value itself, and what a tuple or a mapping of them holds."""
    if isinstance(value, tuple):
        yield from ((f"[{place}]", each) for place, each in enumerate(value))
    elif isinstance(value, Mapping):
        yield from ((f"[{key}]", each) for key, each in value.items())
    else:
        yield "", value
