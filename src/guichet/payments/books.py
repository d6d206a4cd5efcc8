"""Checks the books: every centime the provider collected is in the ledger and on a receipt, once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Max, Min, Q, Sum
from django.db.models.functions import Coalesce

from guichet.kit.clock import ZURICH
from guichet.law.kernel.money import Chf

from .models import LedgerEntry, PaymentAttempt, Receipt, ReceiptCounter


def check_books(on: date) -> list[str]:
    """What is wrong with the books as they stood at the end of the day ``on`` (inclusive), in French; empty when right."""
    until = datetime.combine(on + timedelta(days=1), time(), tzinfo=ZURICH)
    return [*_sums(until), *_unbalanced_attempts(until), *_receipts_without_gap(on.year), *_unreceipted(until)]


def _sums(until: datetime) -> list[str]:
    """The ledger's sum is the sum of what is collected (and not voided since)."""
    booked = LedgerEntry.objects.filter(booked_at__lt=until).aggregate(sum=Coalesce(Sum("amount_centimes"), 0))["sum"]
    held = PaymentAttempt.objects.filter(collected_at__lt=until).exclude(voided_at__lt=until)
    collected = held.aggregate(sum=Coalesce(Sum("collected_centimes"), 0))["sum"]
    if booked == collected:
        return []
    return [f"Le grand livre totalise {Chf(booked)}, les encaissements {Chf(collected)}."]


def _unbalanced_attempts(until: datetime) -> list[str]:
    """Attempt by attempt: a collected one is booked with exactly what was collected, a voided one with nothing."""
    sums = (
        PaymentAttempt.objects.filter(collected_at__lt=until)
        .annotate(
            booked=Coalesce(Sum("ledger_entries__amount_centimes", filter=Q(ledger_entries__booked_at__lt=until)), 0)
        )
        .filter(
            (Q(voided_at__lt=until) & ~Q(booked=0)) | (~Q(voided_at__lt=until) & ~Q(booked=F("collected_centimes")))
        )
    )
    wrong = sums.order_by("reference").values_list("reference", "booked")
    return [f"Le paiement {reference} est comptabilisé pour {Chf(booked)}." for reference, booked in wrong]


def _receipts_without_gap(year: int) -> list[str]:
    counted = ReceiptCounter.objects.filter(year=year).values_list("last", flat=True).first() or 0
    found = Receipt.objects.filter(year=year).aggregate(number=Count("pk"), first=Min("serial"), last=Max("serial"))
    if (found["number"], found["first"] or 0, found["last"] or 0) == (counted, min(counted, 1), counted):
        return []
    return [f"La numérotation des quittances de {year} a un trou : {found['number']} pour {counted} numéros donnés."]


def _unreceipted(until: datetime) -> list[str]:
    accepted = PaymentAttempt.objects.filter(collected_at__lt=until, validated_at__isnull=False)
    without = accepted.filter(receipt=None).order_by("reference").values_list("reference", flat=True)
    return [f"Le paiement {reference} est encaissé sans quittance." for reference in without]
