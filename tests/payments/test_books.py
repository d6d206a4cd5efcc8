"""The books: every centime collected is booked and receipted once, and nobody can change what is written."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from guichet.gateways.payment.port import Authorised, Captured, Declined, Unknown, Voided
from guichet.law.kernel.money import Chf
from guichet.payments.books import check_books
from guichet.payments.models import LedgerEntry, PaymentAttempt, PaymentEvent, Receipt, ReceiptCounter
from guichet.payments.reduce import Seen, reduce
from guichet.payments.states import Kind, Source, State

from .builders import NOON, a_collected_payment, a_counter, an_open_page, later

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def test_the_books_of_an_office_without_payments_are_right():
    assert check_books(TODAY) == []


def test_the_books_are_right_after_payments_releases_and_declines():
    a_collected_payment()
    cancelled, attempt = an_open_page()
    cancelled.shelf.cancelled_at = NOON
    cancelled.says(attempt, Captured(cancelled.pays(attempt, later(minutes=1), capture_id="c")))
    cancelled.settle(attempt, later(minutes=1))
    assert check_books(TODAY) == []

    cancelled.work(later(minutes=2))

    assert check_books(TODAY) == []


def test_money_of_another_amount_collected_by_mistake_is_booked_as_it_is():
    counter, attempt = an_open_page()
    counter.says(attempt, Captured(counter.pays(attempt, amount=Chf(999), capture_id="c")))

    counter.settle(attempt)

    assert LedgerEntry.objects.get(attempt=attempt).amount_centimes == 999
    assert check_books(TODAY) == []


def test_a_payment_missing_from_the_ledger_is_found():
    counter, attempt = an_open_page()
    counter.pays(attempt)
    counter.settle(attempt)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(
        state=State.CAPTURED, token=None, redirect_address=None, collected_at=NOON, collected_centimes=2610
    )

    assert check_books(TODAY) == [
        "Le grand livre totalise 0.00 CHF, les encaissements 26.10 CHF.",
        f"Le paiement {attempt.reference} est comptabilisé pour 0.00 CHF.",
        f"Le paiement {attempt.reference} est encaissé sans quittance.",
    ]


def test_a_lost_receipt_number_is_found():
    a_collected_payment()
    ReceiptCounter.objects.update(last=2)

    assert check_books(TODAY) == ["La numérotation des quittances de 2026 a un trou : 1 pour 2 numéros donnés."]


def test_the_books_can_be_checked_for_a_day_that_is_past():
    a_collected_payment()
    late, attempt = an_open_page(later(days=2))
    late.pays(attempt, later(days=2))
    late.settle(attempt, later(days=2))
    late.work(later(days=2))

    assert [check_books(on) for on in (date(2026, 3, 29), TODAY, date(2026, 4, 2))] == [[], [], []]


_STEPS = st.lists(
    st.sampled_from(["pay", "decline", "silence", "cancel", "settle", "work", "new price", "capture there", "press"]),
    max_size=12,
)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_whatever_happens_in_whatever_order_the_books_equal_what_was_collected(django_db_blocker, steps):
    with transaction.atomic():
        counter = a_counter()
        attempt = counter.press_pay()
        for minute, step in enumerate(steps, start=1):
            _do(counter, attempt, step, minute)
        counter.work(later(minutes=15))

        booked = sum(LedgerEntry.objects.values_list("amount_centimes", flat=True))
        captured = PaymentAttempt.objects.filter(state=State.CAPTURED)
        assert check_books(TODAY) == []
        assert booked == sum(captured.values_list("collected_centimes", flat=True))
        assert len(counter.told("payment_collected")) <= 1
        for one in PaymentAttempt.objects.all():
            told = [Seen(Kind(event.kind), event.asked_at) for event in one.events.all()]
            assert reduce(told, expires_at=one.expires_at) == one.state
        transaction.set_rollback(True)


def _do(counter, attempt, step: str, minute: int) -> None:
    at, page = later(minutes=minute), counter.provider.pages[attempt.reference]
    if step == "pay" and not hasattr(page.seen, "facts"):
        counter.pays(attempt, at)
    elif step in ("decline", "silence") and not isinstance(page.seen, Authorised | Captured | Voided):
        counter.says(attempt, Declined("TRANSACTION_DECLINED") if step == "decline" else Unknown("timeout"))
    elif step == "capture there" and hasattr(page.seen, "facts") and type(page.seen).__name__ == "Authorised":
        counter.says(attempt, Captured(page.seen.facts))
    elif step == "cancel" and not counter.told("payment_validated"):
        counter.shelf.cancelled_at = at
    elif step == "new price":
        counter.shelf.digest = f"quote-{minute}"
    elif step == "settle":
        counter.settle(attempt, at, Source.NOTIFICATION)
    elif step == "work":
        counter.work(at)


@pytest.mark.parametrize("model", [PaymentEvent, LedgerEntry, Receipt])
def test_what_is_written_in_the_books_can_neither_be_changed_nor_removed(model):
    a_collected_payment()
    table = model._meta.db_table

    for statement in (f"UPDATE \"{table}\" SET case_reference = 'x'", f'DELETE FROM "{table}"'):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "impossible",
    [
        {"amount_centimes": 0},
        {"state": State.CAPTURED, "transaction_id": None},
        {"state": State.CAPTURED, "transaction_id": "t", "redirect_address": "x"},
        {"state": State.OPEN, "expires_at": None},
        {"validated_at": NOON, "received_at": None},
        {"collected_at": NOON, "collected_centimes": 2610},
        {"validated_at": NOON, "received_at": NOON, "state": State.NOT_PAID},
        {"state": State.VOIDED, "transaction_id": "t", "token": None, "redirect_address": None, "voided_at": None},
    ],
)
def test_a_row_that_contradicts_itself_cannot_be_stored(impossible):
    _, attempt = an_open_page()
    for name, value in impossible.items():
        setattr(attempt, name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save(update_fields=impossible)


def test_a_second_live_attempt_of_the_same_case_cannot_be_stored():
    counter, attempt = an_open_page()
    attempt.pk, attempt.reference, attempt.serial = None, "OTHER-2", 2
    attempt.return_key, attempt.notify_key = "r", "n"

    with pytest.raises(IntegrityError, match="one_live_attempt|case_reference"), transaction.atomic():
        attempt.save(force_insert=True)
