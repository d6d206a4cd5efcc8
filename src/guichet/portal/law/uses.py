"""Where a passage is applied: the questions that rest on it, acts, periods, what may not happen, screens, letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from guichet.law import procedures, questions
from guichet.law.check.applying import Applied, where_applied
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.procedures import Procedure
from guichet.orders.grounds import GROUNDS

from .screens import screens_by_passage


class Use(NamedTuple):
    """One place where a passage is applied: its kind (« Question », « Acte »…), its name, and its address if it has one."""

    kind: str
    label: str
    address: str = ""
    inside: str = ""


@cache
def uses() -> Mapping[Ref, tuple[Use, ...]]:
    """Every passage that is applied somewhere, with its uses, each once, questions first."""
    found: dict[Ref, dict[Use, None]] = {}
    for ref, use in _all():
        if not ref.outside:
            found.setdefault(ref, {})[use] = None
    return {ref: tuple(each) for ref, each in found.items()}


def _all() -> Iterator[tuple[Ref, Use]]:
    every = [text.ref(address) for text in questions.TEXTS.values() for address in text.provisions]
    for ref in every:
        yield from ((ref, use) for use in _of_the_core(where_applied(ref)))
    for ref, screens in screens_by_passage().items():
        for screen in screens:
            yield ref, Use("Écran" if screen.address else "Message ou écran", screen.name, screen.address)
    for ground in GROUNDS.values():
        yield ground.basis, Use("Lettre de refus", ground.label)


def _of_the_core(applied: Applied) -> Iterator[Use]:
    for question in applied.questions:
        yield Use("Question", question.title, f"/droit/questions/{question.name}/")
    for procedure, act in applied.acts:
        yield Use("Acte", act.label, f"{_page(procedure)}#{act.act}", procedure.title)
    for _, clock in applied.clocks:
        yield from (
            Use("Délai", clock.title, f"{_page(procedure)}#{act.act}", procedure.title)
            for procedure in procedures.PROCEDURES.values()
            for act in procedure.transitions
            if clock in act.opens
        )
    for procedure, block in applied.blocks:
        yield Use("Empêchement", block.why, f"{_page(procedure)}#empechements", procedure.title)


def _page(procedure: Procedure) -> str:
    return f"/droit/procedures/{procedure.name}/"


@cache
def readings() -> Mapping[Ref, tuple[Interpretation, ...]]:
    """Every passage whose reading was chosen, with the interpretations."""
    found: dict[Ref, tuple[Interpretation, ...]] = {}
    for each in questions.INTERPRETATIONS:
        for ref in each.passages:
            found[ref] = (*found.get(ref, ()), each)
    return found
