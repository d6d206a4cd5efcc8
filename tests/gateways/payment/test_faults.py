"""Everything that can go wrong on the line, at each call: what is concluded, and that nothing is lost or done twice."""

from __future__ import annotations

import time

import pytest

from guichet.gateways.payment.port import (
    Authorised,
    Captured,
    NotStarted,
    Observation,
    Pending,
    StartFailed,
    Unknown,
    Voided,
)
from guichet.gateways.payment.saferpay import Saferpay
from guichet.gateways.payment.simulator.control import Simulator
from guichet.law.kernel.money import Chf

from .builders import a_paid_page, a_request, an_adapter, an_opened_page

# The fault, what the adapter calls it, and whether the provider had done the work all the same.
LINE_FAULTS = [
    ("reset_before", "connection_lost", False),
    ("reset_after", "connection_lost", True),
    ("answer_lost", "connection_lost", True),
    ("internal_error", "internal_error", False),
    ("firewall_403", "not_json", False),
    ("firewall_503", "not_json", False),
    ("truncated_json", "unreadable", True),
    ("unknown_error", "something_nobody_documented", False),
    ("communication_timeout", "communication_timeout", False),
    ("communication_timeout_hidden", "communication_timeout", True),
    ("communication_failed", "communication_failed", False),
    ("authentication_failed", "authentication_failed", False),
    ("foreign_request_id", "foreign_answer", True),
    ("wrong_content_type", "not_json", True),
    ("redirect", "not_json", True),
    ("huge", "answer_too_large", True),
]
SLOW_FAULTS = ["slow_drip", "slow_headers", "delay_before", "delay_after"]


@pytest.mark.parametrize(("fault", "cause", "_done"), LINE_FAULTS)
def test_a_spoilt_observation_is_unknown_and_the_next_one_sees_the_money(
    simulator: Simulator, adapter: Saferpay, fault: str, cause: str, _done: bool
) -> None:
    opened = a_paid_page(simulator, adapter)
    simulator.script("assert", fault)

    spoilt, sound = opened.observe(), opened.observe()

    assert spoilt == Unknown(cause)
    assert isinstance(sound, Authorised)


@pytest.mark.parametrize(("fault", "cause", "done"), LINE_FAULTS)
def test_a_spoilt_start_is_refused_only_when_the_provider_said_so(
    simulator: Simulator, adapter: Saferpay, fault: str, cause: str, done: bool
) -> None:
    simulator.script("init", fault)

    with pytest.raises(StartFailed) as failed:
        adapter.start(a_request(reference="7K2M9X-1"))

    assert failed.value.cause == cause
    assert failed.value.refused == (fault == "authentication_failed")
    assert len(simulator.pages("7K2M9X-1")) == done


@pytest.mark.parametrize(("fault", "cause", "done"), LINE_FAULTS)
def test_a_spoilt_capture_is_repeated_until_the_money_is_taken_once(
    simulator: Simulator, adapter: Saferpay, fault: str, cause: str, done: bool
) -> None:
    opened = a_paid_page(simulator, adapter)
    simulator.script("capture", fault)

    first, state = opened.capture(attempt=1), opened.observe()
    second = opened.capture(attempt=2)

    assert first == Unknown(cause)
    assert isinstance(state, Captured if done else Authorised)
    assert isinstance(second, Captured) and (second.facts.capture_id is None) == done


@pytest.mark.parametrize(("fault", "cause", "done"), LINE_FAULTS)
def test_a_spoilt_void_is_settled_by_observing_and_asking_again(
    simulator: Simulator, adapter: Saferpay, fault: str, cause: str, done: bool
) -> None:
    opened = a_paid_page(simulator, adapter)
    simulator.script("cancel", fault)

    first = opened.void(attempt=1)
    state = opened.observe()
    second: Observation = opened.void(attempt=2)

    assert first == Unknown(cause)
    assert isinstance(state, Voided if done else Authorised)
    assert second == Unknown("transaction_in_wrong_state") if done else isinstance(second, Voided)


@pytest.mark.parametrize("fault", SLOW_FAULTS)
@pytest.mark.parametrize("call", ["init", "assert", "capture", "cancel"])
def test_a_slow_answer_ends_with_the_total_time_however_it_is_slow(simulator: Simulator, call: str, fault: str) -> None:
    patient, hasty = an_adapter(simulator.base_url), an_adapter(simulator.base_url, total_seconds=0.25)
    opened = a_paid_page(simulator, patient)
    transaction_id = opened.transaction_id()
    simulator.script(call, fault, seconds=0.05 if fault.startswith("slow") else 3.0)
    asked = {"transaction_id": transaction_id, "reference": opened.reference}

    began = time.monotonic()
    if call == "init":
        with pytest.raises(StartFailed) as failed:
            hasty.start(a_request())
        cause = failed.value.cause
    elif call == "assert":
        cause = hasty.observe(token=opened.page.token, **asked).cause
    else:
        act = hasty.capture if call == "capture" else hasty.void
        cause = act(attempt=1, **asked).cause
    took = time.monotonic() - began

    patient.close()
    hasty.close()
    assert cause == "timeout"
    assert 0.2 < took < 2.0


