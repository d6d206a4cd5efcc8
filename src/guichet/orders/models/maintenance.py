"""A maintenance announced in advance: during it nobody begins, continues or pays an order (CGV 8/4)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from guichet.kit.ids import uuid7
from guichet.kit.privacy import DataUses, technical

MESSAGE_LENGTH = 300


class MaintenanceQuerySet(models.QuerySet["Maintenance"]):
    """Maintenances …"""

    def to_come_or_under_way(self, at: datetime) -> Self:
        """… that are not over and were not ended, the earliest first."""
        return self.filter(until_at__gt=at, ended_at=None).order_by("from_at")


class Maintenance(models.Model):
    """A stretch of time, ``until_at`` excluded. ``ended_at``: ended before its time, or called off before it began."""

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
        """Whether orders wait at this instant."""
        return self.ended_at is None and self.from_at <= at < self.until_at
