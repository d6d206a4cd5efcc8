"""The waiting list: somebody who has an appointment asks for an earlier one, is offered a place, takes it or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from guichet.casework.acts import Actor
from guichet.identity.models import Appointment, IdentityApplication, Slot, Waiting
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, Refused

from . import booking, places
from .opening import start_of


def wait(appointments: Sequence[Appointment], *, from_on: date, until_on: date, at: datetime) -> Waiting:
    """Put those who come together on the list for an earlier appointment between two days, both included.

    A place that is free already is held for them at once, if nobody waits before them.

    Raises:
        Refused: the days are past, the wrong way round, or not before the day of the appointment.
        NotAllowedNow: they are on the list already.
    """
    first = appointments[0]
    if until_on < from_on or until_on < day_of(at):
        raise Refused("Le dernier jour précède le premier, ou il est passé : choisissez des jours à venir.")
    if until_on >= day_of(first.starts_at):
        raise Refused("Choisissez des jours avant celui de votre rendez-vous.")
    with transaction.atomic():
        waiting, is_new = Waiting.objects.get_or_create(
            application=first.application,
            defaults={
                "office_id": first.office_id,
                "from_on": max(from_on, day_of(at)),
                "until_on": until_on,
                "places": len(appointments),
                "since": at,
            },
        )
        if not is_new:
            raise NotAllowedNow("Vous êtes déjà sur la liste d'attente.")
        after = max(start_of(waiting.from_on), at + places.NOTICE)
        free = Slot.objects.free(office=first.office, places=waiting.places, after=after).first()
        if free is not None and day_of(free.starts_at) <= until_on:
            places.offer(free.pk, at=at)
            waiting.refresh_from_db()
    return waiting


def leave(application: IdentityApplication, *, at: datetime) -> None:
    """Take an application off the list, or refuse what is held for it: the place goes to the next one who waits."""
    with transaction.atomic():
        for waiting in Waiting.objects.filter(application=application):
            places.stop_waiting(waiting, at=at)


def accept(
    application: IdentityApplication, appointments: Sequence[Appointment], *, actor: Actor, at: datetime
) -> None:
    """Move those who come together into the slot that is held for them.

    Raises:
        NotAllowedNow: nothing is held for them, or no longer; their appointment stays.
        SlotTaken: more of them come now than asked, and there is no room for all.
    """
    waiting = Waiting.objects.select_related("slot__office").filter(application=application).first()
    if waiting is None or waiting.slot is None or waiting.held_until is None or waiting.held_until < at:
        raise NotAllowedNow("Ce créneau n'est plus gardé pour vous ; votre rendez-vous n'a pas changé.")
    with transaction.atomic():
        places.hold_slots({waiting.slot.pk, *(one.slot_id for one in appointments if one.slot_id)})
        if not Waiting.objects.filter(pk=waiting.pk, slot=waiting.slot).delete()[0]:
            raise NotAllowedNow("Ce créneau n'est plus gardé pour vous ; votre rendez-vous n'a pas changé.")
        booking.move(appointments, waiting.slot, actor=actor, at=at, held=waiting.places)


def expire(*, at: datetime) -> int:
    """Give what was held too long to the next ones who wait, and forget who waits for days that are over; how many."""
    held = Waiting.objects.filter(held_until__lt=at)
    past = Waiting.objects.filter(slot=None, until_on__lt=day_of(at))
    ended = 0
    for waiting in [*held.order_by("held_until"), *past]:
        with transaction.atomic():
            ended += places.stop_waiting(waiting, at=at)
    return ended
