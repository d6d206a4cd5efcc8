"""Appointments as calendar programs take them: a file for the person, a feed for the authority."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from guichet.identity.models import Agenda, Appointment, AppointmentStatus
from guichet.institutions.models import Office
from guichet.kit.icalendar import CalendarEvent, calendar
from guichet.kit.ids import secret_token

_PAST, _AHEAD = timedelta(days=7), timedelta(days=120)


def _uid(appointment: Appointment) -> str:
    return f"{appointment.pk}@{urlsplit(settings.PUBLIC_URL).hostname}"


def file_of(appointment: Appointment) -> bytes:
    """The file of one appointment, for the person: adding it again moves the event, or takes a cancelled one out."""
    office, is_cancelled = appointment.office, appointment.status == AppointmentStatus.CANCELLED
    event = CalendarEvent(
        uid=_uid(appointment),
        sequence=appointment.sequence,
        stamped_at=appointment.ended_at or appointment.placed_at,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        summary=f"Rendez-vous : {office.name}",
        location=", ".join(office.address_lines),
        description=f"Demande {appointment.application.reference}",
        is_cancelled=is_cancelled,
    )
    return calendar([event], method="CANCEL" if is_cancelled else "PUBLISH")


def feed_of(office: Office, *, at: datetime) -> bytes:
    """The agenda of an office from a week ago to four months ahead: references and times, nobody's name (1 query)."""
    shown = Appointment.objects.filter(office=office, starts_at__gte=at - _PAST, starts_at__lt=at + _AHEAD)
    rows = shown.select_related("application").order_by("starts_at", "id")
    events = [
        CalendarEvent(
            uid=_uid(one),
            sequence=one.sequence,
            stamped_at=one.ended_at or one.placed_at,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            summary=f"{one.application.reference} ({one.status_name})",
            is_cancelled=one.status == AppointmentStatus.CANCELLED,
        )
        for one in rows
    ]
    return calendar(events, name=f"Rendez-vous, {office.name}")


def agenda_of(office: Office) -> Agenda:
    """The private address of an office's agenda, made when first asked for."""
    return Agenda.objects.get_or_create(office=office)[0]


def renew(office: Office) -> Agenda:
    """A new private address; the old one shows nothing any more."""
    return Agenda.objects.update_or_create(office=office, defaults={"token": secret_token()})[0]
