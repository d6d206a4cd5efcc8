"""The places of slots: taken and given back by conditional updates, held for who waits for an earlier day.

Everybody touches slots before appointments, and slots in the order of their keys: nobody waits for each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from guichet.identity.mails import owe
from guichet.identity.models import Appointment, Slot, Waiting
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.errors import Refused
from guichet.kit.formats import clock_time, instant, long_date

HOLD = timedelta(hours=6)
# Nobody is offered an appointment they could hardly reach.
NOTICE = timedelta(hours=3)


class SlotTaken(Refused):
    """The places of a slot went to others, or the slot is over or shut: choose another one."""

    code = "slot_taken"


def hold(office: Office) -> None:
    """Keep others from changing when an office receives, until the transaction ends (on SQLite writers wait as it is)."""
    list(Office.objects.select_for_update(no_key=True).filter(pk=office.pk))


def hold_all(office: Office, *, after: datetime) -> None:
    """Keep others from changing when an office receives and who is booked there after an instant.

    All its slots are locked in the order of their keys: who books meanwhile waits, and then finds what is shut.
    """
    hold(office)
    slots = Slot.objects.select_for_update(no_key=True).filter(office=office, starts_at__gt=after)
    list(slots.order_by("id").values_list("pk"))


def hold_slots(keys: set[UUID]) -> None:
    """Lock these slots, before what hangs on them."""
    list(Slot.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("id").values_list("pk"))


def take(changes: Mapping[UUID, int], *, at: datetime) -> None:
    """Take places in slots, or give some back where the number is negative; inside the caller's transaction.

    Raises:
        SlotTaken: a slot has not so many places left, is shut, or has begun; the transaction must be given up.
    """
    for key in sorted(changes, key=str):
        places = changes[key]
        slots = Slot.objects.filter(pk=key)
        if places > 0:
            slots = slots.filter(is_closed=False, starts_at__gt=at, taken__lte=F("capacity") - places)
        else:
            slots = slots.filter(taken__gte=-places)
        if places and not slots.update(taken=F("taken") + places):
            raise SlotTaken("Ce créneau vient d'être pris ou n'est plus libre : choisissez-en un autre.")


def offer(slot_id: UUID, *, at: datetime) -> None:
    """Hold the free places of a slot for those who wait for such a day, the first one first; tell them by mail.

    Inside the caller's transaction, after places were given back.
    """
    slot = Slot.objects.get(pk=slot_id)
    if slot.is_closed or slot.starts_at < at + NOTICE:
        return
    later = Appointment.objects.booked().filter(application=OuterRef("application"), starts_at__gt=slot.starts_at)
    day = day_of(slot.starts_at)
    in_turn = Waiting.objects.filter(
        Exists(later), office=slot.office_id, slot=None, from_on__lte=day, until_on__gte=day
    )
    for waiting in in_turn.select_related("application").order_by("since", "id"):
        room = slot.capacity - slot.taken
        if not room:
            return
        if waiting.places <= room and _hold(slot, waiting, at=at):
            slot.refresh_from_db(fields=["taken"])


def _hold(slot: Slot, waiting: Waiting, *, at: datetime) -> bool:
    """Hold the places of a slot for one who waits; False if somebody else was quicker."""
    until = min(at + HOLD, slot.starts_at - NOTICE / 2)
    free = Slot.objects.filter(pk=slot.pk, is_closed=False, taken__lte=F("capacity") - waiting.places)
    if not free.update(taken=F("taken") + waiting.places):
        return False
    if not Waiting.objects.filter(pk=waiting.pk, slot=None).update(slot=slot, held_until=until):
        Slot.objects.filter(pk=slot.pk).update(taken=F("taken") - waiting.places)
        return False
    owe(
        waiting.application,
        "appointment_offered",
        {
            "day": long_date(day_of(slot.starts_at)),
            "time": clock_time(slot.starts_at),
            "until": instant(until),
            "visit": f"/rendez-vous/{waiting.application.token}/",
        },
        key=f"{slot.pk}/{until.isoformat()}",
    )
    return True


def stop_waiting(waiting: Waiting, *, at: datetime) -> bool:
    """Take somebody off the waiting list; what was held for them goes to the next one. False: they were off already.

    Inside the caller's transaction.
    """
    held = waiting.slot_id
    if held is not None:
        Slot.objects.filter(pk=held).update(taken=F("taken") - waiting.places)
    if not Waiting.objects.filter(pk=waiting.pk, slot=held).delete()[0]:
        if held is not None:
            Slot.objects.filter(pk=held).update(taken=F("taken") + waiting.places)
        return False
    if held is not None:
        offer(held, at=at)
    return True
