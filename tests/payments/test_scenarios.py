"""The named scenarios of payment with real processes: the provider's simulator, its page, our doors over a socket."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings

from guichet.gateways.payment.configured import made_from
from guichet.gateways.payment.simulator.control import Simulator
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow
from guichet.payments.books import check_books
from guichet.payments.models import Incident, LedgerEntry, PaymentAttempt, PaymentEvent, Receipt
from guichet.payments.operations import PaymentNotStarted, mop_up
from guichet.payments.states import State

from . import urls
from .builders import Counter, Shelf

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.payments.urls"),
]

SENTENCES = {"Votre paiement a réussi": "paid", "Le paiement n'a pas abouti": "not charged"}


class Street:
    """The applicant's browser, the provider and our doors, in one time that the test moves forward."""

    simulator: Simulator

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.ahead = timedelta()

    def deal_with(self, simulator: Simulator) -> None:
        """From now on this provider is asked, by the adapter of production; it notifies when the test says so."""
        self.simulator = simulator
        simulator.hold_notifications()
        self.counter.provider = made_from({**django_settings.PAYMENT, "base_url": simulator.base_url})

    def now(self) -> datetime:
        return self.real_now() + self.ahead

    real_now = staticmethod(clock.now)

    def wait(self, **length: float) -> None:
        """Time passes for everybody."""
        self.ahead += timedelta(**length)
        self.simulator.clock(timedelta(**length).total_seconds())

    def press_pay(self) -> PaymentAttempt:
        return self.counter.press_pay(self.now())

    def pay(self, attempt: PaymentAttempt, outcome: str = "approve", means: str = "VISA") -> str:
        """The payer acts on the provider's page; the address at which the browser comes back."""
        return self.simulator.pay(attempt.redirect_address, outcome, means)

    def comes_back(self, address: str) -> str:
        """What the payer reads on the page of the return."""
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        try:
            connection.request("GET", parts.path)
            page = connection.getresponse().read().decode().replace("&#x27;", "'")
        finally:
            connection.close()
        return next((short for sentence, short in SENTENCES.items() if sentence in page), "being confirmed")

    def notify(self) -> None:
        """The provider's notifications arrive, and the worker does what they ask for."""
        self.simulator.release()
        self.work()

    def work(self) -> None:
        self.counter.work(self.now())

    def mop_up(self) -> None:
        mop_up.enqueue()
        self.work()

    def presses_pay_again(self) -> str:
        try:
            return self.press_pay().reference
        except NotAllowedNow as refusal:
            return str(refusal)


@pytest.fixture(scope="module")
def running() -> Iterator[Simulator]:
    with Simulator.start() as simulator:
        yield simulator


@pytest.fixture
def street(running, live_server, settings, monkeypatch) -> Iterator[Street]:
    """A case to be paid at a real provider; whatever happens, no rule of the provider is broken and the books are right."""
    running.reset()
    settings.PUBLIC_URL = live_server.url
    street = Street(Counter(shelf=Shelf()))
    street.deal_with(running)
    monkeypatch.setattr(clock, "now", street.now)
    urls.WIRING.update(street.counter.wiring)
    yield street
    street.counter.provider.close()
    assert street.simulator.violations() == []
    assert check_books(street.now().date()) == []
    collected = [one["value"] for one in street.simulator.transactions() if one["state"] == "CAPTURED"]
    assert sum(LedgerEntry.objects.values_list("amount_centimes", flat=True)) == sum(collected)
    if street.simulator is not running:
        street.simulator.stop()


def check_paid_once(street: Street) -> None:
    """One validated case, one receipt, one transaction collected."""
    told = [len(street.counter.told(act)) for act in ("payment_validated", "payment_collected")]
    assert (told, Receipt.objects.count()) == ([1, 1], 1)
    assert [one["state"] for one in street.simulator.transactions()].count("CAPTURED") == 1


def check_not_charged(street: Street) -> None:
    """Nothing validated, nothing collected."""
    assert (street.counter.told("payment_validated"), Receipt.objects.count()) == ([], 0)
    assert not [one for one in street.simulator.transactions() if one["state"] in ("AUTHORIZED", "CAPTURED")]


def kinds() -> list[str]:
    return list(Incident.objects.unresolved().order_by("kind").values_list("kind", flat=True))


