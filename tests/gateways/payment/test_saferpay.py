"""The adapter and the provider through a whole payment, and through every way it can end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from guichet.gateways.payment.port import (
    Aborted,
    Authorised,
    Captured,
    Declined,
    InProgress,
    NotStarted,
    Pending,
    StartFailed,
    Unknown,
    Voided,
)
from guichet.gateways.payment.saferpay import Saferpay
from guichet.gateways.payment.simulator.control import Simulator, means_offered
from guichet.law.kernel.money import Chf

from .builders import a_paid_page, a_request, an_adapter, an_opened_page

STATUSES = (402, 400, 409, 422, 200)


def test_a_payment_is_authorised_then_captured_with_its_facts(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter)

    back = simulator.pay(opened.page.address, "approve", "MASTERCARD")

    seen = opened.observe()
    assert back == "http://127.0.0.1:9/paiement/retour/r"
    assert isinstance(seen, Authorised)
    assert (seen.facts.amount, seen.facts.currency, seen.facts.order_id) == (Chf(2500), "CHF", opened.reference)
    assert (seen.facts.means, seen.facts.liability_shift, seen.facts.capture_id) == ("MASTERCARD", True, None)
    assert abs(seen.facts.at - datetime.fromtimestamp(simulator.now(), UTC)) < timedelta(minutes=1)


def test_the_capture_gives_the_id_that_later_observations_repeat(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)

    taken = opened.capture()

    seen = opened.observe()
    assert isinstance(taken, Captured) and isinstance(seen, Captured)
    assert taken.facts.capture_id == seen.facts.capture_id is not None
    assert taken.facts.amount is None and seen.facts.amount == Chf(2500)


def test_a_second_capture_is_told_to_be_captured_already(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)
    opened.capture(attempt=1)

    again = opened.capture(attempt=2)

    assert isinstance(again, Captured) and again.facts.capture_id is None
    assert [one["retry_indicator"] for one in simulator.calls("capture")] == [0, 1]


def test_a_void_releases_the_reservation_and_is_seen_as_such(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)

    voided = opened.void()

    assert isinstance(voided, Voided) and isinstance(opened.observe(), Voided)
    assert opened.capture() == Unknown("transaction_in_wrong_state")


def test_captured_money_can_be_voided_only_before_the_closing_and_if_allowed(
    simulator: Simulator, adapter: Saferpay
) -> None:
    simulator.switch(cancel_after_capture=True)
    early, late = a_paid_page(simulator, adapter), a_paid_page(simulator, adapter)
    early.capture()
    late.capture()

    voided = early.void()
    simulator.closing()

    assert isinstance(voided, Voided)
    assert late.void() == Unknown("transaction_in_wrong_state")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("decline", Declined("TRANSACTION_DECLINED")),
        ("decline_retry", Declined("TRANSACTION_DECLINED")),
        ("abort", Aborted()),
    ],
)
def test_an_unsuccessful_end_is_read_by_its_name_whatever_the_http_status(
    simulator: Simulator, adapter: Saferpay, status: int, outcome: str, expected: object
) -> None:
    simulator.switch(business_status=status)
    opened = an_opened_page(adapter)

    simulator.pay(opened.page.address, outcome)

    assert opened.observe() == expected


@pytest.mark.parametrize("status", STATUSES)
def test_every_refused_act_is_read_by_its_name_whatever_the_http_status(
    simulator: Simulator, adapter: Saferpay, status: int
) -> None:
    simulator.switch(business_status=status)
    opened = an_opened_page(adapter)
    not_started = opened.observe()
    simulator.pay(opened.page.address)

    first, again, void = opened.capture(), opened.capture(attempt=2), opened.void()

    assert not_started == NotStarted()
    assert isinstance(first, Captured) and isinstance(again, Captured)
    assert void == Unknown("transaction_in_wrong_state")


def test_an_opened_page_is_not_started_or_in_progress_as_the_provider_says(
    simulator: Simulator, adapter: Saferpay
) -> None:
    opened = an_opened_page(adapter)
    simulator.open_page(opened.page.address)
    not_started = opened.observe()

    simulator.switch(in_progress_answer=True)

    assert (not_started, opened.observe()) == (NotStarted(), InProgress())


def test_a_challenge_can_be_passed_or_failed(simulator: Simulator, adapter: Saferpay) -> None:
    passed, failed = an_opened_page(adapter), an_opened_page(adapter)
    for opened, ending in ((passed, "challenge_passed"), (failed, "challenge_failed")):
        simulator.pay(opened.page.address, "challenge")
        assert opened.observe() == InProgress()
        simulator.choose(opened.page.address, ending)

    assert isinstance(passed.observe(), Authorised)
    assert failed.observe() == Declined("3DS_AUTHENTICATION_FAILED")


def test_a_declined_payment_may_still_succeed_on_the_same_page(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter)
    simulator.pay(opened.page.address, "decline_retry")
    declined = opened.observe()

    simulator.pay(opened.page.address, "approve", "POSTFINANCEPAY")

    seen = opened.observe()
    assert declined == Declined("TRANSACTION_DECLINED")
    assert isinstance(seen, Authorised) and seen.facts.means == "POSTFINANCEPAY"


def test_a_payment_without_liability_shift_says_so(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter)

    simulator.pay(opened.page.address, "approve_no_shift")

    assert opened.observe().facts.liability_shift is False


@pytest.mark.parametrize(("end", "kind"), [("authorised", Authorised), ("declined", Declined)])
def test_a_pending_payment_ends_days_later_one_way_or_the_other(
    simulator: Simulator, adapter: Saferpay, end: str, kind: type
) -> None:
    opened = an_opened_page(adapter)
    simulator.pay(opened.page.address, "pending")
    simulator.clock(100 * 3600)
    waiting = opened.observe()

    simulator.resolve(opened.reference, end)

    assert isinstance(waiting, Pending)
    assert isinstance(opened.observe(), kind)


def test_a_token_older_than_a_day_is_unknown_without_the_business_licence(
    simulator: Simulator, adapter: Saferpay
) -> None:
    opened = a_paid_page(simulator, adapter)

    simulator.clock(25 * 3600)

    assert opened.observe() == Unknown("token_expired")
    assert simulator.calls("inquire") == []


def test_a_token_older_than_a_day_is_inquired_with_the_business_licence(simulator: Simulator) -> None:
    simulator.switch(business_licence=True)
    adapter = an_adapter(simulator.base_url, business_licence=True)
    opened = a_paid_page(simulator, adapter)
    transaction_id = opened.transaction_id()
    simulator.clock(25 * 3600)

    by_id, by_order = opened.observe(transaction_id), opened.observe()
    gone = adapter.observe(token="", reference=opened.reference, transaction_id=transaction_id)

    adapter.close()
    assert isinstance(by_id, Authorised)
    assert by_id == by_order == gone


def test_an_inquiry_that_comes_too_early_stays_unknown(simulator: Simulator) -> None:
    simulator.switch(business_licence=True, inquire_delay_seconds=300)
    adapter = an_adapter(simulator.base_url, business_licence=True)
    opened = a_paid_page(simulator, adapter)

    early = adapter.observe(token="", reference=opened.reference, transaction_id=None)
    simulator.clock(301)
    late = adapter.observe(token="", reference=opened.reference, transaction_id=None)

    adapter.close()
    assert early == Unknown("transaction_not_found")
    assert isinstance(late, Authorised)


def test_an_inquiry_whose_answer_is_lost_is_unknown(simulator: Simulator) -> None:
    simulator.switch(business_licence=True)
    simulator.script("inquire", "answer_lost")
    adapter = an_adapter(simulator.base_url, business_licence=True)

    seen = adapter.observe(token="", reference="7K2M9X-1", transaction_id=None)

    adapter.close()
    assert seen == Unknown("connection_lost")


def test_without_a_token_nothing_is_asked_with_the_small_licence(simulator: Simulator, adapter: Saferpay) -> None:
    seen = adapter.observe(token="", reference="7K2M9X-1", transaction_id="abc")

    assert seen == Unknown("token_gone")
    assert simulator.calls() == []


def test_a_void_in_doubt_asks_what_the_state_is_with_the_business_licence(simulator: Simulator) -> None:
    simulator.switch(business_licence=True)
    adapter = an_adapter(simulator.base_url, business_licence=True)
    opened = a_paid_page(simulator, adapter)
    opened.capture()

    seen = opened.void()

    adapter.close()
    assert isinstance(seen, Captured)


@pytest.mark.applies("CGV 6/1")
def test_the_page_offers_exactly_the_means_of_the_terms(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter)

    status, text = simulator.open_page(opened.page.address)

    assert status == 200
    assert means_offered(text) == ["VISA", "MASTERCARD", "POSTFINANCEPAY"]


def test_a_repeated_start_keeps_its_request_id_and_raises_the_indicator(
    simulator: Simulator, adapter: Saferpay
) -> None:
    simulator.script("init", "answer_lost")
    with pytest.raises(StartFailed) as lost:
        adapter.start(a_request(reference="7K2M9X-900"))

    adapter.start(a_request(reference="7K2M9X-900", retry_indicator=1))

    seen = [(one["request_id"], one["retry_indicator"]) for one in simulator.calls("init")]
    assert not lost.value.refused
    assert seen == [("7K2M9X-900.init", 0), ("7K2M9X-900.init", 1)]


def test_the_redirect_keeps_its_token_out_of_representations(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter)

    text = repr(opened.page)

    assert opened.page.token not in text
    assert opened.page.expires_at.tzinfo is not None


def test_dates_in_another_offset_are_read_as_the_same_instant(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)
    in_utc = opened.observe()

    simulator.switch(date_zone="Asia/Kolkata")

    assert opened.observe() == in_utc


def test_the_hour_that_summer_time_repeats_is_read_without_doubt(simulator: Simulator, adapter: Saferpay) -> None:
    simulator.switch(date_zone="Europe/Zurich")
    first_two_thirty = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    simulator.clock(first_two_thirty.timestamp() - simulator.now())
    first = a_paid_page(simulator, adapter).observe().facts.at
    simulator.clock(3600)

    second = a_paid_page(simulator, adapter).observe().facts.at

    assert timedelta(minutes=59) < second - first < timedelta(minutes=61)
