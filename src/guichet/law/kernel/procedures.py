"""Procedures as tables: acts that lead from states to a state, who may act, on what basis, which clocks open and close.

A case is moved by acts only; screens, rights, buttons, timelines and diagrams are derived from these tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.clocks import Clock

ROLES: Mapping[str, str] = {
    "applicant": "la personne qui demande",
    "clerk": "le gestionnaire",
    "supervisor": "le responsable du service",
    "system": "le système",
    "provider": "le prestataire de paiement",
}


class UnknownAct(KeyError):  # noqa: N818 - named like the other refusals of the core
    """The procedure has no act of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One act: from any of its sources to its one target.

    ``label`` is the French imperative of its button, ``done`` the French sentence of the timeline once it happened.
    ``guard`` is a French condition on the facts that the operation checks before acting. ``closes`` names clocks.
    """

    act: str
    sources: frozenset[str]
    target: str
    who: frozenset[str]
    basis: tuple[Ref, ...]
    label: str
    done: str
    opens: tuple[Clock, ...] = ()
    closes: tuple[str, ...] = ()
    guard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What may not happen in some states, and why, for whoever looks for it there."""

    act: str
    states: frozenset[str]
    why: str
    basis: tuple[Ref, ...]


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """A procedure of a text.

    ``states`` gives each state its French name. ``gates`` says which act must have happened before a state can be
    reached at all (no document without its payment); the static checker proves it.
    """

    name: str
    title: str
    text: str
    initial: str
    finals: frozenset[str]
    states: Mapping[str, str]
    transitions: Sequence[Transition]
    blocks: Sequence[Block] = ()
    gates: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def acts(self) -> Mapping[str, Transition]:
        """The transitions by the name of their act."""
        return {transition.act: transition for transition in self.transitions}

    def transition(self, act: str) -> Transition:
        """The transition of this act.

        Raises:
            UnknownAct: the procedure has none.
        """
        try:
            return self.acts[act]
        except KeyError:
            raise UnknownAct(act) from None

    def possible(self, state: str, role: str | None = None) -> tuple[Transition, ...]:
        """The acts possible in a state, for one role or for any, in the order of the table."""
        return tuple(
            transition
            for transition in self.transitions
            if state in transition.sources and (role is None or role in transition.who)
        )

    def blocked(self, state: str) -> tuple[Block, ...]:
        """What may not happen in a state, and why."""
        return tuple(block for block in self.blocks if state in block.states)

    def is_final(self, state: str) -> bool:
        """Whether the procedure can end in this state."""
        return state in self.finals


def check_procedure(procedure: Procedure) -> list[str]:
    """Every defect of the table that can be seen without running it; empty when there is none."""
    return [*_malformed(procedure), *_unreachable(procedure), *_dead_ends(procedure), *_open_gates(procedure)]


def _malformed(procedure: Procedure) -> Iterator[str]:
    known = set(procedure.states)
    if len(procedure.acts) != len(procedure.transitions):
        yield "an act is written twice"
    if not {procedure.initial, *procedure.finals, *procedure.gates} <= known:
        yield "the first, a last or a gated state is not a state"
    for block in procedure.blocks:
        if not block.states <= known or not block.basis or not block.why:
            yield f"the block of {block.act} lacks its basis or names no state"
    opened = {clock.name for transition in procedure.transitions for clock in transition.opens}
    for transition in procedure.transitions:
        yield from _malformed_transition(transition, known, opened)


def _malformed_transition(each: Transition, known: set[str], opened: set[str]) -> Iterator[str]:
    if not {*each.sources, each.target} <= known or not each.sources:
        yield f"{each.act} names a state that does not exist"
    if not each.basis:
        yield f"{each.act} has no basis"
    if not each.who or not each.who <= set(ROLES):
        yield f"{each.act} has nobody to do it"
    if not each.label or not each.done:
        yield f"{each.act} has no words"
    if not set(each.closes) <= opened:
        yield f"{each.act} closes a clock that nothing opens"


def _unreachable(procedure: Procedure) -> Iterator[str]:
    reached = _reached(procedure, procedure.initial)
    for state in procedure.states:
        if state not in reached:
            yield f"{state} cannot be reached"


def _dead_ends(procedure: Procedure) -> Iterator[str]:
    for state in procedure.states:
        if not procedure.finals & _reached(procedure, state):
            yield f"nothing leads from {state} to an end"


def _open_gates(procedure: Procedure) -> Iterator[str]:
    for state, act in procedure.gates.items():
        if state in _reached(procedure, procedure.initial, without=act):
            yield f"{state} can be reached without {act}"


def _reached(procedure: Procedure, start: str, *, without: str = "") -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        for transition in procedure.possible(state):
            if transition.act != without and transition.target not in reached:
                reached.add(transition.target)
                waiting.append(transition.target)
    return reached
