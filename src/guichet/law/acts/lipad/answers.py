"""How the rules of LIPAD answer: with the passages that decided, and what a careful jurist adds on that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.addresses import Ref, distinct
from guichet.law.kernel.answers import Answer, Decided, Step
from guichet.law.kernel.clocks import Deadline


def first_gap(on: date, *addresses: str) -> Answer | None:
    """Why one of these passages cannot be applied on that day: the first that cannot; nothing when all can."""
    for address in addresses:
        if gap := LIPAD.gap(address, on):
            return gap
    return None


def decided(
    on: date,
    value: Mapping[str, Any],
    phrase: str,
    *addresses: str,
    outside: tuple[Ref, ...] = (),
    steps: Sequence[Step] = (),
    reservations: tuple[str, ...] = (),
) -> Decided:
    """The decided answer that rests on these passages, the one that decides first, and on those of other texts."""
    return Decided(
        value=value,
        phrase=phrase,
        because=(*LIPAD.refs(*addresses, on=on), *outside),
        steps=steps,
        reservations=(*reservations, *LIPAD.remarks(addresses[0], on)),
    )


def last_day(on: date, deadline: Deadline, phrase: str) -> Answer:
    """The last day of a period of the act, inclusive; ``phrase`` says it with ``{last_day}``."""
    address = deadline.clock.basis[0].address
    if gap := LIPAD.gap(address, on):
        return gap
    return Decided(
        value={"last_day": deadline.last_day},
        phrase=phrase,
        because=counted_by(deadline),
        steps=deadline.steps,
        reservations=deadline.reservations + LIPAD.remarks(address, on),
    )


def counted_by(deadline: Deadline) -> tuple[Ref, ...]:
    """The passage that fixes the period, then those by which its days were counted, skipped or moved."""
    if not deadline.uncounted:
        return deadline.clock.basis
    return distinct(deadline.clock.basis, tuple(skipped.basis for skipped in deadline.uncounted))
