"""A million cases in minutes: honest cases are made by the doors, then copied by the database itself.

``python -m tests.load.multiply SIZE`` in the environment of an office brings orders and applications for identity
documents up to ``SIZE`` each. A copy has its own key, reference, addresses, dates and due date, an application its own
name too; all else is its origin's. It has **no journal**, payment or mail, and the encrypted fields that no list reads
are its origin's bytes, which do not open in another row (ADR 0005): copies are for lists, not for work. Refused orders
have their decision and its letter, applications that are over an appointment of the past; the next day of each agenda
is booked to the last place at any size.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

import django
from django.db import connection, transaction
from django.db.models import Model

# So many at once that each page of an index is written a few times and not at every step.
AT_ONCE, ORIGINS = 250_000, 2_000
_YEARS_OF_DAYS, _INSTANTS, _DAYS_DUE = 1_500, 5_000, 20
# An odd number near a golden section of 31 ** 8: consecutive cases get references that have nothing to do with each other.
_STRIDE = 527_117_466_017
_NAMES = ("Rochat", "da Conceição", "Krasniqi", "Chappuis", "Müller", "N'Guyen", "Favre", "Bianchi")
_OF_THE_ORDER = "FROM fresh f JOIN orders_order o ON o.reference = f.reference WHERE o.state"
_OF_THE_APPLICATION = "FROM fresh f JOIN identity_identityapplication o ON o.reference = f.reference WHERE o.state"


class Kind(NamedTuple):
    """What is copied: the states that are over, what no two cases share besides the usual, what is inserted with it."""

    model: type[Model]
    prefix: str
    over: frozenset[str]
    own: dict[str, str]
    also: tuple[str, ...]


def grow(size: int, *, at: datetime) -> None:
    """Bring both kinds of case up to so many, from the orders that are there and applications made for it."""
    from guichet.identity.models import IdentityApplication
    from guichet.orders.models import Order
    from tests.load import origins

    chance = random.Random(size)
    orders = list(Order.objects.exclude(state="draft").order_by("id")[:ORIGINS])
    _copy(_orders(), chance.choices(orders, k=max(0, size - Order.objects.count())), at, chance)
    lives = origins.make(at=at, seed=size)
    weights = [weight for weight, _, _ in origins.LIVES]
    drawn = chance.choices(lives, weights, k=max(0, size - IdentityApplication.objects.count()))
    _copy(_applications(), [chance.choice(alike) for alike in drawn], at, chance)
    _book_the_next_day(at)


def _make_room() -> None:
    """This database is thrown away: nothing waits for the disk, and indexes are kept in memory while they grow."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")
        else:
            cursor.execute("SET synchronous_commit = off")


def _chance() -> str:
    """SQL for 32 hexadecimal digits that no two rows share."""
    if connection.vendor == "sqlite":
        return "lower(hex(randomblob(16)))"
    return "md5(random()::text || f.reference)"


def _orders() -> Kind:
    from guichet.orders.models import Order

    own = {"ordered_on": "CASE WHEN o.ordered_on IS NULL THEN NULL ELSE COALESCE(f.opened_on, o.ordered_on) END"}
    # One of a hundred letters of decisions has not been posted yet.
    posted = "CASE WHEN o.token < '03' THEN NULL ELSE o.ordered_on END"
    decision = (
        "INSERT INTO orders_decision (id, case_reference, grounds, reasons, decided_at, decided_by, signatory, "
        "notified_on, appeal_by) SELECT o.id, o.reference, '[]', '', o.opened_at, 'populate', 'Carole Jaquet', "
        f"{posted}, {posted} {_OF_THE_ORDER} = 'refused'"
    )
    letter = (
        "INSERT INTO documents_issueddocument (id, case_reference, kind, version, title, digest, size, data_digest, "
        "verification_code, bearer_index, issued_at, issued_by, revoked_by) SELECT o.id, o.reference, 'decision', 1, "
        f"'Décision', o.token, 1, '', o.tracking_code, '', o.opened_at, 'populate', '' {_OF_THE_ORDER} = 'refused'"
    )
    over = frozenset({"delivered", "refused", "cancelled", "lapsed"})
    return Kind(Order, "CMD", over, own, (decision, letter))


def _applications() -> Kind:
    from guichet.identity.models import IdentityApplication
    from tests.load.origins import OVER

    opened = "COALESCE(f.opened_at, o.opened_at)"
    own = {"household": "f.id", "name": "f.name", "bearer_index": f"{_chance()} || {_chance()}", "lodged_at": opened}
    # Who has been served came to the counter when the application was lodged.
    came = (
        "INSERT INTO identity_appointment (id, application_id, office_id, starts_at, minutes, status, sequence, "
        "placed_at, ended_at) SELECT o.id, o.id, o.office_id, o.opened_at, 20, 'attended', 0, o.opened_at, o.opened_at "
        f"{_OF_THE_APPLICATION} IN ('delivered', 'destroyed')"
    )
    return Kind(IdentityApplication, "PID", OVER, own, (came,))


