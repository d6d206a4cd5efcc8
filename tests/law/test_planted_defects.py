"""Defects planted one by one in copies of the real core: the static checks refuse each, and pass what is undamaged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tools.law_coverage import faults

from guichet.law.check.comparing import compare
from guichet.law.check.inventory import Inventory, whole_core
from guichet.law.check.proofs import defects
from guichet.law.check.sources import SOURCES, read_source
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.money import Chf
from guichet.law.kernel.procedures import Procedure
from guichet.law.kernel.provisions import Provision, Standing
from guichet.law.kernel.tables import BadTable

from .check.rebuilding import (
    more_provision,
    on_text,
    with_act,
    with_amendment,
    with_clock,
    with_lines,
    with_procedure,
    with_provision,
    without_clock,
    without_provision,
)
from .check.sources import official_texts

FEES, PUBLICITY, SCOPE = "rdid.fees.TARIFF", "lipad.sittings.PUBLICITY", "lipad.scope.SCOPE"
ONE_MORE = Provision("28/8", "De trop.", Standing.TEXT_ONLY, "Rien.")


def _found(core: Inventory) -> set[str]:
    """All that the proofs, the law check and the coverage say of a core in which every coded passage was seen."""
    printed = (read_source(name, official_texts()) for name in SOURCES)
    leaves = ((text, leaf) for text in whole_core().texts.values() for leaf in text.leaves())
    coded = (f"{text.name}:{leaf.address}" for text, leaf in leaves if leaf.standing is Standing.CODED)
    seen = dict.fromkeys(coded, ("somewhere",))
    return {
        *defects(core),
        *(f"{each.about.key} {each.subject}" for text in printed for each in compare(text, core)),
        *faults(core, seen),
    }


def _swapped(core: Inventory) -> Inventory:
    swap = {"11/1/1/a": "11/1/1/b", "11/1/1/b": "11/1/1/a"}
    return with_lines(
        core, FEES, lambda lines: [replace(line, address=swap.get(line.address, line.address)) for line in lines]
    )


def _wrong_amount(core: Inventory) -> Inventory:
    return with_lines(
        core,
        FEES,
        lambda lines: [replace(each, value=Chf(145_00)) if each.address == "11/1/1/a" else each for each in lines],
    )


def _shortcut(core: Inventory) -> Inventory:
    def change(procedure: Procedure) -> Procedure:
        issued = procedure.transition("document_issued")
        early = replace(issued, act="document_slipped", sources=frozenset({"submitted"}))
        return replace(procedure, transitions=(*procedure.transitions, early))

    return with_procedure(core, "cgv.order", change)


def _letter_more(core: Inventory) -> Inventory:
    """The text gets one letter more, and the table that holds its list does not."""
    letter = Provision("8/2/f", "Nouveau cas de huis clos.", Standing.CODED, "Table.")
    changed = more_provision(core, "LIPAD", letter)
    table = on_text(core.tables[PUBLICITY], changed.texts["LIPAD"])
    return replace(changed, tables={**core.tables, PUBLICITY: table})


Plant = Callable[[Inventory], Inventory]
PLANTS: dict[str, tuple[Plant, str]] = {
    "a wrong amount": (_wrong_amount, "has 145.00 CHF at 11/1/1/a"),
    "two letters swapped": (_swapped, "has 140.00 CHF at 11/1/1/b"),
    "a gap in a table": (lambda core: with_lines(core, PUBLICITY, lambda lines: lines[1:]), "no line"),
    "an overlap in a table": (lambda core: with_lines(core, SCOPE, lambda lines: [*lines, lines[0]]), "3/1/a"),
    "a line nobody reaches": (
        lambda core: with_lines(core, SCOPE, lambda lines: [*lines, replace(lines[0], when={"body": frozenset()})]),
        "3/1/a is never reached",
    ),
    "a line on a passage that does not exist": (
        lambda core: with_lines(core, SCOPE, lambda lines: [replace(lines[0], address="3/1/e"), *lines[1:]]),
        "no passage 3/1/e",
    ),
    "a list that lacks a letter of the text": (_letter_more, "has no line for 8/2/f"),
    "a wrong date of an amendment": (
        lambda core: with_amendment(core, "LIPAD", 16, in_force=date(2025, 1, 1)),
        "LIPAD: modification n° 16",
    ),
    "a renaming that is not marked": (
        lambda core: with_amendment(core, "RDId", 14, renaming=False),
        "RDId: modification n° 14",
    ),
    "a wrong number of amendment": (
        lambda core: with_provision(core, "LIPAD", "28/7", amendments=(15,)),
        "LIPAD:28/7 numéros de modification",
    ),
    "a number within a sentence forgotten": (
        lambda core: with_provision(core, "RDId", "2/2", amendments=(8,)),
        "RDId:2/2 numéros de modification",
    ),
    "a paragraph that is missing": (lambda core: without_provision(core, "LIPAD", "30/6"), "LIPAD:30/6 passage"),
    "a paragraph too many": (lambda core: more_provision(core, "LIPAD", ONE_MORE), "LIPAD:28/8 passage"),
    "a letter that is missing": (lambda core: without_provision(core, "LIPAD", "26/2/l"), "LIPAD:26/2/l passage"),
    "a figure that is missing": (
        lambda core: with_provision(core, "LIPAD", "34/1", figures=("10",)),
        "LIPAD:34/1 chiffres",
    ),
    "a wrong last day": (
        lambda core: with_provision(core, "LIPAD", "68/7", until=date(2023, 12, 31), until_by="68/7"),
        "LIPAD:68/7 dernier jour",
    ),
    "a missing clock": (lambda core: without_clock(core, "lipad.periods.MEDIATION"), "LIPAD:30/2 délai"),
    "a clock of another length": (
        lambda core: with_clock(core, "lipad.periods.MEDIATION", length=20),
        "lipad.periods.MEDIATION counts 20",
    ),
    "a clock in another unit": (
        lambda core: with_clock(core, "lipad.periods.FOOTAGE_AFTER_HARM", unit="years"),
        "LIPAD:42/2 délai",
    ),
    "a question on a passage that does not exist": (
        lambda core: replace(
            core,
            questions={
                **core.questions,
                "cgv.fee": replace(core.questions["cgv.fee"], sources=(Ref("CGV", "5/5"),)),
            },
        ),
        "cgv.fee cites CGV:5/5",
    ),
    "an act without basis": (lambda core: with_act(core, "cgv.order", "payment_collected", basis=()), "has no basis"),
    "an act on a passage of another text without source": (
        lambda core: with_act(core, "cgv.order", "payment_collected", basis=(Ref("LPA", "1", outside=True),)),
        "cites LPA:1",
    ),
    "a gate that stands open": (_shortcut, "without payment_collected"),
    "an act that closes a clock nobody opens": (
        lambda core: with_act(core, "cgv.order", "document_posted", closes=("tea",)),
        "closes or awaits a clock that nothing opens",
    ),
    "a passage said to be coded that nobody applies": (
        lambda core: with_provision(core, "CGV", "8/3", standing=Standing.CODED),
        "CGV:8/3 is coded and no test sees it applied",
    ),
    "a passage said to be planned that is applied": (
        lambda core: with_provision(core, "CGV", "3/1", standing=Standing.PLANNED),
        "CGV:3/1 is planned and somewhere sees it applied",
    ),
}


def test_the_undamaged_core_passes_every_static_check() -> None:
    assert _found(whole_core()) == set()


@pytest.mark.parametrize(("plant", "said"), PLANTS.values(), ids=PLANTS)
def test_a_planted_defect_is_refused(plant: Plant, said: str) -> None:
    try:
        found = _found(plant(whole_core()))
    except BadTable as refused:
        found = set(refused.defects)

    assert [each for each in found - _found(whole_core()) if said in each], found
