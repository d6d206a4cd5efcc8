"""The formal decisions on an application: refusal, withdrawal (RDId 9), restitution (RDId 8/2), with their remedy (RDId 13)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from guichet.kit.crypto import EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, of, technical

from .applications import IdentityApplication
from .returns import ReturnRequest


class CourtRuling(models.TextChoices):
    """How the court ended the appeal against a decision that moves no application (RDId 13)."""

    UPHELD = "upheld", "la décision est confirmée"
    SET_ASIDE = "set_aside", "la décision est annulée"


class IdentityDecisionQuerySet(models.QuerySet["IdentityDecision"]):
    """The decisions …"""

    def on_the_application(self) -> IdentityDecisionQuerySet:
        """… that move the application itself: not those on giving its cancelled document back."""
        return self.filter(return_request=None)


class IdentityDecision(models.Model):
    """A decision: the act it was taken by, a ground of the closed list, the reasons, and when it was notified.

    ``appeal_by`` is the last day (inclusive) to appeal, counted from the notification. A decision on a ``return_request``
    moves no application: its appeal and the judgment are held here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(IdentityApplication, models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=60)
    ground = models.CharField(max_length=20)
    reasons = EncryptedTextField()
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    signatory = models.CharField(max_length=120)
    notified_on = models.DateField(null=True)
    appeal_by = models.DateField(null=True)
    return_request = models.ForeignKey(ReturnRequest, models.PROTECT, null=True, related_name="decisions")
    appealed_on = models.DateField(null=True)
    judgment = models.CharField(max_length=10, choices=CourtRuling, blank=True)

    objects = IdentityDecisionQuerySet.as_manager()

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.CASE,
            "motiver et notifier la décision (art. 9 et 13 RDId)",
            *("application", "act", "ground", "reasons", "decided_at", "notified_on", "appeal_by"),
            *("return_request", "appealed_on", "judgment"),
        ),
        **of(Category.IDENTITY, "savoir qui a rendu la décision", "decided_by", "signatory"),
    }

    class Meta:
        verbose_name = "décision"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="identity_decision_appeal_day_iff_notified",
                condition=Q(notified_on=None, appeal_by=None) | Q(notified_on__isnull=False, appeal_by__isnull=False),
            ),
            models.CheckConstraint(
                name="identity_decision_appeal_held_for_a_return_only",
                condition=Q(appealed_on=None) | Q(return_request__isnull=False, notified_on__isnull=False),
            ),
            models.CheckConstraint(
                name="identity_decision_judged_after_an_appeal", condition=Q(judgment="") | Q(appealed_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.application_id}"

    @property
    def kind(self) -> str:
        """What its document is filed under: unique within the case."""
        return f"decision-{self.pk.hex[-12:]}"
