"""The services on offer, versioned: an order keeps the version under which it was placed (CGV 2/1, 2/2)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from guichet.kit.ids import uuid7
from guichet.kit.privacy import DataUses, technical


class Service(models.Model):
    """A prestation: what stays the same over its versions. ``code`` is the word the law's questions know it by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(unique=True)
    code = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField(default=0)

    data_uses: ClassVar[DataUses] = technical("id", "slug", "code", "place")

    def __str__(self) -> str:
        return self.slug


class ServiceVersionQuerySet(models.QuerySet["ServiceVersion"]):
    """Named selections of versions."""

    def on_offer(self, at: datetime) -> ServiceVersionQuerySet:
        """Published and not withdrawn at the instant ``at``."""
        return self.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), published_at__lte=at)


class ServiceVersion(models.Model):
    """One edition of a service: title, text, conditions, contents, deliveries. Never changed once published."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    definition = models.JSONField()

    data_uses: ClassVar[DataUses] = technical("id", "service", "number", "published_at", "withdrawn_at", "definition")

    objects = ServiceVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "number"], name="service_version_number_once"),
            models.UniqueConstraint(
                fields=["service"], condition=Q(withdrawn_at=None), name="service_one_version_on_offer"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("published_at")),
                name="service_withdrawn_after_publication",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} v{self.number}"

    @property
    def title(self) -> str:
        """The name of the service in this version."""
        return str(self.definition["title"])

    @property
    def conditions(self) -> list[str]:
        """Codes of the conditions (``orders.eligibility``)."""
        return list(self.definition["conditions"])

    def is_on_offer(self, at: datetime) -> bool:
        """Published and not withdrawn at the instant ``at``, as ``on_offer`` selects."""
        return self.published_at <= at and (self.withdrawn_at is None or at < self.withdrawn_at)
