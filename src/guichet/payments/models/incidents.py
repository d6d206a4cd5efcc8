"""Incidents: what a person of the office must look at."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, Use, of, technical
from guichet.payments.states import HOLDING, IncidentKind, Resolution

from .attempts import PaymentAttempt


class IncidentQuerySet(models.QuerySet["Incident"]):
    """The incidents …"""

    def unresolved(self) -> IncidentQuerySet:
        """… that nobody and nothing has closed yet."""
        return self.filter(resolved_at=None)

    def of_case(self, case_reference: str) -> IncidentQuerySet:
        """… of this case."""
        return self.filter(case_reference=case_reference)

    def holding(self, case_reference: str) -> IncidentQuerySet:
        """… for which nothing may be produced for this case yet."""
        return self.unresolved().of_case(case_reference).filter(kind__in=HOLDING)


class Incident(models.Model):
    """An incident de paiement: it stays on the desk's list until the provider's answer or an agent closes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=IncidentKind)
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="incidents")
    case_reference = models.CharField(max_length=20, db_index=True)
    facts = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolution = models.CharField(max_length=12, choices=Resolution, blank=True)
    resolved_by = models.CharField(max_length=60, blank=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.PAYMENT,
            "corriger un paiement qui ne s'est pas déroulé comme prévu",
            *("kind", "attempt", "case_reference", "facts", "opened_at", "resolved_at", "resolution"),
        ),
        "resolved_by": Use(Category.IDENTITY, "savoir quel agent a clos l'incident"),
    }

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = "incident de paiement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["attempt", "kind"], condition=Q(resolved_at=None), name="payments_incident_open_once"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolution="", resolved_by="")
                | (Q(resolved_at__isnull=False) & ~Q(resolution="") & ~Q(resolved_by="")),
                name="payments_incident_closed_with_reason_and_name",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["opened_at"], condition=Q(resolved_at=None), name="payments_incident_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_reference}"
