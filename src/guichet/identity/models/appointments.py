"""Appointments at the counters of the authorities: when they are open, the slots, who comes when, who waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.ids import secret_token, uuid7
from guichet.kit.privacy import Category, DataUses, Use, of, technical

from .applications import IdentityApplication


class Opening(models.Model):
    """A weekly span in which an office receives by appointment: slots of ``minutes``, each with ``places``.

    ``week`` narrows it to the n-th such weekday of the month (the first Saturday). In force from ``valid_from`` to
    ``valid_until``, both included. Legal holidays are left out unless ``on_holidays``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="openings")
    weekday = models.PositiveSmallIntegerField("jour de la semaine, lundi = 0")
    week = models.PositiveSmallIntegerField("semaine du mois", null=True)
    begins = models.TimeField("de")
    ends = models.TimeField("à")
    minutes = models.PositiveSmallIntegerField("minutes par rendez-vous")
    places = models.PositiveSmallIntegerField("places")
    on_holidays = models.BooleanField("aussi les jours fériés", default=False)
    valid_from = models.DateField("dès le")
    valid_until = models.DateField("jusqu'au", null=True)

    data_uses: ClassVar[DataUses] = technical(
        *("id", "office", "weekday", "week", "begins", "ends", "minutes", "places", "on_holidays"),
        *("valid_from", "valid_until"),
    )

    class Meta:
        verbose_name = "plage de rendez-vous"
        constraints: ClassVar = [
            models.CheckConstraint(name="opening_known_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="opening_known_week", condition=Q(week=None) | Q(week__gte=1, week__lte=5)),
            models.CheckConstraint(name="opening_ends_after_it_begins", condition=Q(ends__gt=F("begins"))),
            models.CheckConstraint(name="opening_has_places", condition=Q(places__gte=1, minutes__gte=5)),
            models.CheckConstraint(
                name="opening_valid_until_after_from",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
            models.UniqueConstraint(name="opening_once", fields=["office", "weekday", "begins", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.weekday} {self.begins}"

    def is_on(self, day: date) -> bool:
        """Whether it is in force and falls on this day of the calendar, holidays and closures apart."""
        in_force = self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
        return in_force and day.weekday() == self.weekday and self.week in (None, (day.day - 1) // 7 + 1)


class Closure(models.Model):
    """Days, both included, on which an office receives nobody by appointment, and why (shown to the public)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="closures")
    from_on = models.DateField("du")
    until_on = models.DateField("au")
    reason = models.CharField("motif", max_length=120)

    data_uses: ClassVar[DataUses] = technical("id", "office", "from_on", "until_on", "reason")

    class Meta:
        verbose_name = "fermeture"
        constraints: ClassVar = [
            models.CheckConstraint(name="closure_ends_after_it_begins", condition=Q(until_on__gte=F("from_on")))
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.from_on}"


class Span(models.Model):
    """A span of time at a counter."""

    starts_at = models.DateTimeField("début")
    minutes = models.PositiveSmallIntegerField("minutes")

    class Meta:
        abstract = True

    @property
    def day(self) -> date:
        """The day in Geneva."""
        return day_of(self.starts_at)

    @property
    def ends_at(self) -> datetime:
        """The end, exclusive."""
        return self.starts_at + timedelta(minutes=self.minutes)


class SlotQuerySet(models.QuerySet["Slot"]):
    """The slots …"""

    def free(self, *, office: Office, places: int, after: datetime) -> SlotQuerySet:
        """… of an office with room for so many people, that begin after an instant, the next one first."""
        open_ones = self.filter(office=office, is_closed=False, starts_at__gt=after)
        return open_ones.filter(taken__lte=F("capacity") - places).order_by("starts_at")


class Slot(Span):
    """A span at a counter with ``capacity`` places of which ``taken`` are booked or held for somebody who waits.

    Only conditional updates change ``taken``; a capacity is never set below it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="slots")
    capacity = models.PositiveSmallIntegerField("places")
    taken = models.PositiveSmallIntegerField("places prises", default=0)
    is_closed = models.BooleanField("fermé", default=False)

    objects = SlotQuerySet.as_manager()

    data_uses: ClassVar[DataUses] = technical("id", "office", "starts_at", "minutes", "capacity", "taken", "is_closed")

    class Meta:
        verbose_name = "créneau"
        constraints: ClassVar = [
            models.CheckConstraint(name="slot_taken_within_capacity", condition=Q(taken__lte=F("capacity"))),
            models.UniqueConstraint(name="slot_one_per_office_and_start", fields=["office", "starts_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.starts_at:%Y-%m-%d %H:%M}"


class AppointmentStatus(models.TextChoices):
    """What became of an appointment."""

    BOOKED = "booked", "réservé"
    CANCELLED = "cancelled", "annulé"
    ATTENDED = "attended", "honoré"
    MISSED = "missed", "manqué"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """The appointments …"""

    def booked(self) -> AppointmentQuerySet:
        """… that are still to come or to be marked."""
        return self.filter(status=AppointmentStatus.BOOKED)


class Appointment(Span):
    """When the person of an application comes to the counter: in a slot, or without one (a walk-in).

    ``sequence`` counts the changes of time, as calendars want it; ``placed_at`` is when the present time was chosen.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(IdentityApplication, models.PROTECT, related_name="appointments")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, related_name="appointments")
    status = models.CharField(max_length=10, choices=AppointmentStatus, default=AppointmentStatus.BOOKED)
    sequence = models.PositiveSmallIntegerField(default=0)
    placed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = AppointmentQuerySet.as_manager()

    data_uses: ClassVar[DataUses] = {
        **technical("id", "sequence", "placed_at", "reminded_at"),
        **of(
            Category.CASE,
            "vous recevoir au guichet (art. 3 RDId)",
            *("application", "office", "slot", "starts_at", "minutes", "status", "ended_at"),
        ),
    }

    class Meta:
        verbose_name = "rendez-vous"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="appointment_known_status", condition=Q(status__in=["booked", "cancelled", "attended", "missed"])
            ),
            models.CheckConstraint(
                name="appointment_ended_exactly_when_not_booked",
                condition=Q(status="booked", ended_at=None) | (~Q(status="booked") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="appointment_booked_has_a_slot", condition=~Q(status="booked") | Q(slot__isnull=False)
            ),
            models.UniqueConstraint(
                name="appointment_one_booked_per_application", fields=["application"], condition=Q(status="booked")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "starts_at"], name="appointment_agenda"),
            models.Index(
                fields=["starts_at"], name="appointment_to_remind", condition=Q(status="booked", reminded_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def status_name(self) -> str:
        """The status in French."""
        return str(AppointmentStatus(self.status).label)


class Waiting(models.Model):
    """That somebody who has an appointment asks for an earlier one, between two days, both included.

    A place that frees is held for the first who waits (``slot`` until ``held_until``), then for the next one. Removed
    when taken, refused by the person, or over.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.OneToOneField(IdentityApplication, models.PROTECT, related_name="waiting")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    places = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField()
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, related_name="+")
    held_until = models.DateTimeField(null=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        "application": Use(Category.CASE, "vous proposer un rendez-vous plus tôt"),
        **of(
            Category.CASE,
            "vous proposer un rendez-vous plus tôt",
            *("office", "from_on", "until_on", "places", "since", "slot", "held_until"),
        ),
    }

    class Meta:
        verbose_name = "attente d'un rendez-vous plus proche"
        constraints: ClassVar = [
            models.CheckConstraint(name="waiting_ends_after_it_begins", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(
                name="waiting_held_exactly_with_a_slot",
                condition=Q(slot=None, held_until=None) | Q(slot__isnull=False, held_until__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "since", "id"], name="waiting_in_turn")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.from_on}"


class Agenda(models.Model):
    """The private address under which an authority's calendars read its agenda; a new token closes the old address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.OneToOneField(Office, models.PROTECT, related_name="agenda")
    token = models.CharField(max_length=32, unique=True, default=secret_token)

    data_uses: ClassVar[DataUses] = technical("id", "office", "token")

    class Meta:
        verbose_name = "flux d'agenda"

    def __str__(self) -> str:
        return str(self.office_id)
