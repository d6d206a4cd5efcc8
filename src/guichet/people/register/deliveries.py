"""Takes a delivery of the register in: what is new or changed is written, what is the same is left alone.

Batches are committed one by one. A delivery that breaks off, or an import that is killed, leaves what was taken in;
running it again takes the rest, since unchanged persons cost a look-up and no write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from guichet.gateways.register import communes, port
from guichet.kit.clock import day_of
from guichet.people.models import Person, RegisterDelivery, Relation, Stay

from . import changes, rows
from .changes import IdentityChange

BATCH = 1000
# What an identity document states of its holder.
_STATED = ("official_name", "first_names", "sex", "is_swiss")
_INSERTED_AT_ONCE = 500


@dataclass
class Summary:
    """What became of the records of one delivery; ``broken`` says why and where it broke off, if it did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    broken: str | None = None

    @property
    def read(self) -> int:
        """The records that were read, taken or not."""
        return self.new + self.changed + self.unchanged + self.rejected


class _Known(NamedTuple):
    """What is held of a person already."""

    id: UUID
    digest: str
    delivery_id: UUID
    line: int
    official_name: str
    first_names: str
    sex: str
    is_swiss: bool


@dataclass
class _Batch:
    """The decisions on a batch of records, before anything is written."""

    new: list[tuple[port.PersonRecord, str]] = field(default_factory=list)
    changed: list[tuple[port.PersonRecord, str, UUID]] = field(default_factory=list)
    unchanged: int = 0
    rejections: list[port.Rejection] = field(default_factory=list)
    identities: list[IdentityChange] = field(default_factory=list)


