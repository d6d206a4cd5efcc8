"""Where a passage is applied, in words and addresses: questions, acts, periods, what may not happen, screens, letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from guichet.law import procedures
from guichet.law.check.applying import Applied
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.procedures import Procedure, Transition
from guichet.orders.grounds import GROUNDS

from .rows import lines_of
from .screens import screens_of


class Use(NamedTuple):
    """One place where a passage is applied: its kind (« Question », « Acte »…), its name, and its address if it has one."""

    kind: str
    label: str
    address: str = ""
    inside: str = ""


def uses_of(ref: Ref, applied: Applied) -> tuple[Use, ...]:
    """The uses of a passage, each once, questions first."""
    return tuple(dict.fromkeys(_all(ref, applied)))


def _all(ref: Ref, applied: Applied) -> Iterator[Use]:
    for question in applied.questions:
        yield Use("Question", question.title, f"/droit/questions/{question.name}/")
    for procedure, line in applied.acts:
        yield Use("Acte", line.label, _address(procedure, line), procedure.title)
    for procedure in procedures.PROCEDURES.values():
        opening = ((line, clock) for line in procedure.transitions for clock in line.opens if ref in clock.basis)
        yield from (Use("Délai", clock.title, _address(procedure, line), procedure.title) for line, clock in opening)
    for procedure, block in applied.blocks:
        yield Use("Empêchement", block.why, f"/droit/procedures/{procedure.name}/#empechements", procedure.title)
    for screen in screens_of(ref):
        yield Use("Écran" if screen.address else "Écran ou message", screen.name, screen.address)
    for ground in GROUNDS.values():
        if ground.basis == ref:
            yield Use("Lettre de refus", ground.label)


def _address(procedure: Procedure, line: Transition) -> str:
    name = next(name for name, each in lines_of(procedure).items() if each is line)
    return f"/droit/procedures/{procedure.name}/#{name}"
