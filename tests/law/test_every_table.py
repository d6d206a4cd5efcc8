"""Every table of every act, enumerated once more from outside: one outcome or one silence, on every day that matters."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from guichet.law.check.inventory import whole_core
from guichet.law.kernel.answers import NotInForce, Referred, Unknown
from guichet.law.kernel.provisions import LegalText
from guichet.law.kernel.tables import Line, Table

TABLES = whole_core().tables
ONE_DAY = timedelta(days=1)


def _points(table: Table[Any]) -> list[tuple[Hashable, ...]]:
    return list(product(*table.inputs.values()))


def _meets(conditions: Mapping[str, frozenset[Hashable]], table: Table[Any], point: tuple[Hashable, ...]) -> bool:
    return all(point[list(table.inputs).index(name)] in values for name, values in conditions.items())


def _bounds(text: LegalText, address: str) -> tuple[date, date | None]:
    """The first and the last day of the present wording, told by the print's own numbers and not by the kernel."""
    numbers = [
        number
        for place in ("/".join(address.split("/")[:depth]) for depth in range(1, address.count("/") + 2))
        for number in text.provisions[place].amendments
    ]
    changes = [text.amendments[number].in_force for number in numbers if not text.amendments[number].renaming]
    return max([text.entry, text.certain_from, *changes]), text.provisions[address].until


def _days(table: Table[Any]) -> set[date]:
    """Just before and on each day from which, and just after each day up to which, a line holds."""
    days = {table.text.entry - ONE_DAY, table.text.entry}
    for address in {table.address, *(line.address for line in table.lines)}:
        first, last = _bounds(table.text, address)
        days |= {first - ONE_DAY, first}
        days |= {last, last + ONE_DAY} if last else set()
    return days


def test_there_are_tables_to_enumerate() -> None:
    assert len(TABLES) >= 2


@pytest.mark.parametrize("name", TABLES)
def test_each_class_meets_one_line_or_one_silence(name: str) -> None:
    table = TABLES[name]

    for point in _points(table):
        hits = [line for line in table.lines if _meets(line.when, table, point)]
        silences = [silence for silence in table.silences if _meets(silence.when, table, point)]
        assert len(hits) + len(silences) == 1, point


def _value_on(table: Table[Any], line: Line[Any], day: date) -> Any:
    """The value of a line on a day, from the wordings we hold of it; nothing where we hold none."""
    first, last = _bounds(table.text, line.address)
    if last is not None and day > last:
        return None
    held = [(first, line.value)]
    for version in line.before:
        held.append(
            (table.text.amendments[version.number].in_force if version.number else table.text.entry, version.value)
        )
    return next((value for since, value in held if day >= since), None)


@pytest.mark.parametrize("name", TABLES)
def test_each_class_has_one_outcome_on_every_day_on_which_something_changes(name: str) -> None:
    table = TABLES[name]

    for point in _points(table):
        lines = [line for line in table.lines if _meets(line.when, table, point)]
        for day in _days(table):
            found = table.decide(day, *point)
            if isinstance(found, tuple):
                assert (found[0].value, found[0].address) == (_value_on(table, lines[0], day), lines[0].address)
                assert found[1] == table.text.ref(lines[0].address)
            elif isinstance(found, Referred):
                assert not lines
                assert day >= _bounds(table.text, table.address)[0]
            else:
                assert isinstance(found, Unknown | NotInForce), (point, day, found)
                held = _value_on(table, lines[0], day) if lines else None
                assert held is None, (point, day, found)
                assert lines or day < _bounds(table.text, table.address)[0]
