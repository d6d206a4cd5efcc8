"""``settle``: what the provider says becomes true once, whoever asks and however often."""

from __future__ import annotations

from datetime import datetime

import pytest

from guichet.gateways.payment.port import (
    Aborted,
    Captured,
    Declined,
    InProgress,
    Pending,
    StartFailed,
    Unknown,
    Voided,
)
from guichet.law.kernel.money import Chf
from guichet.payments.models import Incident, LedgerEntry, PaymentAttempt, PaymentEvent, Receipt
from guichet.payments.operations import PaymentNotStarted, absorb, mop_up
from guichet.payments.operations.recording import told
from guichet.payments.states import IncidentKind, Source, State

from .builders import NOON, a_collected_payment, a_counter, an_open_page, later

pytestmark = pytest.mark.django_db


def open_incidents(attempt: PaymentAttempt) -> list[str]:
    return [incident.kind for incident in Incident.objects.unresolved().filter(attempt=attempt).order_by("kind")]


def booked(attempt: PaymentAttempt) -> list[tuple[str, int]]:
    rows = LedgerEntry.objects.filter(attempt=attempt).order_by("place")
    return [(entry.kind, entry.amount_centimes) for entry in rows]


def mop(counter, at: datetime) -> None:
    """The worker's periodic round, then what it asked for."""
    mop_up.enqueue()
    counter.work(at)


def test_a_payment_makes_the_case_definitive_at_the_provider_s_instant():
    counter, attempt = an_open_page()
    counter.pays(attempt, later(minutes=4))

    counter.settle(attempt, later(minutes=5))

    attempt.refresh_from_db()
    assert (attempt.validated_at, attempt.received_at) == (later(minutes=4), later(minutes=5))
    assert datetime.fromisoformat(counter.told("payment_validated")[0].facts["validated_at"]) == later(minutes=4)


def test_a_validated_payment_is_collected_by_the_worker_with_receipt_and_books():
    counter, attempt = a_collected_payment()

    receipt = Receipt.objects.get(attempt=attempt)
    assert (attempt.state, receipt.amount) == (State.CAPTURED, Chf(2610))
    assert booked(attempt) == [("fee", 2500), ("postage", 110)]
    assert counter.told("payment_collected")[0].facts["receipt"] == receipt.number


def test_a_postage_of_zero_is_on_the_receipt_and_not_in_the_books():
    counter, _ = an_open_page()
    counter.shelf.digest = "free postage"
    counter.shelf.lines = (counter.shelf.lines[0], counter.shelf.lines[1]._replace(amount=Chf(0)))
    attempt = counter.press_pay(later(minutes=1))
    counter.pays(attempt, later(minutes=2))

    counter.settle(attempt, later(minutes=2))
    counter.work(later(minutes=2))

    assert booked(attempt) == [("fee", 2500)]
    assert [line.amount for line in Receipt.objects.get(attempt=attempt).quote_lines] == [Chf(2500), Chf(0)]


def test_the_token_is_erased_once_the_money_is_collected():
    _, attempt = a_collected_payment()

    assert (attempt.token, attempt.redirect_address) == (None, None)


def test_hearing_of_the_same_payment_from_everywhere_changes_nothing_more():
    counter, attempt = a_collected_payment()
    before = list(PaymentEvent.objects.filter(attempt=attempt).values_list("pk", flat=True))

    for source in Source:
        counter.settle(attempt, later(minutes=1), source)
        counter.work(later(minutes=1))

    assert list(PaymentEvent.objects.filter(attempt=attempt).values_list("pk", flat=True)) == before
    assert [len(counter.told(act)) for act in ("payment_validated", "payment_collected")] == [1, 1]


def test_a_payment_collected_at_once_is_validated_and_collected_together():
    counter, attempt = an_open_page()
    counter.says(attempt, Captured(counter.pays(attempt, capture_id="c1")))

    counter.settle(attempt)

    assert [len(counter.told(act)) for act in ("payment_validated", "payment_collected")] == [1, 1]
    assert counter.provider.asked("capture") == counter.work() == 0


def test_a_declined_payment_that_then_succeeds_on_the_same_page_is_paid():
    counter, attempt = an_open_page()
    counter.says(attempt, Declined("TRANSACTION_DECLINED"))
    counter.settle(attempt, later(minutes=1))
    counter.pays(attempt, later(minutes=2))

    state = counter.settle(attempt, later(minutes=3))

    assert (state, len(counter.told("payment_validated"))) == (State.AUTHORISED, 1)


