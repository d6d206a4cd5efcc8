"""Cases that the regulation does not foresee, put to the department (art. 12 al. 2 RDId), and what it made of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from guichet.kit.crypto import EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, of, technical

from .applications import IdentityApplication, Reason, Request


class DepartmentRuling(models.TextChoices):
    """What the department decides; the words are those of the procedure."""

    PROCEED = "proceed", "la demande suit son cours"
    REFUSE = "refuse", "la demande est refusée"


class ReferralQuerySet(models.QuerySet["Referral"]):
    """The referrals …"""

    def waiting(self) -> ReferralQuerySet:
        """… that the department has not decided, the oldest first; a demand withdrawn meanwhile waits for nothing."""
        return self.filter(decided_at=None, application__state="referred").order_by("referred_at", "id")

    def decided(self) -> ReferralQuerySet:
        """… that it has decided, the latest first."""
        return self.filter(decided_at__isnull=False).order_by("-decided_at", "-id")


class Referral(models.Model):
    """A question put to the department about one application, and its ruling with reasons once it is given."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(IdentityApplication, models.PROTECT, related_name="referrals")
    question = EncryptedTextField()
    referred_at = models.DateTimeField()
    referred_by = models.CharField(max_length=60)
    ruling = models.CharField(max_length=10, choices=DepartmentRuling, blank=True)
    reasons = EncryptedTextField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.CASE,
            "faire trancher un cas que le règlement ne prévoit pas (art. 12 al. 2 RDId)",
            *("application", "question", "referred_at", "ruling", "reasons", "decided_at"),
        ),
        **of(Category.IDENTITY, "savoir qui a soumis le cas et qui l'a tranché", "referred_by", "decided_by"),
    }

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = "cas soumis au département"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(decided_at=None), name="referral_one_waiting_per_application"
            ),
            models.CheckConstraint(
                name="referral_decided_with_ruling_and_reasons",
                condition=Q(decided_at=None, ruling="", reasons__isnull=True)
                | (Q(decided_at__isnull=False, reasons__isnull=False) & ~Q(ruling="") & ~Q(decided_by="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["referred_at"], name="referral_waiting", condition=Q(decided_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.ruling or 'waiting'}"


class Precedent(models.Model):
    """A decision of the department as a note that every authority may look up: what was asked, the facts, the ruling.

    It holds no personal data: that is shown to whoever publishes it, and checked. ``words`` is all its text without
    accents, in small letters, for the search; ``articles`` are keys of passages (``RDId:12/2``).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="precedent")
    request = models.CharField(max_length=20, choices=Request)
    reason = models.CharField(max_length=12, choices=Reason)
    title = models.CharField(max_length=160)
    question = models.TextField()
    facts = models.TextField()
    ruling = models.CharField(max_length=10, choices=DepartmentRuling)
    reasons = models.TextField()
    articles = models.JSONField()
    keywords = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    decided_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=60)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "words"),
        **of(
            Category.CASE,
            "traiter de la même façon les cas semblables (art. 12 al. 2 RDId)",
            *("referral", "request", "reason", "title", "question", "facts", "ruling", "reasons", "articles"),
            *("keywords", "decided_on", "published_at"),
        ),
        **of(Category.IDENTITY, "savoir qui a publié la note", "published_by"),
    }

    class Meta:
        verbose_name = "précédent"
        indexes: ClassVar = [
            models.Index(fields=["-decided_on", "id"], name="precedent_latest"),
            models.Index(fields=["request", "reason", "-decided_on"], name="precedent_alike"),
        ]

    def __str__(self) -> str:
        return self.title
