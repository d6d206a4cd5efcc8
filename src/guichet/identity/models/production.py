"""The order of a document to the federal production, one row per document: passport and card are made and sent apart."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, of, technical

from .applications import IdentityApplication, Request


class ProductionState(models.TextChoices):
    """How far a document is, as the production said it last."""

    TO_SEND = "to_send", "à transmettre"
    RECEIVED = "received", "reçue par la production"
    ACCEPTED = "accepted", "acceptée"
    REJECTED = "rejected", "rejetée"
    PRODUCED = "produced", "document produit"
    DELIVERED = "delivered", "document remis"
    RETURNED = "returned", "document non remis, revenu au centre"


FINAL = (ProductionState.REJECTED, ProductionState.DELIVERED, ProductionState.RETURNED)
MADE = (ProductionState.PRODUCED, ProductionState.DELIVERED, ProductionState.RETURNED)


class ProductionOrder(models.Model):
    """A document ordered. ``reference`` is what the production knows it by: the same one asked twice is ordered once.

    ``round`` counts from 1; an application whose production was rejected is ordered again in the next one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(IdentityApplication, models.PROTECT, related_name="production_orders")
    document = models.CharField(max_length=20, choices=Request)
    round = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=30, unique=True)
    state = models.CharField(max_length=10, choices=ProductionState, default=ProductionState.TO_SEND)
    reason = models.CharField(max_length=200, blank=True)
    ordered_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    next_ask_at = models.DateTimeField(null=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "round", "heard_at", "next_ask_at"),
        **of(
            Category.CASE,
            "faire produire le document (art. 4 RDId)",
            *("application", "document", "reference", "state", "reason", "ordered_at"),
        ),
    }

    class Meta:
        verbose_name = "commande à la production"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "document", "round"], name="identity_ordered_once_per_document_and_round"
            ),
            models.CheckConstraint(
                name="identity_nothing_is_asked_after_the_end", condition=~Q(state__in=FINAL) | Q(next_ask_at=None)
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_ask_at"], condition=Q(next_ask_at__isnull=False), name="identity_production_to_ask"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