def import_delivery(
    delivery: port.Delivery,
    *,
    clock: Callable[[], datetime],
    rejected: Callable[[port.Rejection], None],
    progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Take a whole delivery in; ``rejected`` is told each record not taken, ``progress`` each finished batch.

    Every batch is one transaction. A delivery that breaks off is not an error here: the summary says so.
    """
    header, at = delivery.header, clock()
    run = RegisterDelivery.objects.create(
        message_id=header.message_id, sender_id=header.sender_id, sent_at=header.sent_at, started_at=at
    )
    summary = Summary()
    records = iter(delivery)
    while chunk := _next_records(records, summary):
        batch = _take_in_again(chunk, run, at)
        for rejection in batch.rejections:
            rejected(rejection)
        _count(batch, summary)
        if progress:
            progress(summary)
    _end(run, summary, clock())
    return summary


def _next_records(
    records: Iterable[port.PersonRecord | port.Rejection], summary: Summary
) -> list[port.PersonRecord | port.Rejection]:
    chunk: list[port.PersonRecord | port.Rejection] = []
    try:
        for record in islice(records, BATCH):
            chunk.append(record)  # noqa: PERF402 - what came before a break must stay
    except port.UnreadableDelivery as broken:
        summary.broken = broken.message
    return chunk


def _take_in_again(chunk: list[port.PersonRecord | port.Rejection], run: RegisterDelivery, at: datetime) -> _Batch:
    """Take a batch in; once more if another import inserted some of the same persons meanwhile."""
    try:
        return _take_in(chunk, run, at)
    except IntegrityError:
        return _take_in(chunk, run, at)


def _take_in(chunk: list[port.PersonRecord | port.Rejection], run: RegisterDelivery, at: datetime) -> _Batch:
    with transaction.atomic():
        batch = _decide(chunk, run)
        _insert(batch, run, at)
        _update(batch, run, at)
        changes.owe(batch.identities)
    return batch


def _decide(chunk: list[port.PersonRecord | port.Rejection], run: RegisterDelivery) -> _Batch:
    batch, seen = _Batch(), dict[str, int]()
    known = _known(record.local_person_id for record in chunk if isinstance(record, port.PersonRecord))
    for record in chunk:
        if isinstance(record, port.Rejection):
            batch.rejections.append(record)
            continue
        held = known.get(record.local_person_id)
        earlier = seen.get(record.local_person_id)
        if earlier is None and held and held.delivery_id == run.id:
            earlier = held.line
        if reason := _objection(record, earlier):
            batch.rejections.append(port.Rejection(record.line, record.local_person_id, reason))
            continue
        seen[record.local_person_id] = record.line
        digest = rows.content_digest(record)
        if held is None:
            batch.new.append((record, digest))
        elif held.digest != digest:
            batch.changed.append((record, digest, held.id))
            batch.identities += _identity_change(record, held, run)
        else:
            batch.unchanged += 1
    return batch


def _known(local_person_ids: Iterable[str]) -> dict[str, _Known]:
    held = Person.objects.filter(local_person_id__in=list(local_person_ids))
    columns = held.values_list("local_person_id", "id", "digest", "delivery_id", "source_line", *_STATED)
    return {row[0]: _Known(*row[1:]) for row in columns}


def _identity_change(record: port.PersonRecord, held: _Known, run: RegisterDelivery) -> list[IdentityChange]:
    """What the documents of a Swiss resident no longer state rightly; nothing for who has died, left or is no Swiss.

    Who has announced a departure is a resident until that day.
    """
    leaves_on = record.residence.departed_on
    is_resident = record.died_on is None and (leaves_on is None or leaves_on > day_of(run.started_at))
    new_name = (record.official_name, record.first_names) != (held.official_name, held.first_names)
    new_sex = record.sex.value != held.sex
    if not (held.is_swiss and record.origins and is_resident and (new_name or new_sex)):
        return []
    commune = record.residence.commune.bfs_number or 0
    return [IdentityChange(held.id, run.id, commune, new_name, new_sex)]


def _objection(record: port.PersonRecord, earlier_line: int | None) -> str | None:
    """Why a record that can be read is not taken all the same, in French."""
    if earlier_line is not None:
        return f"personId : cette personne figure déjà à la ligne {earlier_line} de la livraison"
    if record.residence.commune.bfs_number not in communes.all_communes():
        return "reportingMunicipality : la commune n'est pas du canton"
    return None


def _insert(batch: _Batch, run: RegisterDelivery, at: datetime) -> None:
    persons = [rows.person(record, digest=digest, delivery=run, at=at) for record, digest in batch.new]
    Person.objects.bulk_create(persons, batch_size=_INSERTED_AT_ONCE)
    _write_attached([record for record, _ in batch.new], persons)


def _update(batch: _Batch, run: RegisterDelivery, at: datetime) -> None:
    """Rewrite the changed rows under their own keys, which their ciphertexts are bound to."""
    if not batch.changed:
        return
    persons = []
    for record, digest, key in batch.changed:
        person = rows.person(record, digest=digest, delivery=run, at=at)
        person.id = key
        persons.append(person)
    Person.objects.bulk_create(
        persons,
        batch_size=_INSERTED_AT_ONCE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=rows.KEPT_FIELDS,
    )
    keys = [person.id for person in persons]
    Stay.objects.filter(person__in=keys).delete()
    Relation.objects.filter(person__in=keys).delete()
    _write_attached([record for record, _, _ in batch.changed], persons)


def _write_attached(records: list[port.PersonRecord], persons: list[Person]) -> None:
    pairs = list(zip(records, persons, strict=True))
    Stay.objects.bulk_create([stay for pair in pairs for stay in rows.stays(*pair)], batch_size=2 * _INSERTED_AT_ONCE)
    Relation.objects.bulk_create(
        [relation for pair in pairs for relation in rows.relations(*pair)], batch_size=2 * _INSERTED_AT_ONCE
    )


def _count(batch: _Batch, summary: Summary) -> None:
    summary.new += len(batch.new)
    summary.changed += len(batch.changed)
    summary.unchanged += batch.unchanged
    summary.rejected += len(batch.rejections)


def _end(run: RegisterDelivery, summary: Summary, at: datetime) -> None:
    RegisterDelivery.objects.filter(pk=run.pk).update(
        ended_at=at,
        is_complete=summary.broken is None,
        read_count=summary.read,
        new_count=summary.new,
        changed_count=summary.changed,
        unchanged_count=summary.unchanged,
        rejected_count=summary.rejected,
    )
