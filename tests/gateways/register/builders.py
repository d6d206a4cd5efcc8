"""Deliveries for tests: real files, written by the writer and spoilt by hand where the test is about spoilt ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from guichet.gateways.register import cast, writer
from guichet.gateways.register.port import Header, PersonRecord, Rejection, UnreadableDelivery
from guichet.gateways.register.reader import EchDelivery

DAY = date(2026, 11, 22)
HEADER = Header("message-1", "sedex://T0-0-0", datetime(2026, 11, 22, 3, 30, tzinfo=UTC), is_test=True)


def amelie(**changes: Any) -> PersonRecord:
    """Amélie Rochat of the cast, Swiss, living in Genève; changed as the test needs."""
    return next(cast.people(DAY))._replace(**changes)


def of_the_cast(local_person_id: str) -> PersonRecord:
    """One of the cast as of ``DAY``."""
    return next(person for person in cast.people(DAY) if person.local_person_id == local_person_id)


def a_file(folder: Path, *persons: PersonRecord, spoil: Iterable[tuple[str, str]] = ()) -> Path:
    """A delivery of these persons; each pair of ``spoil`` replaces the first of its texts, which must be there."""
    path = folder / "delivery.xml"
    writer.write(path, HEADER, persons)
    text = path.read_text(encoding="utf-8")
    for old, new in spoil:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path) -> list[PersonRecord | Rejection]:
    """Everything in a delivery."""
    with EchDelivery(path) as delivery:
        return list(delivery)


def read_until_broken(path: Path) -> tuple[list[PersonRecord | Rejection], UnreadableDelivery | None]:
    """What a delivery gives before it breaks off, and how it does."""
    found: list[PersonRecord | Rejection] = []
    try:
        with EchDelivery(path) as delivery:
            for record in delivery:
                found.append(record)
    except UnreadableDelivery as broken:
        return found, broken
    return found, None
