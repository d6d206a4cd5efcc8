"""What the register said of a verified account's holder, kept with their draft from one page to the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from guichet.casework.acts import Actor
from guichet.kit.clock import day_of
from guichet.people.register import extract

from .eligibility import CONDITIONS, Finding, findings
from .models import Order

KEY = "register"


class Known(NamedTuple):
    """The holder as the register told it ``on`` a day: who they are, and which conditions of the service they meet.

    ``born`` is ISO text as far as known; ``as_of`` is when the register told it; ``met`` is by condition.
    """

    person_id: UUID
    on: date
    full_name: str
    born: str
    commune: str
    as_of: datetime
    met: Mapping[str, bool | None]

    @property
    def born_on(self) -> date | None:
        """The day of birth, or None when the register knows only the month or the year."""
        return date.fromisoformat(self.born) if len(self.born) == 10 else None

    @property
    def findings(self) -> list[Finding]:
        """What was found about each condition, with its words."""
        return [Finding(code, met, CONDITIONS[code][0], CONDITIONS[code][2]) for code, met in self.met.items()]

    def to_json(self) -> dict[str, Any]:
        """As the draft keeps it."""
        texts = {"person_id": str(self.person_id), "on": self.on.isoformat(), "as_of": self.as_of.isoformat()}
        return {**self._asdict(), **texts}


def read(order: Order, person_id: UUID, *, reader: Actor, at: datetime) -> Known:
    """Read the register for this order; the reading is logged (2 queries)."""
    told = extract(person_id, reader=reader, reason="préremplir la commande", case_reference=order.reference, at=at)
    found = findings(order.version.conditions, told.eligibility)
    met = {finding.code: finding.met for finding in found}
    return Known(person_id, day_of(at), told.full_name, told.born, told.commune, told.as_of, met)


def kept(order: Order, person_id: UUID, *, on: date) -> Known | None:
    """What the draft keeps; None if it was read of somebody else, on another day, or has been used."""
    said: dict[str, Any] | None = order.answers.get(KEY)
    if said is None:
        return None
    known = Known(**said)._replace(
        person_id=UUID(said["person_id"]),
        on=date.fromisoformat(said["on"]),
        as_of=datetime.fromisoformat(said["as_of"]),
    )
    return known if known.person_id == person_id and known.on == on else None