@pytest.mark.parametrize("means", ["VISA", "MASTERCARD", "POSTFINANCEPAY"])
def test_happy_the_payer_pays_comes_back_and_is_notified_of(street, means):
    address = street.pay(street.press_pay(), means=means)

    assert street.comes_back(address) == "paid"
    street.notify()

    check_paid_once(street)


def test_close_tab_the_payer_never_comes_back_and_the_notification_tells(street):
    street.pay(street.press_pay(), "close")

    street.notify()

    check_paid_once(street)


def test_no_notify_the_return_alone_is_enough(street):
    address = street.pay(street.press_pay())

    assert street.comes_back(address) == "paid"
    street.work()

    check_paid_once(street)


def test_silent_the_mop_up_finds_a_payment_nobody_reported(street):
    street.pay(street.press_pay(), "close")
    attempt = PaymentAttempt.objects.get()
    street.wait(seconds=(attempt.expires_at - street.now()).total_seconds() + 121)

    street.mop_up()

    check_paid_once(street)


def test_double_notify_three_notifications_have_one_effect(street):
    street.simulator.switch(notify_mode="duplicate", notify_copies=3)
    street.simulator.switch(notify_mode="hold")
    street.pay(street.press_pay(), "close")

    for _ in range(3):
        street.notify()

    check_paid_once(street)


def test_race_the_notification_arrives_before_the_browser(street):
    attempt = street.press_pay()
    street.simulator.switch(notify_mode="before_return")
    address = street.pay(attempt)

    assert street.comes_back(address) == "paid"
    street.work()

    check_paid_once(street)


def test_decline_then_pay_on_the_same_page_is_paid(street):
    attempt = street.press_pay()
    street.pay(attempt, "decline_retry")
    street.notify()
    assert PaymentAttempt.objects.get().state == State.NOT_PAID

    assert street.comes_back(street.simulator.choose(attempt.redirect_address, "approve")) == "paid"
    street.work()

    check_paid_once(street)


def test_a_declined_payer_reads_that_nothing_was_charged_and_pays_again(street):
    assert street.comes_back(street.pay(street.press_pay(), "decline")) == "not charged"
    assert street.comes_back(street.pay(street.press_pay())) == "paid"
    street.work()

    check_paid_once(street)


def test_an_aborting_payer_reads_that_nothing_was_charged(street):
    assert street.comes_back(street.pay(street.press_pay(), "abort")) == "not charged"

    check_not_charged(street)


def test_abort_then_a_new_attempt_is_paid_then_the_old_page_pays_and_is_released(street):
    old = street.press_pay()
    street.pay(old, "decline_retry")
    street.notify()
    new = street.press_pay()
    street.pay(new)
    street.notify()

    assert street.comes_back(street.simulator.choose(old.redirect_address, "approve")) == "paid"
    street.notify()

    check_paid_once(street)
    assert PaymentAttempt.objects.get(pk=old.pk).state == State.VOIDED
    assert kinds() == []


def test_double_paid_two_pages_paid_before_anybody_told_us(street):
    old = street.press_pay()
    street.pay(old, "decline_retry")
    street.notify()
    new = street.press_pay()
    street.simulator.choose(old.redirect_address, "approve")
    street.pay(new)

    street.notify()

    check_paid_once(street)
    states = PaymentAttempt.objects.order_by("serial").values_list("state", flat=True)
    assert sorted(states) == [State.CAPTURED, State.VOIDED]


def test_timeout_init_charges_nobody_and_the_next_press_opens_one_page(street):
    street.simulator.script("init", "answer_lost", nth=1)
    with pytest.raises(PaymentNotStarted, match="Rien ne vous a été débité"):
        street.press_pay()

    street.comes_back(street.pay(street.press_pay()))
    street.work()

    check_paid_once(street)
    assert [call["retry_indicator"] for call in street.simulator.calls("init")] == [0, 1]


def test_timeout_capture_done_although_the_answer_was_lost(street):
    street.simulator.script("capture", "answer_lost", nth=1)
    street.comes_back(street.pay(street.press_pay()))

    street.work()

    check_paid_once(street)


