"""Whom of the register a person means who wants their account verified."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from guichet.casework.acts import Actor
from guichet.people.models import Person


class Claim(NamedTuple):
    """Who somebody says they are: an AVS number or a name, and the day of birth."""

    avs_number: str | None
    name: str | None
    birth_date: date


def person_meant(claim: Claim, *, reader: Actor, at: datetime) -> Person | None:
    """The one living person of the register with an address to whom all of ``claim`` applies; None otherwise.

    The search is logged. A protected address is an address: the letter goes there without anybody seeing it.
    """
    raise NotImplementedError
