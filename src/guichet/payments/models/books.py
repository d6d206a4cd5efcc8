"""Receipts and the ledger: what was collected, in a form that outlives the personal data of the case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from guichet.kit.ids import uuid7
from guichet.kit.lookups import Lookup
from guichet.kit.privacy import Category, DataUses, of, technical
from guichet.law.kernel.money import Chf
from guichet.payments.payable import Line

from .attempts import PaymentAttempt


class ReceiptCounter(models.Model):
    """The last receipt number given in a year; its row is locked until the receipt is committed, so no number is lost."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    data_uses: ClassVar[DataUses] = technical("year", "last")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Receipt(models.Model):
    """A quittance: the proof that an amount was collected, numbered without gap within a year of Geneva; never changed.

    ``lines`` show the fee and the postage, also a postage of 0.00; amounts include VAT (CGV 5/3).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    case_reference = models.CharField(max_length=20, db_index=True)
    attempt = models.OneToOneField(PaymentAttempt, models.PROTECT, related_name="receipt")
    issued_at = models.DateTimeField()
    lines = models.JSONField()
    amount_centimes = models.PositiveIntegerField()

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.PAYMENT,
            "vous donner quittance et tenir la comptabilité de l'office",
            *("year", "serial", "case_reference", "attempt", "issued_at", "lines", "amount_centimes"),
        ),
    }

    class Meta:
        verbose_name = "quittance"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "serial"], name="payments_receipt_number_once"),
            models.CheckConstraint(condition=Q(serial__gte=1), name="payments_receipts_count_from_1"),
            models.CheckConstraint(condition=Q(amount_centimes__gt=0), name="payments_receipt_above_zero"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number people see: ``2026-000017``."""
        return f"{self.year}-{self.serial:06d}"

    @property
    def amount(self) -> Chf:
        """What was collected."""
        return Chf(self.amount_centimes)

    @property
    def quote_lines(self) -> list[Line]:
        """What the amount is made of."""
        return [Line.from_json(line) for line in self.lines]


_OF_CASE = Lookup(Receipt, "case_reference")


def receipt_of_case(case_reference: str) -> Receipt | None:
    """The first receipt of a case; None while nothing was collected (1 statement)."""
    return next(iter(_OF_CASE.find_all(case_reference, order="issued_at")), None)


class LedgerKind(models.TextChoices):
    """What a ledger entry counts."""

    FEE = "fee", "émolument"
    POSTAGE = "postage", "frais de port"
    SURPLUS = "surplus", "encaissé sans être dû"
    VOID = "void", "annulation d'un encaissement"


class LedgerEntry(models.Model):
    """One line of the grand livre: money collected (positive) or given up again by a void (negative); never changed.

    It holds no personal data: the case's reference means nothing once the case is destroyed. The sum over an attempt is
    what the provider holds for it, and so is the sum over all.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="ledger_entries")
    case_reference = models.CharField(max_length=20, db_index=True)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=LedgerKind)
    amount_centimes = models.IntegerField()
    article = models.CharField(max_length=40, blank=True)
    booked_at = models.DateTimeField(db_index=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "place"),
        **of(
            Category.PAYMENT,
            "tenir la comptabilité de l'office",
            *("attempt", "case_reference", "kind", "amount_centimes", "article", "booked_at"),
        ),
    }

    class Meta:
        verbose_name = "écriture comptable"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "place"], name="payments_ledger_line_once"),
            models.CheckConstraint(
                condition=Q(kind=LedgerKind.VOID, amount_centimes__lt=0)
                | (~Q(kind=LedgerKind.VOID) & Q(amount_centimes__gt=0)),
                name="payments_ledger_sign_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {Chf(self.amount_centimes)} {self.case_reference}"
