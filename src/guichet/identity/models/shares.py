"""Who gets which part of a fee (art. 11 al. 2 RDId): the ledger of shares and the statements of closed months."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, of, technical
from guichet.law.kernel.money import Chf

from .applications import Request

# A declaration of theft, loss or destruction, beside the requests that lead to a document (RDId 11/1/1/c, 11/1/2/c).
DECLARATION = "loss_declaration"
SUBJECTS = [*Request.choices, (DECLARATION, "déclaration de vol, de perte ou de destruction")]
PARTS = ("fee", "federal", "canton", "commune_part", "undivided")


class ShareKind(models.TextChoices):
    """What an entry of the ledger of shares is."""

    PAID = "paid", "émolument payé"
    EXEMPTED = "exempted", "exonération"
    DIVIDED = "divided", "répartition"
    REVERSED = "reversed", "contre-écriture"


class ShareQuerySet(models.QuerySet["Share"]):
    """The entries …"""

    def of_case(self, case_reference: str) -> ShareQuerySet:
        """… of one application or declaration, in their order."""
        return self.filter(case_reference=case_reference).order_by("place")

    def of_month(self, month: date) -> ShareQuerySet:
        """… of a month, given by its first day."""
        return self.filter(month=month)

    def to_divide(self) -> ShareQuerySet:
        """… that wait for the canton's share to be known, and were neither divided nor reversed since."""
        return self.filter(kind=ShareKind.PAID, undivided_centimes__gt=0, answers=None)


class Share(models.Model):
    """One écriture of the ledger of shares: a fee, and what of it is the Confederation's, the canton's, the commune's.

    Append-only: a mistake is mended by an entry of the opposite sign. What cannot be divided yet stands as
    ``undivided``, with what is ``missing``; its division is an entry of its own that takes it back (``divided``). Every
    entry sums: federal + canton + commune + undivided = fee. ``commune`` is the federal number of the commune where the
    application was lodged, 0 for an authority of the canton, the police among them; ``month`` the first day of the month that counts it, which
    was open when it was written. It holds no personal data: the reference means nothing once the case is destroyed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ShareKind)
    request = models.CharField(max_length=20, choices=SUBJECTS)
    is_minor = models.BooleanField(default=False)
    is_online = models.BooleanField(default=False)
    commune = models.PositiveSmallIntegerField(default=0)
    month = models.DateField()
    law_day = models.DateField()
    booked_at = models.DateTimeField()
    fee_centimes = models.IntegerField(default=0)
    federal_centimes = models.IntegerField(default=0)
    canton_centimes = models.IntegerField(default=0)
    commune_part_centimes = models.IntegerField(default=0)
    undivided_centimes = models.IntegerField(default=0)
    missing = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    basis = models.JSONField(default=list)
    answered = models.OneToOneField("self", models.PROTECT, null=True, related_name="answers")

    data_uses: ClassVar[DataUses] = {
        **technical("id", "place"),
        **of(
            Category.PAYMENT,
            "répartir l'émolument entre la Confédération, le canton et la commune (art. 11 al. 2 RDId)",
            *("case_reference", "kind", "request", "is_minor", "is_online", "commune", "month", "law_day", "booked_at"),
            *("missing", "reason", "basis", "answered", *(f"{part}_centimes" for part in PARTS)),
        ),
    }

    objects = ShareQuerySet.as_manager()

    @property
    def stands(self) -> bool:
        """Whether it is a fee or exemption that no counter-entry has taken back, itself or with its division."""
        answer = getattr(self, "answers", None)
        if answer is not None and answer.kind == ShareKind.DIVIDED:
            answer = getattr(answer, "answers", None)
        return self.answered_id is None and answer is None

    class Meta:
        verbose_name = "écriture de répartition"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case_reference", "place"], name="share_one_per_place"),
            models.CheckConstraint(
                name="share_sums_to_the_fee",
                condition=Q(
                    fee_centimes=F("federal_centimes")
                    + F("canton_centimes")
                    + F("commune_part_centimes")
                    + F("undivided_centimes")
                ),
            ),
            models.CheckConstraint(
                name="share_says_what_is_missing",
                condition=(Q(undivided_centimes=0) | ~Q(missing="") | ~Q(kind=ShareKind.PAID)),
            ),
            models.CheckConstraint(
                name="share_of_an_exemption_is_nothing",
                condition=~Q(kind=ShareKind.EXEMPTED)
                | Q(fee_centimes=0, federal_centimes=0, canton_centimes=0, commune_part_centimes=0),
            ),
            models.CheckConstraint(
                name="share_of_a_payment_is_positive",
                condition=~Q(kind=ShareKind.PAID)
                | Q(fee_centimes__gt=0, federal_centimes__gte=0, canton_centimes__gte=0, commune_part_centimes__gte=0),
            ),
            models.CheckConstraint(
                name="share_answers_iff_divided_or_reversed",
                condition=Q(kind__in=[ShareKind.DIVIDED, ShareKind.REVERSED], answered__isnull=False)
                | Q(kind__in=[ShareKind.PAID, ShareKind.EXEMPTED], answered=None),
            ),
            models.CheckConstraint(
                name="share_reversal_has_its_reason", condition=~Q(kind=ShareKind.REVERSED) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="share_of_a_commune_needs_a_commune", condition=Q(commune_part_centimes=0) | Q(commune__gt=0)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["month", "commune", "booked_at"], name="share_of_month"),
            models.Index(
                fields=["booked_at"], name="share_undivided", condition=Q(kind="paid", undivided_centimes__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_reference}#{self.place} {self.kind} {self.fee}"

    @property
    def fee(self) -> Chf:
        """The fee, zero for an exemption or a division, negative for a reversal."""
        return Chf(self.fee_centimes)

    @property
    def subject(self) -> str:
        """What the fee was for, in French: ``carte d'identité, enfant``."""
        name = dict(SUBJECTS)[self.request]
        if self.request in (Request.PROVISIONAL_PASSPORT, DECLARATION):
            return name
        return f"{name}, {'enfant' if self.is_minor else 'adulte'}"


class Statement(models.Model):
    """The décompte of a closed month for one commune (0: the authorities of the canton): totals that never change.

    ``digest`` is the SHA-256 of its entries, in their order: it proves that what the month counts is what was closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    month = models.DateField()
    commune = models.PositiveSmallIntegerField()
    entries = models.PositiveIntegerField()
    exemptions = models.PositiveIntegerField()
    fee_centimes = models.IntegerField()
    federal_centimes = models.IntegerField()
    canton_centimes = models.IntegerField()
    commune_part_centimes = models.IntegerField()
    undivided_centimes = models.IntegerField()
    digest = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=60)

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.PAYMENT,
            "remettre à chaque commune le décompte du mois (art. 11 al. 2 RDId)",
            *("month", "commune", "entries", "exemptions", "digest", "closed_at"),
            *(f"{part}_centimes" for part in PARTS),
        ),
        **of(Category.IDENTITY, "savoir qui a clos le mois", "closed_by"),
    }

    class Meta:
        verbose_name = "décompte mensuel"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "commune"], name="statement_once_per_month_and_commune"),
            models.CheckConstraint(
                name="statement_sums_to_the_fees",
                condition=Q(
                    fee_centimes=F("federal_centimes")
                    + F("canton_centimes")
                    + F("commune_part_centimes")
                    + F("undivided_centimes")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.commune}"
