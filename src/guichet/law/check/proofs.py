"""What can be proved of the whole core without running it and without the official texts.

A `Table` proves its own lines when it is built and `check_procedure` the states of a procedure; here is what takes more
than one of them: citations that lead somewhere, periods and amounts that stand in the passage they cite, whole lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from guichet.law.check.figures import normal
from guichet.law.check.inventory import Inventory, table_passages
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.clocks import Clock
from guichet.law.kernel.money import Chf
from guichet.law.kernel.proof import check_procedure
from guichet.law.kernel.tables import Table


def defects(core: Inventory) -> tuple[str, ...]:
    """Every defect found, named by where it is; empty when there is none."""
    return (
        *_procedures(core),
        *_citations(core),
        *(defect for name, clock in core.clocks.items() for defect in _length(name, clock, core)),
        *(defect for name, table in core.tables.items() for defect in _amounts(name, table)),
        *(defect for name, table in core.tables.items() for defect in _letters(name, table)),
    )


def _procedures(core: Inventory) -> Iterator[str]:
    for procedure in core.procedures.values():
        yield from (f"{procedure.name}: {defect}" for defect in check_procedure(procedure))


def _citations(core: Inventory) -> Iterator[str]:
    for where, refs in _cited(core):
        if not refs:
            yield f"{where} cites nothing"
        yield from (f"{where} cites {ref.key}, which is no passage" for ref in refs if not core.has(ref))


def _cited(core: Inventory) -> Iterator[tuple[str, tuple[Ref, ...]]]:
    yield from ((question.name, question.sources) for question in core.questions.values())
    yield from ((name, clock.basis) for name, clock in core.clocks.items())
    yield from ((name, table_passages(table)) for name, table in core.tables.items())
    yield from ((reading.name, reading.passages) for reading in core.interpretations)
    for procedure in core.procedures.values():
        yield from ((f"{procedure.name}:{act.act}", act.basis) for act in procedure.transitions)
        yield from ((f"{procedure.name}:!{block.act}", block.basis) for block in procedure.blocks)


def _length(name: str, clock: Clock, core: Inventory) -> Iterator[str]:
    """A period counted under one of our texts has the length that a passage of its basis names."""
    ours = [ref for ref in clock.basis if not ref.outside and core.has(ref)]
    figures = {normal(each) for ref in ours for each in core.texts[ref.text].provision(ref.address).figures}
    for length in (clock.length, clock.at_least):
        if ours and length and str(length) not in figures:
            yield f"{name} counts {length}, which no passage of its basis names"


def _amounts(name: str, table: Table[Any]) -> Iterator[str]:
    for line in table.lines:
        figures = {normal(each) for each in table.text.provision(line.address).figures}
        for amount in _money_in(line.value):
            if amount.centimes and amount.francs.removesuffix(".00") not in figures:
                yield f"{name} has {amount} at {line.address}, which does not name it"


def _money_in(value: Any) -> Iterator[Chf]:
    if isinstance(value, Chf):
        yield value
    elif isinstance(value, tuple):
        yield from (amount for each in value for amount in _money_in(each))
    elif is_dataclass(value):
        yield from (amount for each in fields(value) for amount in _money_in(getattr(value, each.name)))


def _letters(name: str, table: Table[Any]) -> Iterator[str]:
    """A table with several letters of one list claims to be that list: it has every letter still in force."""
    lines = {line.address for line in table.lines}
    lists = Counter(address.rpartition("/")[0] for address in lines if address[-1].isalpha())
    for place in (each for each, letters in lists.items() if letters > 1):
        letters = {
            each.address
            for each in table.text.provisions.values()
            if each.address.rpartition("/")[0] == place and each.address[-1].isalpha() and not each.until
        }
        yield from (f"{name} has no line for {address}" for address in sorted(letters - lines))
