"""Reminders: once, from noon of the day before the appointment."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction

from guichet.identity.mails import owe
from guichet.identity.models import Appointment
from guichet.kit.clock import ZURICH, day_of
from guichet.kit.formats import clock_time, long_date

_NOON = time(12)
_ONE_DAY = timedelta(days=1)


def due_at(appointment: Appointment) -> datetime:
    """When its reminder is due: noon in Geneva, the day before."""
    return datetime.combine(day_of(appointment.starts_at) - _ONE_DAY, _NOON, tzinfo=ZURICH)


def remind(*, at: datetime) -> int:
    """Owe the reminders that are due and were not sent; how many.

    Who chose the time after its reminder was due has just been told it. A household gets one for each application.
    """
    near = Appointment.objects.booked().filter(reminded_at=None, starts_at__gt=at, starts_at__lt=at + 2 * _ONE_DAY)
    reminded = 0
    for one in near.select_related("application", "office").order_by("starts_at", "id"):
        if one.placed_at < due_at(one) <= at:
            reminded += _remind(one, at=at)
    return reminded


def _remind(one: Appointment, *, at: datetime) -> int:
    context = {
        "day": long_date(day_of(one.starts_at)),
        "time": clock_time(one.starts_at),
        "office": one.office.name,
        "address": one.office.address,
        "visit": f"/rendez-vous/{one.application.token}/",
    }
    with transaction.atomic():
        unchanged = Appointment.objects.booked().filter(pk=one.pk, sequence=one.sequence, reminded_at=None)
        if not unchanged.update(reminded_at=at):
            return 0
        owe(one.application, "appointment_reminder", context, key=f"{one.pk}/{one.sequence}")
    return 1
