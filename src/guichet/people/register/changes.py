"""What a delivery changed that other rooms must hear of: told to the functions above, in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from guichet.casework.jobs import job

# The place of the listener in the worker's wiring.
LISTENER = "identity_changed"


class IdentityChange(NamedTuple):
    """That a delivery changed what the identity documents of a Swiss resident state: their names, their sex, or both."""

    person_id: UUID
    delivery_id: UUID
    commune: int
    has_new_name: bool
    has_new_sex: bool


Listener = Callable[[Sequence[IdentityChange], datetime], None]


@job(alarm_at=4)
def tell(told: list[list[Any]], *, at: datetime, wiring: Mapping[str, Any]) -> None:
    """Hand the changes of one batch to who must act on them; may happen twice."""
    listener: Listener = wiring[LISTENER]
    listener([IdentityChange(UUID(one[0]), UUID(one[1]), *one[2:]) for one in told], at)


def owe(changes: Sequence[IdentityChange]) -> None:
    """Have changes told once the delivery's transaction has ended; nothing to tell costs nothing."""
    if changes:
        tell.enqueue([[str(one.person_id), str(one.delivery_id), *one[2:]] for one in changes])
