"""Changing when a counter receives: what a change does to the slots, and to who is booked in those that go.

Nobody keeps an appointment in a slot that is shut: the change is refused until they may be moved, and each is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest

from guichet.casework.acts import Actor
from guichet.identity.models import Appointment, Closure, Opening, Slot, Waiting
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.errors import Refused
from guichet.kit.formats import count

from . import booking, opening, places
from .opening import between, check_overlaps, insert, slots_of


class StillBooked(Refused):
    """People are booked in slots that would go: they must be moved with the change, or dealt with before it."""

    code = "still_booked"

    def __init__(self, appointments: Sequence[Appointment]) -> None:
        told = count(len(appointments), "rendez-vous est pris", "rendez-vous sont pris")
        super().__init__(f"{told} dans des créneaux qui disparaîtraient : déplacez-les d'abord, ou avec ce changement.")
        self.appointments = list(appointments)


class Plan(NamedTuple):
    """What a change of the openings does: slots made, given other places, shut; and who is booked in those."""

    opened: list[Slot]
    changed: list[Slot]
    shut: list[Slot]
    appointments: list[Appointment]


class Outcome(NamedTuple):
    """What became of the people who were booked in what was shut: moved, or cancelled where no other slot was free."""

    moved: int = 0
    cancelled: int = 0


def openings_of(office: Office) -> list[Opening]:
    """The weekly spans of an office, in the order of the week (1 query)."""
    return list(Opening.objects.filter(office=office).order_by("weekday", "begins", "valid_from"))


def plan(office: Office, openings: Sequence[Opening], *, at: datetime, ahead: int) -> Plan:
    """What it does to the coming slots if these are the openings of an office; nothing is written (5 queries).

    Slots are made as far as they are made already, and at least ``ahead`` days. What both the old openings and the new
    ones give alike stays as it is, with what an operator changed of it.

    Raises:
        Refused: two spans overlap.
    """
    check_overlaps(openings)
    there = {slot.starts_at: slot for slot in Slot.objects.filter(office=office, starts_at__gt=at)}
    made = max((slot.day for slot in there.values()), default=day_of(at) - timedelta(days=1))
    until_on = max(made, day_of(at) + timedelta(days=ahead)) if ahead else made
    closed = list(Closure.objects.filter(office=office, until_on__gte=day_of(at)))
    old = _given(openings_of(office), [], at, until_on)
    new = _given(openings, [], at, until_on)
    open_days = _given(openings, closed, at, until_on)
    changed = [
        _resized(there[start], slot, is_closed=start not in open_days)
        for start, slot in new.items()
        if start in there and _differs(old.get(start), slot)
    ]
    shut = [there[start] for start in old if start in there and start not in new]
    opened = [slot for start, slot in open_days.items() if start not in there]
    return Plan(opened, changed, shut, _booked_in(shut, at))


def _given(
    openings: Sequence[Opening], closed: Sequence[Closure], at: datetime, until_on: date
) -> dict[datetime, Slot]:
    slots = (slot for one in openings for slot in slots_of(one, day_of(at), until_on, closed))
    return {slot.starts_at: slot for slot in slots if slot.starts_at > at}


def _differs(old: Slot | None, new: Slot) -> bool:
    return old is None or (old.capacity, old.minutes) != (new.capacity, new.minutes)


def _resized(there: Slot, wanted: Slot, *, is_closed: bool) -> Slot:
    there.capacity, there.minutes, there.is_closed = wanted.capacity, wanted.minutes, is_closed
    return there


def _booked_in(slots: Sequence[Slot], at: datetime) -> list[Appointment]:
    booked = Appointment.objects.booked().filter(slot__in=[slot.pk for slot in slots], starts_at__gt=at)
    return list(booked.select_related("application", "office").order_by("starts_at", "application__household", "id"))


def settle(
    office: Office, openings: Sequence[Opening], *, actor: Actor, at: datetime, ahead: int, rebook: bool = False
) -> Outcome:
    """Make these the openings of an office, and let its coming slots follow.

    Raises:
        StillBooked: people are booked in slots that go, and ``rebook`` does not say to move them; nothing changes.
        Refused: two spans overlap.
    """
    with transaction.atomic():
        places.hold_all(office, after=at)
        found = plan(office, openings, at=at, ahead=ahead)
        if found.appointments and not rebook:
            raise StillBooked(found.appointments)
        Opening.objects.filter(office=office).delete()
        Opening.objects.bulk_create(openings)
        insert(found.opened)
        for slot in found.changed:
            capacity = Greatest(F("taken"), slot.capacity)
            Slot.objects.filter(pk=slot.pk).update(capacity=capacity, minutes=slot.minutes, is_closed=slot.is_closed)
        shut = Slot.objects.filter(pk__in=[slot.pk for slot in found.shut])
        outcome = _shut(shut, found.appointments, actor=actor, at=at)
        # A slot that no opening gives any more has no places, even where a closure over it is undone.
        shut.update(capacity=F("taken"))
    return outcome


def load(path: Path, *, actor: Actor, at: datetime, rebook: bool = False) -> tuple[int, Outcome]:
    """Make the openings that a TOML file gives those of the offices it names, all or none: how many, and what became of
    the people who were booked in what went. Slots that are made already follow; the daily job makes those to come.

    Raises:
        BadOpeningsFile: the file cannot be used.
        StillBooked, Refused: as for one office.
    """
    given = opening.read(path)
    with transaction.atomic():
        outcomes = [
            settle(office, openings, actor=actor, at=at, ahead=0, rebook=rebook) for office, openings in given.items()
        ]
    together = Outcome(sum(one.moved for one in outcomes), sum(one.cancelled for one in outcomes))
    return sum(map(len, given.values())), together


def close(
    office: Office,
    *,
    from_on: date,
    until_on: date,
    reason: str,
    actor: Actor,
    at: datetime,
    rebook: bool = False,
) -> Outcome:
    """Close an office for appointments on these days, both included.

    Raises:
        StillBooked: people are booked then, and ``rebook`` does not say to move them; nothing changes.
        Refused: the days are the wrong way round.
    """
    if until_on < from_on:
        raise Refused("Le dernier jour de la fermeture précède le premier.")
    with transaction.atomic():
        places.hold_all(office, after=at)
        slots = between(office, from_on, until_on)
        booked = _booked_in(list(slots), at)
        if booked and not rebook:
            raise StillBooked(booked)
        Closure.objects.create(office=office, from_on=from_on, until_on=until_on, reason=reason)
        return _shut(slots, booked, actor=actor, at=at)


def _shut(slots: QuerySet[Slot], booked: Sequence[Appointment], *, actor: Actor, at: datetime) -> Outcome:
    """Shut slots: nobody is offered them any more, and who is booked in them goes elsewhere and is told."""
    slots.update(is_closed=True)
    for waiting in Waiting.objects.filter(slot__in=slots):
        assert waiting.slot_id is not None
        Slot.objects.filter(pk=waiting.slot_id).update(taken=F("taken") - waiting.places)
        Waiting.objects.filter(pk=waiting.pk).update(slot=None, held_until=None)
    moved = cancelled = 0
    for together in _groups(booked):
        other = _nearest(together, at=at)
        if other is None:
            booking.cancel(together, actor=actor, at=at)
            cancelled += len(together)
        else:
            booking.move(together, other, actor=actor, at=at)
            moved += len(together)
    return Outcome(moved, cancelled)


def _groups(booked: Sequence[Appointment]) -> Iterator[list[Appointment]]:
    """Those of one household who come together stay together."""
    for _, group in groupby(booked, key=lambda one: (one.slot_id, one.application.household)):
        yield list(group)


def _nearest(together: Sequence[Appointment], *, at: datetime) -> Slot | None:
    """The next slot with room for all after theirs; the last one before it if there is none."""
    first = together[0]
    free = Slot.objects.free(office=first.office, places=len(together), after=at + places.NOTICE)
    return free.filter(starts_at__gt=first.starts_at).first() or free.last()