def test_already_captured_is_a_success(street):
    street.simulator.script("capture", "answer_lost", nth=1)
    street.comes_back(street.pay(street.press_pay()))
    street.simulator.script("assert", "internal_error", nth=1)
    street.work()
    assert Receipt.objects.count() == 0

    street.wait(minutes=1, seconds=1)
    street.work()

    check_paid_once(street)


def test_firewall_html_in_place_of_an_answer_is_uncertain_then_resolved(street):
    attempt = street.press_pay()
    address = street.pay(attempt)
    street.simulator.script("assert", "firewall_503", nth=1)

    assert street.comes_back(address) == "being confirmed"
    assert "Ne payez pas une seconde fois" in street.presses_pay_again() or "déjà payée" in street.presses_pay_again()
    street.notify()

    check_paid_once(street)


def test_pending_then_paid_is_confirmed_when_the_provider_knows(street):
    attempt = street.press_pay()
    assert street.comes_back(street.pay(attempt, "pending")) == "being confirmed"
    street.simulator.resolve(attempt.reference, "authorised")

    street.notify()

    check_paid_once(street)


def test_cancel_vs_pay_a_payment_after_the_cancellation_is_released(street):
    attempt = street.press_pay()
    street.counter.shelf.cancelled_at = street.now() - timedelta(seconds=5)

    assert street.comes_back(street.pay(attempt)) == "not charged"
    street.work()

    check_not_charged(street)
    assert len(street.counter.told("payment_not_concluded")) == 1


def test_cancel_vs_pay_a_payment_before_the_cancellation_stands(street):
    street.pay(street.press_pay(), "close")
    street.counter.shelf.cancelled_at = street.now() + timedelta(seconds=5)
    street.wait(minutes=1)

    street.notify()

    assert [len(street.counter.told(act)) for act in ("cancellation_overtaken", "payment_collected")] == [1, 1]


def test_tariff_changed_while_paying_collects_nothing_and_offers_the_new_price(street):
    attempt = street.press_pay()
    street.counter.shelf.digest = "the new tariff"
    street.counter.shelf.lines = street.counter.shelf.lines[:1]

    assert street.comes_back(street.pay(attempt)) == "not charged"
    street.work()

    check_not_charged(street)
    assert street.press_pay().amount_centimes == 2500


@pytest.mark.parametrize("tampered", ["tamper_amount", "tamper_currency", "tamper_order", "unknown_brand"])
def test_amount_tampered_is_held_and_never_collected(street, tampered):
    address = street.pay(street.press_pay())
    street.simulator.script("assert", tampered, nth=1)

    assert street.comes_back(address) == "being confirmed"
    street.work()

    assert (kinds(), street.simulator.calls("capture"), Receipt.objects.count()) == (["mismatch"], [], 0)


def test_a_payment_without_liability_of_the_bank_is_released(street):
    street.comes_back(street.pay(street.press_pay(), "approve_no_shift"))
    street.work()

    check_not_charged(street)


def test_lost_24h_an_end_that_nobody_can_tell_is_an_incident_and_blocks_a_second_charge(street):
    street.pay(street.press_pay(), "close")
    street.simulator.script("assert", "internal_error", times=0)

    for hours in (1, 2, 21):
        street.wait(hours=hours)
        street.mop_up()

    assert (PaymentAttempt.objects.get().state, kinds()) == (State.UNSETTLED, ["unknown_end"])
    assert "Ne payez pas une seconde fois" in street.presses_pay_again()


def test_a_reservation_that_lapsed_before_the_capture_is_reported(street):
    street.comes_back(street.pay(street.press_pay()))
    street.simulator.script("capture", "authorisation_lapsed", nth=1)

    street.work()

    assert (kinds(), Receipt.objects.count()) == (["uncollected"], 0)


def test_the_provider_killed_and_restarted_while_the_payer_pays_loses_nothing(tmp_path, street):
    street.deal_with(Simulator.start(tmp_path))
    address = street.pay(street.press_pay())
    street.simulator = street.simulator.restarted()

    assert street.comes_back(address) == "paid"
    street.work()

    check_paid_once(street)


def test_no_card_data_of_the_provider_reaches_the_database(street):
    street.comes_back(street.pay(street.press_pay()))
    street.work()

    facts = " ".join(str(event.facts) for event in PaymentEvent.objects.all())

    assert "VISA" in facts
    assert not [word for word in ("Holder", "holder", "Masked", "xxxx", "Exp") if word in facts]
