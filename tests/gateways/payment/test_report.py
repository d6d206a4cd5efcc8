"""The provider's report of past days, its terminals and its health, as later reconciliation will meet them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guichet.gateways.payment.saferpay import Saferpay
from guichet.gateways.payment.simulator.control import Simulator

from .builders import a_paid_page, an_opened_page, ask
from .test_contract import MANAGEMENT, _breaks


def test_the_report_of_a_past_day_gives_decimal_amounts_and_documented_fields(
    simulator: Simulator, adapter: Saferpay
) -> None:
    opened = a_paid_page(simulator, adapter)
    opened.capture()

    report = _next_day(simulator)

    line = report["Transactions"][0]
    assert _breaks(report, "report", bare=True) == []
    assert (line["MerchantAmount"], line["OrderId"]) == ("25.00", opened.reference)
    assert (line["AuthorizationDetails"]["State"], line["AuthorizationDetails"]["IsCaptured"]) == ("CAPTURED", True)


@pytest.mark.parametrize(
    ("outcome", "state", "block"),
    [("pending", "PENDING", "PendingDetails"), ("decline", "FAILED", "FailedDetails")],
)
def test_the_report_lists_pending_and_failed_ones_on_request(
    simulator: Simulator, adapter: Saferpay, outcome: str, state: str, block: str
) -> None:
    simulator.pay(an_opened_page(adapter).page.address, outcome)

    report = _next_day(simulator, TransactionState=state)

    assert [block in line for line in report["Transactions"]] == [True]
    assert _breaks(report, "report", bare=True) == []


def test_pages_are_asked_from_one_answered_from_zero_and_may_shrink(simulator: Simulator, adapter: Saferpay) -> None:
    paid = [a_paid_page(simulator, adapter).reference for _ in range(3)]
    simulator.script("report", "report_shrunk_page", times=0)

    pages = [_next_day(simulator, first=number == 1, PageNumber=str(number)) for number in (1, 2, 3, 4)]

    assert [page["PageNumber"] for page in pages] == [0, 1, 2, 3]
    assert [page["PageSize"] for page in pages] == [1, 1, 1, 1]
    assert [line["OrderId"] for page in pages for line in page["Transactions"]] == paid


@pytest.mark.parametrize(("fault", "count"), [("report_missing", 1), ("report_extra", 3), ("report_amount", 2)])
def test_the_report_can_be_wrong_in_each_known_way(
    simulator: Simulator, adapter: Saferpay, fault: str, count: int
) -> None:
    for _ in range(2):
        a_paid_page(simulator, adapter)
    simulator.script("report", fault)

    report = _next_day(simulator)

    amounts = {line["MerchantAmount"] for line in report["Transactions"]}
    assert len(report["Transactions"]) == count
    assert amounts == ({"1.00", "25.00"} if fault == "report_amount" else {"25.00"})


def test_the_present_day_cannot_be_reported_and_asking_is_a_violation(simulator: Simulator) -> None:
    today = _day(simulator).isoformat()

    refused = _report(simulator, StartDate=today, EndDate=today)

    assert refused.status == 400
    assert [one["rule"] for one in simulator.clear_violations()] == ["dates or page of the report"]


def test_health_asked_twice_within_five_minutes_is_a_violation(simulator: Simulator) -> None:
    ask(simulator, "GET", "/health/245294")
    simulator.clock(301)
    ask(simulator, "GET", "/health/245294")
    assert simulator.violations() == []

    ask(simulator, "GET", "/health/245294")

    assert len(simulator.clear_violations()) == 1


def test_licence_and_terminals_of_the_customer_can_be_read(simulator: Simulator) -> None:
    licence = ask(simulator, "GET", "/rest/customers/245294/license", **MANAGEMENT)
    terminals = ask(simulator, "GET", "/rest/customers/245294/terminals", **MANAGEMENT)
    stranger = ask(simulator, "GET", "/rest/customers/999/terminals", **MANAGEMENT)

    assert licence.fields["Package"]["DisplayName"] == "Saferpay eCommerce"
    assert [one["TerminalId"] for one in terminals.fields["Terminals"]] == ["17791544"]
    assert stranger.status == 403


def _day(simulator: Simulator) -> date:
    return datetime.fromtimestamp(simulator.now(), UTC).astimezone(ZoneInfo("Europe/Zurich")).date()


def _next_day(simulator: Simulator, *, first: bool = True, **asked: str) -> dict[str, Any]:
    if first:
        simulator.clock(24 * 3600)
    yesterday = _day(simulator) - timedelta(days=1)
    asked = {"StartDate": yesterday.isoformat(), "EndDate": yesterday.isoformat()} | asked
    return _report(simulator, **asked).fields


def _report(simulator: Simulator, **asked: str) -> Any:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return ask(simulator, "GET", f"/rest/customers/245294/transactions?{query}", **MANAGEMENT)
