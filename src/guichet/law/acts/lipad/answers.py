"""How the rules of LIPAD answer: with the passages that decided, and what a careful jurist adds on that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Answer, Decided, Step


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
        because=(*LIPAD.refs(*addresses), *outside),
        steps=steps,
        reservations=(*reservations, *LIPAD.remarks(addresses[0], on)),
    )
