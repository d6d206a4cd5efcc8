"""Appointments: booked, moved, cancelled, kept or missed. They never move an application's state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from guichet.casework.acts import SYSTEM, Actor, record
from guichet.identity.mails import owe
from guichet.identity.models import Appointment, AppointmentStatus, IdentityApplication, Slot, Waiting
from guichet.identity.models.applications import IN_PREPARATION
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.kit.formats import clock_time, long_date

from . import lodging, places
from .opening import start_of

# What the journal notes about appointments, in words.
NOTED: Mapping[str, str] = {
    "appointment_booked": "Un rendez-vous a été pris.",
    "appointment_moved": "Le rendez-vous a été déplacé.",
    "appointment_cancelled": "Le rendez-vous a été annulé.",
    "appointment_attended": "La personne a été reçue au guichet.",
    "appointment_missed": "Le rendez-vous a été manqué.",
    "appointment_unmarked": "Le rendez-vous a été remis à « réservé ».",
}
_MARKS = {AppointmentStatus.ATTENDED: "appointment_attended", AppointmentStatus.MISSED: "appointment_missed"}


def may_book(application: IdentityApplication) -> bool:
    """Whether an application is at the point where its person comes to the counter."""
    return application.state in IN_PREPARATION and application.office_id is not None


def book(applications: Sequence[IdentityApplication], slot: Slot, *, actor: Actor, at: datetime) -> list[Appointment]:
    """Book one place for each application in a slot of the authority that has them in hand: all of them or none.

    Raises:
        SlotTaken: there is no room for all.
        NotAllowedNow: one of them is not at this point, or has an appointment already.
        Refused: none was named, or another authority has one in hand.
    """
    _check(applications, slot)
    booked = [_placed(Appointment(application=one, office=slot.office), slot, at=at) for one in applications]
    try:
        with transaction.atomic():
            places.take({slot.pk: len(applications)}, at=at)
            _close_past(applications, at=at)
            Appointment.objects.bulk_create(booked)
            _note("appointment_booked", booked, actor=actor, at=at)
            _tell("appointment_booked", booked)
    except IntegrityError as error:
        raise NotAllowedNow("Un rendez-vous est déjà pris pour cette demande : vous pouvez le déplacer.") from error
    return booked


def coming(application: IdentityApplication, *, on: date) -> Appointment | None:
    """The appointment of an application that is not over: of this day or later."""
    later = Appointment.objects.booked().filter(application=application, starts_at__gte=start_of(on))
    return later.select_related("office", "application").first()


def _check(applications: Sequence[IdentityApplication], slot: Slot) -> None:
    if not applications:
        raise Refused("Choisissez au moins une personne.")
    if not all(may_book(one) for one in applications):
        raise NotAllowedNow("Cette demande n'attend pas de passage au guichet.")
    if any(one.office_id != slot.office_id for one in applications):
        raise Refused("Ce créneau n'est pas de l'autorité qui traite la demande.")


def _close_past(applications: Sequence[IdentityApplication], *, at: datetime) -> None:
    """What the counter did not mark on a day that is over counts as missed as soon as somebody books again."""
    past = Appointment.objects.booked().filter(application__in=applications, starts_at__lt=start_of(day_of(at)))
    for one in past.select_related("application"):
        if Appointment.objects.booked().filter(pk=one.pk).update(status=AppointmentStatus.MISSED, ended_at=at):
            _note("appointment_missed", [one], actor=SYSTEM, at=at)


def _placed(appointment: Appointment, slot: Slot, *, at: datetime) -> Appointment:
    appointment.slot, appointment.starts_at, appointment.minutes = slot, slot.starts_at, slot.minutes
    appointment.placed_at = at
    return appointment


def move(appointments: Sequence[Appointment], slot: Slot, *, actor: Actor, at: datetime, held: int = 0) -> None:
    """Move appointments of one slot together into another slot: all of them or none; the old places are free again.

    ``held`` of the new places are taken for them already.

    Raises:
        SlotTaken: there is no room for all; they stay where they are.
        NotAllowedNow: one is no longer booked, or not where it was thought to be.
    """
    old = _slot_of(appointments, at=at)
    if old == slot.pk:
        raise Refused("C'est déjà l'heure de votre rendez-vous.")
    if any(one.office_id != slot.office_id for one in appointments):
        raise Refused("Ce créneau n'est pas de l'autorité qui traite la demande.")
    number = len(appointments)
    with transaction.atomic():
        places.take({old: -number, slot.pk: number - held}, at=at)
        new = {"slot": slot, "starts_at": slot.starts_at, "minutes": slot.minutes, "placed_at": at, "reminded_at": None}
        _change(appointments, old, sequence=F("sequence") + 1, **new)
        for one in appointments:
            _placed(one, slot, at=at).sequence += 1
        _note("appointment_moved", appointments, actor=actor, at=at)
        _tell("appointment_moved", appointments)
        _end_waiting(appointments, later_than=slot.starts_at, at=at)
        places.offer(old, at=at)


def cancel(appointments: Sequence[Appointment], *, actor: Actor, at: datetime) -> None:
    """Cancel appointments of one slot, until they begin; their places are free again.

    Raises:
        NotAllowedNow: one has begun, or is no longer booked.
    """
    old = _slot_of(appointments, at=at)
    with transaction.atomic():
        places.take({old: -len(appointments)}, at=at)
        _change(appointments, old, status=AppointmentStatus.CANCELLED, ended_at=at, sequence=F("sequence") + 1)
        for one in appointments:
            one.status, one.ended_at, one.sequence = AppointmentStatus.CANCELLED, at, one.sequence + 1
        _note("appointment_cancelled", appointments, actor=actor, at=at)
        _tell("appointment_cancelled", appointments)
        _end_waiting(appointments, later_than=None, at=at)
        places.offer(old, at=at)


def release(*, at: datetime) -> int:
    """Cancel the coming appointments that nobody needs any more, and tell the people; how many.

    The application was withdrawn, refused or ordered meanwhile, or went to another authority.
    """
    coming = Appointment.objects.booked().filter(starts_at__gt=at).select_related("application", "office")
    needed = Q(application__state__in=IN_PREPARATION, application__office=F("office"))
    unneeded = list(coming.exclude(needed).order_by("starts_at", "id"))
    for one in unneeded:
        cancel([one], actor=SYSTEM, at=at)
    return len(unneeded)


def _slot_of(appointments: Sequence[Appointment], *, at: datetime) -> UUID:
    """The slot in which all of these are booked."""
    slots = {one.slot_id for one in appointments}
    if len(slots) != 1 or None in slots:
        raise Refused("Ces rendez-vous ne sont pas à la même heure : changez-les l'un après l'autre.")
    if any(one.starts_at <= at or one.status != AppointmentStatus.BOOKED for one in appointments):
        raise NotAllowedNow("Ce rendez-vous a commencé ou n'est plus réservé : il ne peut plus être changé.")
    (slot,) = slots
    assert slot is not None
    return slot


def _change(appointments: Sequence[Appointment], old: UUID, /, **values: Any) -> None:
    """Change those that are still booked in this slot: all, or the transaction is given up."""
    mine = Appointment.objects.booked().filter(pk__in=[one.pk for one in appointments], slot=old)
    if mine.update(**values) != len(appointments):
        raise NotAllowedNow("Ce rendez-vous vient d'être changé : rechargez la page.")


def mark(appointment: Appointment, status: AppointmentStatus, *, office: Office, actor: Actor, at: datetime) -> None:
    """Record at the counter that somebody came, or did not; a mistake is corrected by marking again the same day.

    Raises:
        NotEntitled: it is another office's.
        NotAllowedNow: the day, or for a missed one the hour, has not come, or it was cancelled.
    """
    if appointment.office_id != office.pk:
        raise NotEntitled("Ce rendez-vous n'est pas de votre office.")
    begins = day_of(appointment.starts_at) if status == AppointmentStatus.ATTENDED else appointment.starts_at
    now = day_of(at) if status == AppointmentStatus.ATTENDED else at
    if begins > now:
        raise NotAllowedNow("Ce rendez-vous n'a pas encore eu lieu.")
    with transaction.atomic():
        mine = Appointment.objects.filter(pk=appointment.pk).exclude(status__in=[AppointmentStatus.CANCELLED, status])
        if day_of(appointment.starts_at) != day_of(at):
            mine = mine.filter(status=AppointmentStatus.BOOKED)
        if not mine.update(status=status, ended_at=at):
            raise NotAllowedNow("Ce rendez-vous est déjà noté ou annulé.")
        appointment.status, appointment.ended_at = status, at
        _note(_MARKS[status], [appointment], actor=actor, at=at)
        _end_waiting([appointment], later_than=None, at=at)


def unmark(appointment: Appointment, *, office: Office, actor: Actor, at: datetime) -> None:
    """Take a mark back on the day of the appointment: nobody knows any more whether the person came.

    Raises:
        NotEntitled: it is another office's.
        NotAllowedNow: it isn't marked, its day is over, or the person has booked again meanwhile.
    """
    if appointment.office_id != office.pk:
        raise NotEntitled("Ce rendez-vous n'est pas de votre office.")
    marked = Appointment.objects.filter(pk=appointment.pk, status__in=_MARKS, slot__isnull=False)
    if day_of(appointment.starts_at) != day_of(at):
        raise NotAllowedNow("Une marque ne se retire que le jour du rendez-vous.")
    try:
        with transaction.atomic():
            if not marked.update(status=AppointmentStatus.BOOKED, ended_at=None):
                raise NotAllowedNow("Ce rendez-vous n'est pas noté.")
            appointment.status, appointment.ended_at = AppointmentStatus.BOOKED, None
            _note("appointment_unmarked", [appointment], actor=actor, at=at)
    except IntegrityError as error:
        raise NotAllowedNow("La personne a repris un rendez-vous entre-temps : la marque reste.") from error


def attend(application: IdentityApplication, *, on: date, actor: Actor, at: datetime) -> None:
    """Note that the person came to their appointment of a day at the authority that has the application in hand.

    Called with the record of the appearance, which proves it: one that was marked as missed is corrected, whichever day
    it is entered. Nothing happens if there is none, or if it is marked already.
    """
    mine = Appointment.objects.filter(
        application=application,
        office=application.office_id,
        starts_at__gte=start_of(on),
        starts_at__lt=start_of(on + timedelta(days=1)),
        status__in=[AppointmentStatus.BOOKED, AppointmentStatus.MISSED],
    )
    for one in mine.select_related("application"):
        if mine.filter(pk=one.pk).update(status=AppointmentStatus.ATTENDED, ended_at=at):
            one.status, one.ended_at = AppointmentStatus.ATTENDED, at
            _note("appointment_attended", [one], actor=actor, at=at)
            _end_waiting([one], later_than=None, at=at)


def walk_in(application: IdentityApplication, *, office: Office, actor: Actor, at: datetime) -> Appointment:
    """Receive at a commune somebody who comes without an appointment; one booked for later is cancelled.

    The application is found again by its person from then on, however it was lodged.

    Raises:
        NotEntitled: another authority has the application in hand.
        Refused: this authority receives by appointment only.
        NotAllowedNow: the application does not wait for anybody to come.
    """
    if application.office_id != office.pk:
        raise NotEntitled("Cette demande n'est pas de votre office.")
    if office.authority != Office.Authority.COMMUNE:
        raise Refused("Cette autorité reçoit sur rendez-vous seulement : seules les communes reçoivent sans.")
    if not may_book(application):
        raise NotAllowedNow("Cette demande n'attend pas de passage au guichet.")
    with transaction.atomic():
        for later in Appointment.objects.booked().filter(application=application, starts_at__gt=at):
            cancel([later], actor=actor, at=at)
        lodging.know_the_person(application)
        came = Appointment(application=application, office=office, starts_at=at, minutes=0, placed_at=at)
        came.status, came.ended_at = AppointmentStatus.ATTENDED, at
        came.save(force_insert=True)
        _note("appointment_attended", [came], actor=actor, at=at)
    return came


def _end_waiting(appointments: Sequence[Appointment], *, later_than: datetime | None, at: datetime) -> None:
    """Those whose appointment is gone, or is now before all the days they asked for, wait no longer."""
    mine = Waiting.objects.filter(application__in=[one.application_id for one in appointments])
    if later_than is not None:
        mine = mine.filter(from_on__gte=day_of(later_than))
    for waiting in mine:
        places.stop_waiting(waiting, at=at)


def _note(act: str, appointments: Sequence[Appointment], *, actor: Actor, at: datetime) -> None:
    """In the journal of each application: which counter and when, nothing about the person."""
    for one in appointments:
        facts = {"starts_at": one.starts_at.isoformat(), "sequence": one.sequence}
        record(act, one.application.reference, actor=actor, at=at, facts=facts)


def _tell(name: str, appointments: Sequence[Appointment]) -> None:
    """One mail to each address, however many people come together."""
    by_address = {one.application.email: one for one in appointments if one.application.email}
    for one in by_address.values():
        context = {
            "day": long_date(day_of(one.starts_at)),
            "time": clock_time(one.starts_at),
            "people": str(len(appointments)) if len(appointments) > 1 else "",
            "office": one.office.name,
            "address": one.office.address,
            "visit": f"/rendez-vous/{one.application.token}/",
        }
        owe(one.application, name, context, key=f"{one.pk}/{one.sequence}")
