"""Where a passage is applied: the one derivation that the pages, the law check and the coverage map share."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.law.check.inventory import Inventory, tables_of, whole_core
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.clocks import Clock
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.procedures import Block, Procedure, Transition
from guichet.law.kernel.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What rests on a passage; acts and blocks come with their procedure, tables and clocks with their name."""

    questions: tuple[Question, ...]
    tables: tuple[str, ...]
    acts: tuple[tuple[Procedure, Transition], ...]
    blocks: tuple[tuple[Procedure, Block], ...]
    clocks: tuple[tuple[str, Clock], ...]
    interpretations: tuple[Interpretation, ...]

    def names(self) -> tuple[str, ...]:
        """Everything, one name each: what a difference or a line of the coverage map prints."""
        found = (
            *(each.name for each in self.questions),
            *self.tables,
            *(f"{procedure.name}:{transition.act}" for procedure, transition in self.acts),
            *(f"{procedure.name}:!{block.act}" for procedure, block in self.blocks),
            *(name for name, _ in self.clocks),
            *(reading.name for reading in self.interpretations),
        )
        return tuple(dict.fromkeys(found))


def where_applied(ref: Ref, core: Inventory | None = None) -> Applied:
    """Everything of the core that rests on a passage, in the order of its tables."""
    core = core or whole_core()
    every = core.procedures.values()
    return Applied(
        questions=tuple(each for each in core.questions.values() if ref in each.sources),
        tables=tables_of(ref, core),
        acts=tuple((each, act) for each in every for act in each.transitions if ref in act.basis),
        blocks=tuple((each, block) for each in every for block in each.blocks if ref in block.basis),
        clocks=tuple((name, clock) for name, clock in core.clocks.items() if ref in clock.basis),
        interpretations=tuple(each for each in core.interpretations if ref in each.passages),
    )
