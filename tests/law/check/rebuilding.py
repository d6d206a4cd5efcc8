"""Copies of parts of the real core with one thing changed, for planting defects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from guichet.law.check.inventory import Inventory
from guichet.law.kernel.procedures import Procedure
from guichet.law.kernel.provisions import Amendment, Edition, LegalText, Provision
from guichet.law.kernel.tables import Line, Table

Change = Callable[[Sequence[Line[Any]]], Sequence[Line[Any]]]


def with_text(core: Inventory, name: str, **parts: Any) -> Inventory:
    """The core with one text built anew from these parts (``provisions``, ``amendments``, ``edition``)."""
    old = core.texts[name]
    text = LegalText(
        old.name,
        old.title,
        **{
            "edition": Edition(
                entry=old.entry,
                certain_from=old.certain_from,
                earlier_editions=old.earlier_editions,
                consolidated_to=old.consolidated_to,
            ),
            "provisions": old.provisions.values(),
            "amendments": old.amendments.values(),
            "divisions": old.divisions,
            "publication": old.publication,
            **parts,
        },
    )
    return replace(core, texts={**core.texts, name: text})


def with_provision(core: Inventory, name: str, address: str, **changed: Any) -> Inventory:
    """One passage changed."""
    provisions = dict(core.texts[name].provisions)
    provisions[address] = replace(provisions[address], **changed)
    return with_text(core, name, provisions=provisions.values())


def without_provision(core: Inventory, name: str, address: str) -> Inventory:
    """One passage gone."""
    provisions = [each for each in core.texts[name].provisions.values() if each.address != address]
    return with_text(core, name, provisions=provisions)


def more_provision(core: Inventory, name: str, provision: Provision) -> Inventory:
    """One passage too many."""
    return with_text(core, name, provisions=[*core.texts[name].provisions.values(), provision])


def with_amendment(core: Inventory, name: str, number: int, **changed: Any) -> Inventory:
    """One row of the closing table changed."""
    rows: dict[int, Amendment] = dict(core.texts[name].amendments)
    rows[number] = replace(rows[number], **changed)
    return with_text(core, name, amendments=rows.values())


def with_lines(core: Inventory, name: str, change: Callable[[Sequence[Line[Any]]], Sequence[Line[Any]]]) -> Inventory:
    """One table built anew from changed lines.

    Raises:
        BadTable: it can no longer be built.
    """
    table = on_text(core.tables[name], lines=change)
    return replace(core, tables={**core.tables, name: table})


def on_text(table: Table[Any], text: LegalText | None = None, lines: Change = tuple) -> Table[Any]:
    """The same table on another edition of its text, or with changed lines.

    Raises:
        BadTable: it can no longer be built.
    """
    return Table(
        text or table.text,
        table.address,
        inputs=table.inputs,
        lines=lines(table.lines),
        silences=table.silences,
        otherwise=table.otherwise,
    )


def with_clock(core: Inventory, name: str, **changed: Any) -> Inventory:
    """One clock changed."""
    return replace(core, clocks={**core.clocks, name: replace(core.clocks[name], **changed)})


def without_clock(core: Inventory, name: str) -> Inventory:
    """One clock gone."""
    return replace(core, clocks={each: clock for each, clock in core.clocks.items() if each != name})


def with_procedure(core: Inventory, name: str, change: Callable[[Procedure], Procedure]) -> Inventory:
    """One procedure changed."""
    return replace(core, procedures={**core.procedures, name: change(core.procedures[name])})


def with_act(core: Inventory, name: str, act: str, **changed: Any) -> Inventory:
    """Every line of one act of a procedure changed."""

    def change(procedure: Procedure) -> Procedure:
        lines = tuple(replace(each, **changed) if each.act == act else each for each in procedure.transitions)
        return replace(procedure, transitions=lines)

    return with_procedure(core, name, change)