def _copy(kind: Kind, origins: Sequence[Any], at: datetime, chance: random.Random) -> None:
    """Insert a copy of each of the origins."""
    table = kind.model._meta.db_table
    opened = "COALESCE(f.opened_at, o.opened_at)"
    taken_from = {field.column: f"o.{field.column}" for field in kind.model._meta.local_concrete_fields}
    chosen = taken_from | {
        "id": "f.id",
        "reference": "f.reference",
        "token": _chance(),
        "start_key": _chance(),
        "tracking_code": f"substr({_chance()}, 1, 14)",
        "opened_at": opened,
        "touched_at": opened,
        "due_on": "COALESCE(f.due_on, o.due_on)",
        **kind.own,
    }
    insert = (
        f"INSERT INTO {table} ({', '.join(chosen)}) SELECT {', '.join(chosen.values())} "
        f"FROM fresh f JOIN {table} o ON o.id = f.origin"
    )
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS fresh")
        cursor.execute(
            "CREATE TEMP TABLE fresh AS SELECT id AS origin, id, reference, CAST(token AS text) AS name, opened_at, due_on, "
            f"due_on AS opened_on FROM {table} WHERE 1 = 0"
        )
    rows = _rows(kind, origins, at, chance)
    while some := list(islice(rows, AT_ONCE)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("INSERT INTO fresh VALUES (%s, %s, %s, %s, %s, %s, %s)", some)
            for statement in (insert, *kind.also):
                cursor.execute(statement)
            cursor.execute("DELETE FROM fresh")


def _rows(kind: Kind, origins: Sequence[Any], at: datetime, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    """The rows of ``fresh``: origin, key, reference, name, and the dates where they are not those of the origin."""
    from guichet.kit.clock import day_of
    from guichet.kit.ids import uuid7

    pk, opened_at, due_on = (kind.model._meta.get_field(name) for name in ("id", "opened_at", "due_on"))
    keys = {one.pk: pk.get_db_prep_save(one.pk, connection) for one in set(origins)}
    instants = [at - timedelta(days=chance.uniform(1, _YEARS_OF_DAYS)) for _ in range(_INSTANTS)]
    begun = [
        (opened_at.get_db_prep_save(one, connection), due_on.get_db_prep_save(day_of(one), connection))
        for one in instants
    ]
    shifted = {
        day: [
            due_on.get_db_prep_save(day + timedelta(days=days), connection) for days in range(-_DAYS_DUE, _DAYS_DUE + 1)
        ]
        for day in {one.due_on for one in origins if one.due_on}
    }
    for number, one in enumerate(origins, start=chance.randrange(31**7)):
        key = uuid7()
        name = _sealed(kind, chance.choice(_NAMES), key) if "name" in kind.own else None
        opened, day = chance.choice(begun) if one.state in kind.over else (None, None)
        due = chance.choice(shifted[one.due_on]) if one.due_on else None
        prepared = key.hex if connection.vendor == "sqlite" else key
        yield keys[one.pk], prepared, _reference(kind.prefix, number), name, opened, due, day


def _sealed(kind: Kind, name: str, key: UUID) -> str | None:
    """A name as it lies in the row of this key."""
    row: Any = SimpleNamespace(_meta=kind.model._meta, pk=key)
    field: Any = kind.model._meta.get_field("name")
    sealed: str | None = field.seal(f"Amélie {name}", row)
    return sealed


def _reference(prefix: str, number: int) -> str:
    """The reference of a number, with its check character."""
    from guichet.kit.ids import ALPHABET, _check_character

    left, body = number * _STRIDE % 31**8, ""
    for _ in range(8):
        left, place = divmod(left, 31)
        body += ALPHABET[place]
    return f"{prefix}-{body}-{_check_character(body)}"


def _book_the_next_day(at: datetime) -> None:
    """Book the next day on which each authority receives to its last place."""
    from guichet.identity.models import Appointment, IdentityApplication, Slot
    from guichet.identity.operations.opening import start_of
    from guichet.institutions.models import Office
    from guichet.kit.clock import day_of

    tomorrow = start_of(day_of(at) + timedelta(days=1))
    for office in Office.objects.filter(slots__isnull=False).distinct():
        slots = Slot.objects.filter(office=office)
        first = slots.filter(starts_at__gte=tomorrow).order_by("starts_at").first()
        if first is None or first.taken == first.capacity:
            continue
        free = slots.filter(starts_at__gte=first.starts_at, starts_at__lt=start_of(first.day + timedelta(days=1)))
        places = [slot for slot in free.order_by("starts_at") for _ in range(slot.capacity - slot.taken)]
        people = IdentityApplication.objects.filter(office=office).exclude(appointments__status="booked").only("id")
        Appointment.objects.bulk_create(
            Appointment(
                application=one,
                office=office,
                slot=slot,
                starts_at=slot.starts_at,
                minutes=slot.minutes,
                placed_at=at,
            )
            for slot, one in zip(places, people[: len(places)], strict=False)
        )
        for slot in free:
            slot.taken = slot.capacity
            slot.save(update_fields=["taken"])


def main() -> None:
    """Grow, and let the database look at what it has."""
    django.setup()
    from guichet.kit import clock

    _make_room()
    grow(int(sys.argv[1]), at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    main()
