"""People of the register for tests, taken in through the same door as real deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from guichet.casework.acts import Actor
from guichet.gateways.register import cast
from guichet.gateways.register.port import Header, PersonRecord, Rejection, UnreadableDelivery
from guichet.people.models import Person
from guichet.people.register.deliveries import Summary, import_delivery

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
CAROLE = Actor("clerk", "carole")
HEADER = Header("message-1", "sedex://T0-0-0", datetime(2026, 11, 22, 3, 30, tzinfo=UTC), is_test=True)


class ADelivery:
    """A delivery in memory; breaks off after its records if told how."""

    def __init__(self, *records: PersonRecord | Rejection, broken: str | None = None) -> None:
        self.header = HEADER
        self.records = records
        self.broken = broken

    def __iter__(self) -> Iterator[PersonRecord | Rejection]:
        yield from self.records
        if self.broken:
            raise UnreadableDelivery(self.broken)


def amelie(**changes: object) -> PersonRecord:
    """Amélie Rochat of the cast, Swiss, living in Genève; changed as the test needs."""
    return next(cast.people(DAY))._replace(**{"line": 4, **changes})


def take_in(*records: PersonRecord | Rejection, broken: str | None = None) -> tuple[Summary, list[Rejection]]:
    """Import a delivery of these records."""
    rejections: list[Rejection] = []
    delivery = ADelivery(*records, broken=broken)
    return import_delivery(delivery, clock=lambda: NOON, rejected=rejections.append), rejections


def the_cast() -> dict[str, Person]:
    """The whole cast, registered: people by local id."""
    take_in(*(person._replace(line=line) for line, person in enumerate(cast.people(DAY), start=4)))
    return {person.local_person_id: person for person in Person.objects.all()}


def registered(**changes: object) -> Person:
    """Amélie, registered, changed as the test needs."""
    record = amelie(**changes)
    take_in(record)
    return Person.objects.get(local_person_id=record.local_person_id)