def test_a_provider_that_is_not_there_has_clearly_opened_nothing() -> None:
    adapter = an_adapter("http://127.0.0.1:9/api")

    with pytest.raises(StartFailed) as failed:
        adapter.start(a_request())

    adapter.close()
    assert (failed.value.refused, failed.value.cause) == (True, "unreachable")


@pytest.mark.parametrize("name", ["amount", "currency", "order"])
def test_a_changed_answer_crosses_the_border_with_what_it_says(
    simulator: Simulator, adapter: Saferpay, name: str
) -> None:
    opened = a_paid_page(simulator, adapter)
    simulator.script("assert", f"tamper_{name}")

    facts = opened.observe().facts

    told = {"amount": facts.amount, "currency": facts.currency, "order": facts.order_id}
    assert told[name] == {"amount": Chf(1), "currency": "EUR", "order": "SOMEBODY-ELSE-1"}[name]


def test_a_status_that_nobody_documented_is_unknown(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)
    simulator.script("assert", "unknown_status", nth=1)
    observed = opened.observe()
    simulator.script("capture", "unknown_status")

    taken = opened.capture()

    assert (observed, taken) == (Unknown("unknown_status"), Unknown("unknown_status"))


def test_a_means_that_nobody_offered_is_told_by_its_code(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)
    simulator.script("assert", "unknown_brand", value="UNIONPAY")

    seen = opened.observe()

    assert isinstance(seen, Authorised) and seen.facts.means == "UNIONPAY"


def test_a_date_without_offset_is_not_guessed(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)
    simulator.script("assert", "naive_date")

    assert opened.observe() == Unknown("unreadable_answer")


def test_a_start_whose_answer_cannot_be_read_may_have_opened_a_page(simulator: Simulator, adapter: Saferpay) -> None:
    simulator.script("init", "naive_date")

    with pytest.raises(StartFailed) as failed:
        adapter.start(a_request())

    assert (failed.value.refused, failed.value.cause) == (False, "unreadable_answer")


def test_a_clock_of_the_provider_that_is_wrong_is_told_as_it_is(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)
    right = opened.observe().facts.at

    simulator.switch(date_skew_seconds=7200)

    assert (opened.observe().facts.at - right).total_seconds() == 7200


def test_a_slow_capture_is_pending_until_the_provider_has_taken_it(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)
    simulator.script("capture", "capture_pending")
    first, again = opened.capture(attempt=1), opened.capture(attempt=2)

    simulator.resolve(opened.reference, "captured")

    assert isinstance(first, Pending) and again == Unknown("transaction_in_wrong_state")
    assert isinstance(opened.observe(), Captured)


def test_an_authorisation_that_lapsed_cannot_be_captured_any_more(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)
    simulator.script("capture", "authorisation_lapsed")

    taken = opened.capture()

    assert taken == Unknown("transaction_in_wrong_state")
    assert isinstance(opened.observe(), Voided)


def test_a_token_that_serves_once_is_unknown_the_second_time(simulator: Simulator, adapter: Saferpay) -> None:
    simulator.switch(token_single_use=True)
    opened = an_opened_page(adapter)
    simulator.pay(opened.page.address)

    first, second = opened.observe(), opened.observe()

    assert isinstance(first, Authorised)
    assert second == Unknown("token_invalid")


def test_credentials_revoked_in_mid_day_stop_starts_and_leave_the_rest_unknown(
    simulator: Simulator, adapter: Saferpay
) -> None:
    opened = a_paid_page(simulator, adapter)
    simulator.switch(credentials_valid=False)

    with pytest.raises(StartFailed) as failed:
        adapter.start(a_request())

    assert failed.value.refused
    assert opened.observe() == Unknown("authentication_failed")


def test_the_script_strikes_the_nth_call_of_one_order_only(simulator: Simulator, adapter: Saferpay) -> None:
    struck, spared = an_opened_page(adapter), an_opened_page(adapter)

    simulator.script("assert", "internal_error", nth=2, order=struck.reference)

    seen = [struck.observe(), spared.observe(), struck.observe(), spared.observe(), struck.observe()]
    assert seen == [NotStarted(), NotStarted(), Unknown("internal_error"), NotStarted(), NotStarted()]


def test_bad_luck_with_a_seed_repeats_itself_exactly(simulator: Simulator, adapter: Saferpay) -> None:
    def luck() -> list[Observation]:
        simulator.clear_script()
        simulator.script("assert", "internal_error", probability=0.5, seed=7)
        return [opened.observe() for _ in range(12)]

    opened = an_opened_page(adapter)

    first, second = luck(), luck()

    assert first == second
    assert len(set(first)) == 2


def test_a_fault_that_does_not_exist_is_refused(simulator: Simulator) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        simulator.script("assert", "meteorite")
