"""The abstract case, the journal, what is owed to people, the jobs of the worker, and announced maintenance."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from guichet.kit.crypto import EncryptedJSONField, EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, Use, of, technical
from guichet.law.kernel.procedures import Procedure

FIRST_LINK = "0" * 64
MESSAGE_LENGTH = 300


class Case(models.Model):
    """A dossier: a row with a state that only ``casework.acts.take`` moves, along its procedure in the law core.

    ``due_on`` is a copy, for lists, of the earliest last day of its open clocks; the truth is replayed from the journal.
    """

    procedure: ClassVar[Procedure]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=30)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)

    case_data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(Category.CASE, "suivre le dossier", "reference", "state", "opened_at", "due_on"),
    }

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def state_name(self) -> str:
        """The state in French, as the procedure names it."""
        return self.procedure.states[self.state]


class Entry(models.Model):
    """One act in the journal of a case: append-only, each entry holding the digest of the one before (CGV 4).

    ``facts`` holds no personal data: references, digests, codes and amounts only.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField(max_length=20)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    actor = models.CharField(max_length=60)
    source = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30, blank=True)
    facts = models.JSONField(default=dict)
    basis = models.JSONField(default=list)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "seq", "previous", "digest"),
        **of(
            Category.CASE,
            "prouver chaque étape du dossier (ch. 4 CGV)",
            "case_reference",
            "at",
            "act",
            "role",
            "source",
            "target",
            "facts",
            "basis",
        ),
        "actor": Use(Category.IDENTITY, "savoir qui a accompli l'acte"),
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case_reference", "seq"], name="entry_one_per_place_in_chain"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="entry_seq_from_1"),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="entry_at")]

    def __str__(self) -> str:
        return f"{self.case_reference}#{self.seq} {self.act}"


class Note(models.Model):
    """What an agent writes down about a case for colleagues, or what its applicant wrote to the office (``role``).

    Never shown to the applicant, never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField(max_length=20, db_index=True)
    at = models.DateTimeField()
    role = models.CharField(max_length=20)
    author = models.CharField(max_length=60)
    text = EncryptedTextField()

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(Category.CASE, "instruire le dossier", "case_reference", "at", "role", "text"),
        "author": Use(Category.IDENTITY, "savoir qui a écrit la note"),
    }

    def __str__(self) -> str:
        return f"{self.case_reference} {self.at:%Y-%m-%d}"


class Channel(models.TextChoices):
    """How something owed reaches its recipient."""

    MAIL = "mail", "courriel"
    LETTER = "letter", "courrier postal"


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Named selections of messages."""

    def unsent(self) -> OutboxQuerySet:
        """Owed and not yet sent or printed."""
        return self.filter(sent_at=None)

    def letters(self) -> OutboxQuerySet:
        """To be printed and posted."""
        return self.filter(channel=Channel.LETTER)


class OutboxMessage(models.Model):
    """A message owed to somebody: written with the act that owes it, sent after the commit, visible until sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField(max_length=20, db_index=True)
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.MAIL)
    key = models.CharField(max_length=120, unique=True)
    to = EncryptedTextField()
    context = EncryptedJSONField()
    owed_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "key"),
        **of(Category.CASE, "écrire au sujet du dossier", "case_reference", "kind", "channel", "owed_at", "sent_at"),
        "to": Use(Category.CONTACT, "adresser le message"),
        "context": Use(Category.CASE, "composer le message"),
    }

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["channel", "owed_at"], condition=Q(sent_at=None), name="outbox_unsent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_reference}"


class JobStatus(models.TextChoices):
    """Where a job stands; a finished job's row is gone."""

    WAITING = "waiting", "en attente"
    RUNNING = "running", "en cours"
    DEAD = "dead", "abandonnée"


class JobQuerySet(models.QuerySet["Job"]):
    """Named selections of jobs."""

    def dead(self) -> JobQuerySet:
        """Given up after the last retry: a person must look."""
        return self.filter(status=JobStatus.DEAD)

    def waiting(self) -> JobQuerySet:
        """To be done, now or later."""
        return self.filter(status=JobStatus.WAITING)

    def alarming(self) -> JobQuerySet:
        """Dead, or failed so often that a person should know."""
        return self.filter(Q(status=JobStatus.DEAD) | Q(alarm=True))


class Job(models.Model):
    """A piece of background work, leased to one worker at a time (ADR 0004)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task_path = models.CharField(max_length=120)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=JobStatus, default=JobStatus.WAITING)
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    alarm = models.BooleanField(default=False)
    enqueued_at = models.DateTimeField(db_default=Now())

    data_uses: ClassVar[DataUses] = technical(
        "id",
        "task_path",
        "args",
        "kwargs",
        "dedupe_key",
        "status",
        "priority",
        "run_after",
        "attempts",
        "lease_token",
        "lease_until",
        "last_error",
        "alarm",
        "enqueued_at",
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dedupe_key"], condition=Q(status="waiting"), name="job_waiting_once_per_task_and_arguments"
            ),
            models.CheckConstraint(
                condition=Q(status="running", lease_token__isnull=False, lease_until__isnull=False)
                | (~Q(status="running") & Q(lease_token=None, lease_until=None)),
                name="job_leased_iff_running",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "-priority", "id"], name="job_to_claim")]

    def __str__(self) -> str:
        return f"{self.task_path} {self.status}"


class Beat(models.Model):
    """The next time a periodic job is due, and the worker's last sign of life (name ``worker``)."""

    name = models.CharField(max_length=60, primary_key=True)
    next_at = models.DateTimeField()

    data_uses: ClassVar[DataUses] = technical("name", "next_at")

    def __str__(self) -> str:
        return self.name


class MaintenanceQuerySet(models.QuerySet["Maintenance"]):
    """Maintenances …"""

    def to_come_or_under_way(self, at: datetime) -> Self:
        """… that are not over and were not ended, the earliest first."""
        return self.filter(until_at__gt=at, ended_at=None).order_by("from_at")


class Maintenance(models.Model):
    """A stretch of time, ``until_at`` excluded, during which nobody begins, continues or pays a case (CGV 8/4).

    ``ended_at``: ended before its time, or called off before it began.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    message = models.CharField(max_length=MESSAGE_LENGTH, blank=True)
    announced_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    data_uses: ClassVar[DataUses] = technical("id", "from_at", "until_at", "message", "announced_at", "ended_at")

    objects = MaintenanceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="maintenance_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"maintenance {self.from_at:%Y-%m-%d %H:%M} – {self.until_at:%Y-%m-%d %H:%M}"

    def is_under_way(self, at: datetime) -> bool:
        """Whether cases wait at this instant."""
        return self.ended_at is None and self.from_at <= at < self.until_at
