"""What the desk remembers of its own: an agent's saved filters, and the batches that were printed and posted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, of, technical


class SavedFilter(models.Model):
    """A filtre enregistré of the work list: its address under a name, for one agent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField("nom", max_length=40)
    query = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    data_uses: ClassVar[DataUses] = technical("id", "account", "name", "query", "made_at")

    class Meta:
        verbose_name = "filtre enregistré"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "name"], name="saved_filter_one_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PrintBatchQuerySet(models.QuerySet["PrintBatch"]):
    """The batches …"""

    def open(self) -> PrintBatchQuerySet:
        """… prepared and not yet handed to the post."""
        return self.filter(posted_at=None)


class PrintBatch(models.Model):
    """A lot à poster: what one agent prints and puts into envelopes in one go.

    Printing changes nothing of the cases; ``posted_at`` is set once, together with the cases it moved.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    printed_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
    posted_by = models.CharField(max_length=60, blank=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.CASE,
            "savoir ce qui a été posté, quand et par qui",
            *("made_at", "made_by", "printed_at", "posted_at", "posted_by"),
        ),
    }

    objects = PrintBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lot à poster"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="print_batch_posted_after_printing", condition=Q(posted_at=None) | Q(printed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="print_batch_posted_by_somebody",
                condition=Q(posted_at=None, posted_by="") | (Q(posted_at__isnull=False) & ~Q(posted_by="")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-made_at"], name="print_batch_newest")]

    def __str__(self) -> str:
        return f"batch {self.id}"


class ItemKind(models.TextChoices):
    """What is put into an envelope."""

    DOCUMENT = "document", "document commandé"
    DECISION = "decision", "décision de refus"
    LETTER = "letter", "lettre"


class PrintItem(models.Model):
    """One envelope of a batch (pli): which thing it holds. A thing lies in one open batch at most.

    ``target`` is the key of the order, the decision or the owed letter, by ``kind``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(PrintBatch, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind)
    target = models.UUIDField()
    case_reference = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    settled_at = models.DateTimeField(null=True)
    was_posted = models.BooleanField(null=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "batch", "place", "target"),
        **of(
            Category.CASE,
            "savoir ce qui a été posté, quand et par qui",
            *("kind", "case_reference", "title", "settled_at", "was_posted"),
        ),
    }

    class Meta:
        verbose_name = "pli"
        indexes: ClassVar = [models.Index(fields=["kind", "target"], name="print_item_of_target")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "place"], name="print_item_one_per_place"),
            models.UniqueConstraint(
                fields=["kind", "target"], condition=Q(settled_at=None), name="print_item_in_one_open_batch"
            ),
            models.CheckConstraint(name="print_item_kind_known", condition=Q(kind__in=ItemKind.values)),
            models.CheckConstraint(
                name="print_item_outcome_iff_settled",
                condition=Q(settled_at=None, was_posted=None) | Q(settled_at__isnull=False, was_posted__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_reference}"
