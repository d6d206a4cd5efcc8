"""The formal refusal of a paid order (CGV 3/5): grounds, words, who decided, when it was notified."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from guichet.kit.crypto import EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, Use, of, technical


class Decision(models.Model):
    """A decision of refusal, one per order. ``grounds`` are codes of ``orders.grounds``; the fee stays due (CGV 5/2)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField(max_length=20, unique=True)
    grounds = models.JSONField()
    reasons = EncryptedTextField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60)
    signatory = models.CharField(max_length=120)
    notified_on = models.DateField(null=True)
    appeal_by = models.DateField(null=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.CASE,
            "motiver et notifier la décision (ch. 3 CGV)",
            "case_reference",
            "grounds",
            "reasons",
            "decided_at",
            "notified_on",
            "appeal_by",
        ),
        **{name: Use(Category.IDENTITY, "savoir qui a rendu la décision") for name in ("decided_by", "signatory")},
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="decision_appeal_day_iff_notified",
                condition=models.Q(notified_on=None, appeal_by=None)
                | models.Q(notified_on__isnull=False, appeal_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["decided_at", "id"], condition=models.Q(notified_on=None), name="decision_to_notify"),
        ]

    def __str__(self) -> str:
        return f"décision {self.case_reference}"
