"""What the demonstration's mailbox received."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Now

from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, Use, of, technical


class SentMessageQuerySet(models.QuerySet["SentMessage"]):
    """The messages …"""

    def to(self, text: str) -> Self:
        """… whose recipient's address contains this text."""
        return self.filter(to__icontains=text)

    def latest_first(self) -> Self:
        """… the newest at the top."""
        return self.order_by("-received_at", "-id")


class SentMessage(models.Model):
    """A mail that left the office and arrived in the mailbox of the demonstration; never used in production.

    Like the mailbox servers people have, it keeps one copy per Message-ID and counts how often it was delivered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message_id = models.CharField(max_length=255)
    to = models.CharField(max_length=254)
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=500)
    body = models.TextField()
    deliveries = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField(db_default=Now())

    objects = SentMessageQuerySet.as_manager()

    data_uses: ClassVar[DataUses] = {
        **technical("id", "message_id", "deliveries", "received_at"),
        **of(Category.CONTACT, "montrer le courrier de la démonstration", "to", "sender"),
        "subject": Use(Category.CASE, "montrer le courrier de la démonstration"),
        "body": Use(Category.CASE, "montrer le courrier de la démonstration"),
    }

    class Meta:
        verbose_name = "message envoyé"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message_id", "to"], name="mail_one_copy_per_message_and_recipient"),
            models.CheckConstraint(condition=models.Q(deliveries__gte=1), name="mail_delivered_at_least_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["-received_at", "-id"], name="mail_latest_first")]

    def __str__(self) -> str:
        return self.subject
