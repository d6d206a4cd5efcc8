"""The two texts that every order accepts, by edition, and the proof of acceptance (CGV 1/2, 1/3, 4)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, Use, of, technical


class TermsKind(models.TextChoices):
    """Whose terms they are."""

    OFFICE = "office", "Conditions générales de vente de l'office"
    STATE = "state", "Conditions d'utilisation des e-démarches de l'État"


class TermsEditionQuerySet(models.QuerySet["TermsEdition"]):
    """Named selections of editions."""

    def binding(self, at: datetime) -> TermsEditionQuerySet:
        """Published at or before ``at``, the latest first: the first of each kind binds."""
        return self.filter(published_at__lte=at).order_by("-published_at", "-id")


class TermsEdition(models.Model):
    """One published edition of a text. Immutable: it binds from its publication until the next one's (CGV 1/3)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=TermsKind)
    edition = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    data_uses: ClassVar[DataUses] = technical("id", "kind", "edition", "title", "text", "sha256", "published_at")

    objects = TermsEditionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "edition"], name="terms_edition_once_per_kind"),
            models.CheckConstraint(condition=Q(kind__in=TermsKind.values), name="terms_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.edition}"


class Acceptance(models.Model):
    """That an order's applicant accepted an edition: which, when, under which words. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField(max_length=20)
    edition = models.ForeignKey(TermsEdition, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    wording = models.CharField(max_length=400)
    accepted_at = models.DateTimeField()
    accepted_by = models.CharField(max_length=60)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "edition", "sha256"),
        **of(
            Category.CASE,
            "prouver l'acceptation des conditions (ch. 1 CGV)",
            "case_reference",
            "wording",
            "accepted_at",
        ),
        "accepted_by": Use(Category.IDENTITY, "savoir qui a accepté les conditions"),
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case_reference", "edition"], name="acceptance_once_per_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.case_reference} {self.sha256[:8]}"
