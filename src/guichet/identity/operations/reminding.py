"""Reminders, each once: from noon of the day before an appointment, and a month before a kept document is destroyed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction

from guichet.casework import outbox
from guichet.identity.mails import mail, owe
from guichet.identity.models import Appointment, IdentityApplication
from guichet.institutions.directory import the_office
from guichet.institutions.models import Office
from guichet.kit.clock import ZURICH, day_of
from guichet.kit.formats import clock_time, long_date

_NOON = time(12)
_ONE_DAY = timedelta(days=1)
# The code's choice, no source found: time enough to come for it.
KEPT_REMINDER = timedelta(days=30)


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


def remind_of_kept(*, on: date) -> None:
    """Remind those whose document the centre keeps for a month more at most, once each (4 statements)."""
    near = IdentityApplication.objects.filter(state="kept", due_on__gte=on, due_on__lte=on + KEPT_REMINDER)
    told = [one for one in near.order_by("due_on", "id") if one.email]
    if told:
        centre = _centre()
        outbox.owe_all([mail(one, "document_kept_reminder", _place(one, centre)) for one in told])


def tell_of_keeping(application: IdentityApplication) -> None:
    """Owe the mail that says where a document that came back is kept, and until when (OLDI 27)."""
    owe(application, "document_kept", _place(application, _centre()))


def _centre() -> Office:
    return the_office(authority=Office.Authority.CENTRE)


def _place(application: IdentityApplication, centre: Office) -> dict[str, str]:
    until = long_date(application.due_on) if application.due_on else ""
    reached = [centre.address, centre.hours, f"Téléphone : {centre.telephone}" if centre.telephone else ""]
    return {"until": until, "keeper": centre.name, "address": "\n".join(line for line in reached if line)}