def test_an_old_attempt_that_pays_after_a_new_one_was_paid_is_released():
    counter, old = an_open_page()
    counter.says(old, Aborted())
    counter.settle(old)
    new = counter.press_pay(later(minutes=1))
    counter.pays(new, later(minutes=2))
    counter.settle(new, later(minutes=2))
    counter.pays(old, later(minutes=3))

    counter.settle(old, later(minutes=3))
    counter.work(later(minutes=3))

    old.refresh_from_db()
    assert (old.state, old.void_reason, booked(old)) == (State.VOIDED, IncidentKind.DOUBLE, [])
    assert Incident.objects.get(attempt=old).resolution == "voided"
    assert (len(counter.told("payment_validated")), counter.told("payment_not_concluded")) == (1, [])


def test_a_payment_after_the_cancellation_is_released_and_the_payer_told():
    counter, attempt = an_open_page()
    counter.shelf.cancelled_at = later(minutes=2)
    counter.pays(attempt, later(minutes=3))

    counter.settle(attempt, later(minutes=4))
    counter.work(later(minutes=4))

    attempt.refresh_from_db()
    assert (attempt.state, counter.told("payment_validated")) == (State.VOIDED, [])
    assert len(counter.told("payment_not_concluded")) == 1


def test_a_payment_before_the_cancellation_overtakes_it_and_is_collected():
    counter, attempt = an_open_page()
    counter.pays(attempt, later(minutes=1))
    counter.shelf.cancelled_at = later(minutes=2)

    counter.settle(attempt, later(minutes=3))
    counter.work(later(minutes=3))

    assert [len(counter.told(act)) for act in ("cancellation_overtaken", "payment_collected")] == [1, 1]


def test_a_payment_at_a_price_that_changed_meanwhile_is_never_collected():
    counter, attempt = an_open_page()
    counter.pays(attempt, later(minutes=1))
    counter.shelf.digest = "the tariff of tomorrow"

    counter.settle(attempt, later(minutes=2))
    counter.work(later(minutes=2))

    attempt.refresh_from_db()
    assert (attempt.state, counter.provider.asked("capture"), attempt.void_reason) == (
        State.VOIDED,
        0,
        IncidentKind.OUTDATED_QUOTE,
    )


@pytest.mark.parametrize("other", [{"amount": Chf(2500)}, {"currency": "EUR"}, {"order_id": "X-1"}, {"means": "TWINT"}])
def test_money_that_differs_is_kept_on_record_and_held_for_a_person(other):
    counter, attempt = an_open_page()
    counter.pays(attempt, **other)

    state = counter.settle(attempt)
    counter.work()

    assert (state, counter.told("payment_validated")) == (State.AUTHORISED, [])
    assert (counter.provider.asked("capture"), open_incidents(attempt)) == (0, ["mismatch"])


def test_the_clock_of_the_provider_gone_wrong_is_an_incident_and_ours_counts():
    counter, attempt = an_open_page()
    counter.pays(attempt, later(hours=5))

    counter.settle(attempt, later(minutes=2))

    attempt.refresh_from_db()
    assert (attempt.validated_at, open_incidents(attempt)) == (later(minutes=2), ["clock"])


def test_an_answer_with_the_transaction_of_another_attempt_tells_nothing_of_this_one():
    (first_counter, first), (counter, attempt) = an_open_page(), an_open_page()
    facts = first_counter.pays(first)
    first_counter.settle(first)
    counter.pays(attempt, transaction_id=facts.transaction_id, order_id=first.reference)

    state = counter.settle(attempt)

    assert (state, open_incidents(attempt)) == (State.UNSETTLED, ["mismatch"])


def test_a_payment_nobody_reported_is_found_by_the_mop_up():
    counter, attempt = an_open_page()
    counter.pays(attempt, later(minutes=5))

    mop(counter, later(minutes=21))
    assert counter.told("payment_validated") == []
    mop(counter, later(minutes=22))

    assert [len(counter.told(act)) for act in ("payment_validated", "payment_collected")] == [1, 1]


