"""Writes receipts and the ledger, inside the transaction that records the money."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from guichet.kit.clock import day_of
from guichet.kit.writing import insert_all
from guichet.law.kernel.money import Chf
from guichet.payments.models import LedgerEntry, LedgerKind, PaymentAttempt, Receipt, ReceiptCounter


def give_receipt(attempt: PaymentAttempt, *, at: datetime) -> Receipt:
    """The receipt of a collected payment with the next number of the year, and its ledger lines (3 statements).

    The number's row stays locked until the commit: call it last.
    """
    entries = [
        _entry(attempt, place, kind=LedgerKind(line.kind), amount=line.amount, article=line.articles[:1], at=at)
        for place, line in enumerate(attempt.quote_lines, start=1)
        if line.amount
    ]
    insert_all(entries)
    year = day_of(at).year
    receipt = Receipt(
        year=year,
        serial=_next_number(year),
        case_reference=attempt.case_reference,
        attempt=attempt,
        issued_at=at,
        lines=attempt.lines,
        amount_centimes=attempt.amount_centimes,
    )
    insert_all([receipt])
    return receipt


def book_surplus(attempt: PaymentAttempt, amount: Chf, *, at: datetime) -> None:
    """Book money that was collected although it isn't owed, until it is given back."""
    _entry(attempt, 1, kind=LedgerKind.SURPLUS, amount=amount, article=(), at=at).save(force_insert=True)


def book_void(attempt: PaymentAttempt, *, at: datetime) -> bool:
    """Give up in the books whatever was booked for a voided attempt; False if nothing was."""
    booked = list(LedgerEntry.objects.filter(attempt=attempt).order_by("place"))
    LedgerEntry.objects.bulk_create(
        _entry(
            attempt,
            len(booked) + entry.place,
            kind=LedgerKind.VOID,
            amount=-Chf(entry.amount_centimes),
            article=(entry.article,),
            at=at,
        )
        for entry in booked
    )
    return bool(booked)


def _entry(
    attempt: PaymentAttempt, place: int, *, kind: LedgerKind, amount: Chf, article: tuple[str, ...], at: datetime
) -> LedgerEntry:
    return LedgerEntry(
        attempt=attempt,
        case_reference=attempt.case_reference,
        place=place,
        kind=kind,
        amount_centimes=amount.centimes,
        article="".join(article),
        booked_at=at,
    )


def _next_number(year: int) -> int:
    """One statement on both engines: it waits for whoever is giving a number, and a rollback gives it back."""
    table = f'"{ReceiptCounter._meta.db_table}"'  # noqa: SLF001 - Django's documented meta API
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} ("year", "last") VALUES (%s, 1) '  # noqa: S608 - our own table's name
            f'ON CONFLICT ("year") DO UPDATE SET "last" = {table}."last" + 1 RETURNING "last"',
            [year],
        )
        return int(cursor.fetchone()[0])
