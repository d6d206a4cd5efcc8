"""Enumerated tables: every combination of the inputs meets exactly one line, or one silence written down.

The proof is made when the table is built: a table with an overlap, a gap, a line nobody reaches, or a citation that does
not exist cannot be imported.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Generic, TypeVar

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Answer, Referred
from guichet.law.kernel.provisions import LegalText

V = TypeVar("V")
Conditions = Mapping[str, frozenset[Hashable]]


class BadTable(Exception):  # noqa: N818 - named like the other refusals of the core
    """The table does not give exactly one outcome; ``defects`` says where."""

    def __init__(self, defects: Sequence[str]) -> None:
        super().__init__("; ".join(defects))
        self.defects = tuple(defects)


@dataclass(frozen=True, slots=True)
class Line(Generic[V]):
    """One line of a list in the text: its address, its value, and for which inputs (all of them, where unnamed)."""

    address: str
    value: V
    when: Conditions = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Silence:
    """Inputs on which the text says nothing: gaps are written down too."""

    when: Conditions


class Table(Generic[V]):
    """A list of the text as lines over finite inputs.

    ``otherwise`` is the text's own outcome for its silences (« les cas non prévus … »); a table with silences needs it.

    Raises:
        BadTable: some combination has no line, or two; a line is never reached; an address or an input does not exist.
    """

    def __init__(
        self,
        text: LegalText,
        address: str,
        *,
        inputs: Mapping[str, Iterable[Hashable]],
        lines: Sequence[Line[V]],
        silences: Sequence[Silence] = (),
        otherwise: Referred | None = None,
    ) -> None:
        self.text, self.address, self.otherwise = text, address, otherwise
        self.inputs = {name: tuple(domain) for name, domain in inputs.items()}
        self.lines, self.silences = tuple(lines), tuple(silences)
        self._found: dict[tuple[Hashable, ...], Line[V]] = {}
        defects = [*self._misnamed(), *self._enumerate()]
        if defects:
            raise BadTable(defects)

    def decide(self, on: date, *point: Hashable) -> tuple[Line[V], Ref] | Answer:
        """The line for these inputs, in their order, with its passage; another kind of answer when there is none.

        Raises:
            KeyError: a value outside the table's inputs.
        """
        line = self._found.get(point)
        if line is not None:
            return self.text.gap(line.address, on) or (line, self.text.ref(line.address))
        self._check_point(point)
        # A silence of today's wording says nothing about the wording before the list was last replaced.
        return self.text.gap(self.address, on) or self._referred()

    def _referred(self) -> Answer:
        assert self.otherwise is not None, "checked when the table was built"
        return self.otherwise

    def _check_point(self, point: tuple[Hashable, ...]) -> None:
        if len(point) != len(self.inputs):
            raise KeyError(point)
        for (name, domain), value in zip(self.inputs.items(), point, strict=True):
            if value not in domain:
                raise KeyError(f"{name}={value!r}")

    def _misnamed(self) -> list[str]:
        defects = [f"no passage {line.address}" for line in self.lines if line.address not in self.text.provisions]
        if self.address not in self.text.provisions:
            defects.append(f"no passage {self.address}")
        conditional: tuple[Line[V] | Silence, ...] = (*self.lines, *self.silences)
        for each in conditional:
            for name, values in each.when.items():
                if name not in self.inputs:
                    defects.append(f"{name} is not an input")
                elif not values <= set(self.inputs[name]):
                    defects.append(f"{name} has no value {sorted(map(str, values - set(self.inputs[name])))}")
        if self.silences and self.otherwise is None:
            defects.append("a silence without outcome")
        return defects

    def _enumerate(self) -> list[str]:
        defects: list[str] = []
        reached: set[int] = set()
        for point in product(*self.inputs.values()):
            named = dict(zip(self.inputs, point, strict=True))
            hits = [place for place, line in enumerate(self.lines) if _meets(line.when, named)]
            silent = sum(_meets(silence.when, named) for silence in self.silences)
            reached.update(hits)
            if len(hits) + silent != 1:
                lines = [self.lines[place].address for place in hits]
                defects.append(f"{named}: {'no line' if not hits else lines}, {silent} silences")
            elif hits:
                self._found[point] = self.lines[hits[0]]
        unreached = [line.address for place, line in enumerate(self.lines) if place not in reached]
        return defects + [f"{address} is never reached" for address in unreached]


def _meets(conditions: Conditions, named: Mapping[str, Hashable]) -> bool:
    return all(named.get(name) in values for name, values in conditions.items())
