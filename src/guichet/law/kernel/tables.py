"""Enumerated tables: every combination of the inputs meets exactly one line, or one silence written down.

The proof is made when the table is built: a table with an overlap, a gap, a line nobody reaches, or a citation that does
not exist cannot be imported.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Generic, TypeAlias, TypeVar

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Answer, Referred, Unknown
from guichet.law.kernel.provisions import LegalText

V = TypeVar("V")
Conditions = Mapping[str, frozenset[Hashable]]
ONE_DAY = timedelta(days=1)


class BadTable(Exception):  # noqa: N818 - named like the other refusals of the core
    """The table does not give exactly one outcome; ``defects`` says where."""

    def __init__(self, defects: Sequence[str]) -> None:
        super().__init__("; ".join(defects))
        self.defects = tuple(defects)


@dataclass(frozen=True, slots=True)
class Version(Generic[V]):
    """An earlier value of a line: the amendment that brought it, whose date it then has; 0 for the first wording."""

    value: V
    number: int


@dataclass(frozen=True, slots=True)
class Line(Generic[V]):
    """One line of a list in the text: its address, its value, and for which inputs (all of them, where unnamed).

    The present value applies since the last amendment of its passage; ``before`` holds the earlier ones, newest first.
    """

    address: str
    value: V
    when: Conditions = field(default_factory=dict)
    before: tuple[Version[V], ...] = ()

    def meets(self, named: Mapping[str, Hashable]) -> bool:
        """Whether these inputs are its own."""
        return _meets(self.when, named)


@dataclass(frozen=True, slots=True)
class Silence:
    """Inputs on which the text says nothing: gaps are written down too."""

    when: Conditions


Found: TypeAlias = tuple[Line[V], Ref]
# The first day of a value, the line as it then read with its passage; newest first.
_Epochs: TypeAlias = tuple[tuple[date, Found[V]], ...]


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
        self._found: dict[tuple[Hashable, ...], int] = {}
        defects = [*self._misnamed(), *self._misdated(), *self._enumerate()]
        if defects:
            raise BadTable(defects)
        self._epochs = tuple(self._dated(line) for line in self.lines)

    def decide(self, on: date, *point: Hashable) -> Found[V] | Answer:
        """The line for these inputs, in their order, with its passage; another kind of answer when there is none.

        Raises:
            KeyError: a value outside the table's inputs.
        """
        place = self._found.get(point)
        if place is not None:
            return self._on(place, on)
        self._check_point(point)
        # A silence of today's wording says nothing about the wording before the list was last replaced.
        return self.text.gap(self.address, on) or self._referred()

    def reform(self, values: Mapping[str, V]) -> Table[V]:
        """The same table with other present values, by the addresses of their lines; earlier values stay.

        Raises:
            KeyError: no line has this address.
        """
        for address in values:
            if all(line.address != address for line in self.lines):
                raise KeyError(address)
        lines = [replace(line, value=values.get(line.address, line.value)) for line in self.lines]
        return Table(
            self.text,
            self.address,
            inputs=self.inputs,
            lines=lines,
            silences=self.silences,
            otherwise=self.otherwise,
        )

    def days(self) -> tuple[date, ...]:
        """Every day on which the outcome of some inputs may change, in order."""
        text = self.text
        found = {text.entry, text.certain_from, *(change.in_force for change in text.amendments.values())}
        for line in self.lines:
            until = text.provision(line.address).until
            found |= {until + ONE_DAY} if until else set()
        return tuple(sorted(found))

    def _on(self, place: int, on: date) -> Found[V] | Answer:
        epochs = self._epochs[place]
        gap = self.text.gap(self.lines[place].address, on)
        if gap is None:
            return self._held(epochs, on)
        if not isinstance(gap, Unknown) or on >= epochs[0][0]:
            return gap
        for first, found in epochs[1:]:
            if on >= first:
                return found
        return self._unknown_before(gap, epochs[-1][0])

    def _held(self, epochs: _Epochs[V], on: date) -> Found[V]:
        for first, found in epochs:
            if on >= first:
                return found
        # The wording changed since, this value did not.
        line = epochs[-1][1][0]
        return line, self.text.ref(line.address, on)

    def _unknown_before(self, gap: Unknown, first: date) -> Unknown:
        """The answer for a day before the earliest wording known, without the amendments that came after it."""
        steps = (step for step in gap.steps if isinstance(step.reached, date) and step.reached <= first)
        return replace(gap, before=first, steps=tuple(steps))

    def _dated(self, line: Line[V]) -> _Epochs[V]:
        text, ref = self.text, self.text.ref(line.address)
        epochs: list[tuple[date, Found[V]]] = [(text.known_from(line.address), (line, ref))]
        for version in line.before:
            first = self._day_of(version)
            epochs.append((first, (replace(line, value=version.value), replace(ref, known_from=first))))
        return tuple(epochs)

    def _day_of(self, version: Version[V]) -> date:
        return self.text.amendments[version.number].in_force if version.number else self.text.entry

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

    def _misdated(self) -> list[str]:
        defects = []
        for line in self.lines:
            unknown = [each.number for each in line.before if each.number and each.number not in self.text.amendments]
            if unknown:
                defects.append(f"no amendment {unknown} of {line.address}")
            elif line.before and line.address in self.text.provisions:
                days = [self.text.known_from(line.address), *map(self._day_of, line.before)]
                if any(later <= earlier for later, earlier in pairwise(days)):
                    defects.append(f"the values of {line.address} are not written newest first")
        return defects

    def _enumerate(self) -> list[str]:
        defects: list[str] = []
        reached: set[int] = set()
        for point in product(*self.inputs.values()):
            named = dict(zip(self.inputs, point, strict=True))
            hits = [place for place, line in enumerate(self.lines) if line.meets(named)]
            silent = sum(_meets(silence.when, named) for silence in self.silences)
            reached.update(hits)
            if len(hits) + silent != 1:
                lines = [self.lines[place].address for place in hits]
                defects.append(f"{named}: {'no line' if not hits else lines}, {silent} silences")
            elif hits:
                self._found[point] = hits[0]
        unreached = [line.address for place, line in enumerate(self.lines) if place not in reached]
        return defects + [f"{address} is never reached" for address in unreached]


def _meets(conditions: Conditions, named: Mapping[str, Hashable]) -> bool:
    return all(named.get(name) in values for name, values in conditions.items())
