"""Many at once: threads that settle the same payment, press « payer » together, or cancel while somebody pays."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from guichet.kit.errors import NotAllowedNow
from guichet.payments.models import Incident, LedgerEntry, PaymentAttempt, Receipt, ReceiptCounter
from guichet.payments.states import Source, State

from .builders import NOON, Counter, an_open_page, later

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act in its own thread, all released together; what each gave or raised."""
    barrier, given = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            given.append(act())
        except NotAllowedNow as refusal:
            given.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(given) == len(acts), "a thread died"
    return given


def test_one_payment_settled_by_everybody_at_once_has_one_of_each_effect():
    counter, attempt = an_open_page()
    counter.pays(attempt)
    sources = [Source.RETURN, Source.NOTIFICATION, Source.MOP_UP, Source.STAFF] * 3

    all_at_once(*(lambda source=source: counter.settle(attempt, NOON, source) for source in sources))
    all_at_once(*([lambda: counter.work()] * 3))

    assert [len(counter.told(act)) for act in ("payment_validated", "payment_collected")] == [1, 1]
    assert (Receipt.objects.count(), LedgerEntry.objects.count(), counter.provider.asked("capture")) == (1, 2, 1)


def test_everybody_pressing_pay_at_once_leads_to_one_attempt():
    counter = Counter()

    given = all_at_once(*([lambda: counter.press_pay().redirect_address] * 8))

    assert len(set(given)) == 1
    assert PaymentAttempt.objects.of_case(counter.reference).get().starts_asked == counter.provider.asked("start")
    assert len({what for call, what in counter.provider.calls if call == "start"}) == counter.provider.asked("start")


def test_two_attempts_paid_at_the_same_moment_leave_one_paid_and_one_released():
    counter, first = an_open_page()
    second = counter.press_pay(later(minutes=18))
    counter.pays(first, later(minutes=18))
    counter.pays(second, later(minutes=18))

    all_at_once(*(lambda a=a: counter.settle(a, later(minutes=18)) for a in (first, second) * 3))
    counter.work(later(minutes=18))

    states = sorted(PaymentAttempt.objects.of_case(counter.reference).values_list("state", flat=True))
    assert states == [State.CAPTURED, State.VOIDED]
    assert Incident.objects.get().kind == "double"


def test_payments_of_many_cases_at_once_get_receipts_without_gap():
    pages = [an_open_page() for _ in range(6)]
    for counter, attempt in pages:
        counter.pays(attempt)
        counter.settle(attempt)

    def collect(counter: Counter, attempt: PaymentAttempt) -> None:
        seen = counter.provider.capture(transaction_id="", reference=attempt.reference, attempt=1)
        counter.says(attempt, seen)
        counter.provider.capture = lambda **_: seen  # type: ignore[method-assign]
        counter.settle(attempt, NOON, Source.STAFF)

    all_at_once(*(lambda page=page: collect(*page) for page in pages))

    assert sorted(Receipt.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert ReceiptCounter.objects.get(year=2026).last == 6
