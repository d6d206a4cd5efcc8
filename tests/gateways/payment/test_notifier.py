"""Notifications: empty, up to three tries, in any order, and none lost by a restart."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import pytest

from guichet.gateways.payment.port import Authorised, Captured
from guichet.gateways.payment.saferpay import Saferpay
from guichet.gateways.payment.simulator.control import Simulator

from .builders import Merchant, a_paid_page, an_adapter, an_opened_page

SUCCESS, FAILURE = "/paiement/avis/n/s", "/paiement/avis/n/f"


def _settled(simulator: Simulator, state: str) -> None:
    """Waits until every notification has reached a state."""
    deadline = time.monotonic() + 5
    while {one["state"] for one in simulator.notifications()} != {state}:
        assert time.monotonic() < deadline, simulator.notifications()
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("outcome", "path"),
    [("approve", SUCCESS), ("pending", SUCCESS), ("decline", FAILURE), ("abort", FAILURE)],
)
def test_each_end_is_notified_once_at_its_own_address(
    simulator: Simulator, adapter: Saferpay, merchant: Merchant, outcome: str, path: str
) -> None:
    simulator.pay(an_opened_page(adapter, merchant=merchant.address).page.address, outcome)

    merchant.wait_for(1)

    _settled(simulator, "delivered")
    assert merchant.seen == [path]


def test_a_merchant_that_is_down_is_called_three_times_and_then_no_more(
    simulator: Simulator, adapter: Saferpay, merchant: Merchant
) -> None:
    simulator.switch(notify_retry_seconds=0.01)
    merchant.statuses = [500, 302, 503, 200]

    simulator.pay(an_opened_page(adapter, merchant=merchant.address).page.address)

    merchant.wait_for(3)
    _settled(simulator, "failed")
    assert [one["status"] for one in simulator.notifications()[0]["tries"]] == [500, 302, 503]
    assert len(merchant.seen) == 3


def test_a_second_try_that_succeeds_is_the_last(simulator: Simulator, adapter: Saferpay, merchant: Merchant) -> None:
    simulator.switch(notify_retry_seconds=0.01)
    merchant.statuses = [500]

    simulator.pay(an_opened_page(adapter, merchant=merchant.address).page.address)

    merchant.wait_for(2)
    _settled(simulator, "delivered")


def test_a_notification_may_come_before_the_browser_does(
    simulator: Simulator, adapter: Saferpay, merchant: Merchant
) -> None:
    simulator.switch(notify_mode="before_return")

    simulator.pay(an_opened_page(adapter, merchant=merchant.address).page.address)

    assert merchant.seen == [SUCCESS]


def test_a_merchant_that_asks_back_during_the_notification_is_answered(simulator: Simulator, adapter: Saferpay) -> None:
    seen: list[object] = []
    merchant = Merchant()
    opened = an_opened_page(adapter, merchant=merchant.address)
    merchant.seen = type("Asking", (list,), {"append": lambda self, path: seen.append(opened.observe())})()
    simulator.switch(notify_mode="before_return")

    simulator.pay(opened.page.address)

    merchant.stop()
    assert [type(one) for one in seen] == [Authorised]


def test_a_duplicated_notification_arrives_three_times(
    simulator: Simulator, adapter: Saferpay, merchant: Merchant
) -> None:
    simulator.switch(notify_mode="duplicate")

    simulator.pay(an_opened_page(adapter, merchant=merchant.address).page.address)

    merchant.wait_for(3)
    assert merchant.seen == [SUCCESS] * 3


def test_a_notification_hours_late_arrives_when_its_time_has_come(
    simulator: Simulator, adapter: Saferpay, merchant: Merchant
) -> None:
    simulator.switch(notify_mode="delay", notify_delay_seconds=3 * 3600)
    simulator.pay(an_opened_page(adapter, merchant=merchant.address).page.address)
    time.sleep(0.05)
    early = list(merchant.seen)

    simulator.clock(3 * 3600 + 1)

    merchant.wait_for(1)
    assert (early, merchant.seen) == ([], [SUCCESS])


def test_held_notifications_are_released_in_the_order_asked_for(
    simulator: Simulator, adapter: Saferpay, merchant: Merchant
) -> None:
    simulator.hold_notifications()
    opened = an_opened_page(adapter, merchant=merchant.address)
    simulator.pay(opened.page.address, "decline_retry")
    simulator.pay(opened.page.address, "approve")
    owed = [one["id"] for one in simulator.notifications(opened.reference)]

    released = simulator.release(reversed(owed))

    assert released == 2
    assert merchant.seen == [SUCCESS, FAILURE]


def test_no_notification_at_all_leaves_only_the_return(
    simulator: Simulator, adapter: Saferpay, merchant: Merchant
) -> None:
    simulator.switch(notify_mode="never")

    simulator.pay(an_opened_page(adapter, merchant=merchant.address).page.address)

    assert [one["state"] for one in simulator.notifications()] == ["suppressed"]
    assert merchant.seen == []


def test_the_death_of_the_provider_loses_no_transaction_and_no_notification(tmp_path: Path) -> None:
    simulator, merchant = Simulator.start(tmp_path), Merchant()
    adapter = an_adapter(simulator.base_url)
    opened = a_paid_page(simulator, adapter)
    opened.capture()
    simulator.switch(notify_mode="delay", notify_delay_seconds=60)
    simulator.pay(an_opened_page(adapter, merchant=merchant.address).page.address)

    simulator = simulator.restarted()
    simulator.clock(61)
    merchant.wait_for(1)
    seen = opened.observe()

    adapter.close()
    merchant.stop()
    simulator.stop()
    assert isinstance(seen, Captured)
    assert merchant.seen == [SUCCESS]


def test_time_runs_faster_when_asked_to(tmp_path: Path) -> None:
    with Simulator.start(speed=1000) as simulator:
        before = simulator.now()
        threading.Event().wait(0.05)
        passed = simulator.now() - before

    assert passed > 40


def test_without_control_the_provider_shows_no_panel() -> None:
    from guichet.gateways.payment.simulator.notifier import Notifier
    from guichet.gateways.payment.simulator.server import Server
    from guichet.gateways.payment.simulator.world import World

    world = World.opened(None)
    server = Server(world, Notifier(world), port=0, has_panel=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    closed = Simulator.__new__(Simulator)
    closed.origin = server.origin

    status = closed.open_page(f"{server.origin}/_sim/transactions")[0]

    server.shutdown()
    thread.join()
    server.server_close()
    assert status == 404


@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGINT"])
def test_the_process_ends_cleanly_when_told_to(signal_name: str) -> None:
    simulator = Simulator.start()

    code = simulator._process.stop(getattr(signal, signal_name))

    assert code == 0