def test_a_page_that_was_abandoned_ends_unpaid_and_the_applicant_is_told_once():
    counter, attempt = an_open_page()

    for when in (later(minutes=22), later(minutes=80), later(hours=23), later(hours=24)):
        mop(counter, when)

    attempt.refresh_from_db()
    assert (attempt.state, attempt.token, attempt.next_ask_at) == (State.NOT_PAID, None, None)
    assert (len(counter.told("payment_not_concluded")), counter.provider.asked("observe")) == (1, 3)


def test_an_attempt_that_was_never_opened_is_given_up():
    counter = a_counter()
    counter.provider.failing = [StartFailed(refused=False, cause="timeout")]
    with pytest.raises(PaymentNotStarted):
        counter.press_pay()

    mop(counter, later(hours=1))

    attempt = PaymentAttempt.objects.get(case_reference=counter.reference)
    assert (attempt.state, counter.provider.asked("observe")) == (State.NOT_PAID, 0)


def test_an_end_that_stays_unknown_becomes_an_incident_after_the_last_question():
    counter, attempt = an_open_page()
    counter.says(attempt, Unknown("timeout"))

    for when in (later(minutes=22), later(minutes=80)):
        mop(counter, when)
    assert open_incidents(attempt) == []
    mop(counter, later(hours=23))

    attempt.refresh_from_db()
    assert (attempt.state, open_incidents(attempt)) == (State.UNSETTLED, ["unknown_end"])


def test_a_pending_payment_that_succeeds_days_later_is_validated():
    counter, attempt = an_open_page()
    facts = counter.pays(attempt)
    counter.says(attempt, Pending(facts))
    assert counter.settle(attempt) == State.UNSETTLED
    counter.pays(attempt, later(hours=40))

    mop(counter, later(hours=48))

    assert len(counter.told("payment_validated")) == 1


def test_a_payer_told_to_wait_is_told_when_the_payment_failed_after_all():
    counter, attempt = an_open_page()
    counter.says(attempt, Unknown("timeout"))
    counter.settle(attempt)
    counter.says(attempt, Declined("TRANSACTION_DECLINED"))

    counter.settle(attempt, later(minutes=1))

    assert len(counter.told("payment_not_concluded")) == 1


def test_reloading_the_return_page_does_not_poll_the_provider():
    counter, attempt = an_open_page()
    counter.says(attempt, InProgress())

    for seconds in (0, 3, 6, 9):
        counter.settle(attempt, later(minutes=1, seconds=seconds), Source.RETURN)

    assert counter.provider.asked("observe") == 1


def test_a_return_after_a_decline_always_asks_again():
    counter, attempt = an_open_page()
    counter.says(attempt, Declined("TRANSACTION_DECLINED"))
    counter.settle(attempt, later(minutes=1), Source.RETURN)
    counter.pays(attempt, later(minutes=1, seconds=1))

    assert counter.settle(attempt, later(minutes=1, seconds=2), Source.RETURN) == State.AUTHORISED


def test_a_return_days_later_asks_nobody():
    counter, attempt = an_open_page()

    counter.settle(attempt, later(hours=24), Source.RETURN)

    assert counter.provider.asked("observe") == 0


def test_a_collected_payment_voided_at_the_provider_s_is_undone_in_the_books_and_reported():
    counter, attempt = a_collected_payment()
    news = told(Voided(counter.provider.pages[attempt.reference].seen.facts), source=Source.STAFF, at=later(hours=1))

    absorb(attempt, news, wiring=counter.wiring)

    assert sum(amount for _, amount in booked(attempt)) == 0
    assert open_incidents(attempt) == ["voided_outside"]


def test_no_event_and_no_row_holds_more_than_the_allowed_facts():
    _, attempt = a_collected_payment()

    known = set().union(*(event.facts for event in PaymentEvent.objects.filter(attempt=attempt)))

    assert known <= {
        *("transaction_id", "order_id", "amount_centimes", "currency", "at", "means", "capture_id"),
        *("liability_shift", "six_reference", "approval_code", "acquirer", "reason", "cause"),
    }


def test_receipts_of_a_year_are_numbered_without_gap_from_one():
    numbers = [Receipt.objects.get(attempt=a_collected_payment(NOON)[1]).number for _ in range(3)]

    assert numbers == ["2026-000001", "2026-000002", "2026-000003"]


def test_a_receipt_given_at_midnight_belongs_to_the_year_of_geneva():
    at = datetime.fromisoformat("2026-12-31T23:30:00+00:00")

    _, attempt = a_collected_payment(at)

    assert Receipt.objects.get(attempt=attempt).number == "2027-000001"
