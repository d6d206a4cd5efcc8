"""Whom of the register a person means who wants their account verified."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from guichet.casework.acts import Actor
from guichet.kit.clock import day_of
from guichet.people import register
from guichet.people.models import Person


class Claim(NamedTuple):
    """Who somebody says they are: an AVS number or a name (or both), and the day of birth."""

    avs_number: str | None
    name: str | None
    birth_date: date


def person_meant(claim: Claim, *, reader: Actor, at: datetime) -> Person | None:
    """The one living person of the register to whom all of ``claim`` applies and a letter can be sent, else None.

    A name must be the whole official name and a first name. A protected address is an address: the letter goes there
    without anybody seeing it. The search is logged.
    """
    try:
        found = register.find(
            avs_number=claim.avs_number, name=claim.name, birth_date=claim.birth_date, reader=reader, at=at
        )
    except register.SearchTooWide:
        return None
    meant = [one for one in found if claim.avs_number or one.bears(claim.name or "")]
    if len(meant) != 1 or meant[0].is_deceased:
        return None
    person = Person.objects.get(pk=meant[0].person_id)
    return person if _can_be_written_to(person, day_of(at)) else None


def _can_be_written_to(person: Person, on: date) -> bool:
    has_left = person.departed_on is not None and person.departed_on < on
    return not has_left or person.destination_address is not None
