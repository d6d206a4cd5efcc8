"""Every answer of the simulator has the documented fields and no other: the lists are kept as data."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guichet.gateways.payment.saferpay import Saferpay
from guichet.gateways.payment.simulator.control import Simulator

from .builders import Opened, a_header, a_paid_page, an_opened_page, ask

FIELDS = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))
MANAGEMENT = {"Saferpay_ApiVersion": "1.53", "Saferpay_RequestId": "contract-1"}
_serial = itertools.count(1)


def test_a_success_of_each_payment_call_has_the_documented_fields(simulator: Simulator, adapter: Saferpay) -> None:
    simulator.switch(business_licence=True)
    opened = a_paid_page(simulator, adapter)
    reference = {"TransactionReference": {"TransactionId": opened.transaction_id()}}

    answers = {
        "observed": _post(simulator, "PaymentPage/Assert", {"Token": opened.page.token}),
        "inquired": _post(simulator, "Transaction/Inquire", reference),
        "capture": _post(simulator, "Transaction/Capture", reference),
        "collected": _post(simulator, "PaymentPage/Assert", {"Token": opened.page.token}),
        "refund": _post(simulator, "Transaction/Refund", _a_refund(opened)),
        "close": _post(simulator, "Batch/Close", {"TerminalId": "17791544"}),
    }

    listed = {"inquired": "observed", "collected": "observed"}
    assert {name: _breaks(fields, listed.get(name, name)) for name, fields in answers.items()} == dict.fromkeys(
        answers, []
    )
    assert "CaptureId" in answers["collected"]["Transaction"]


def test_the_start_of_a_page_has_the_documented_fields(simulator: Simulator) -> None:
    fields = _post(simulator, "PaymentPage/Initialize", _a_page())

    assert _breaks(fields, "init") == []
    assert fields["RedirectUrl"] == f"{simulator.origin}/vt2/api/PaymentPage/245294/17791544/{fields['Token']}"


def test_a_cancellation_has_the_documented_fields(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)

    fields = _post(simulator, "Transaction/Cancel", {"TransactionReference": {"OrderId": opened.reference}})

    assert _breaks(fields, "cancel") == []


@pytest.mark.parametrize("outcome", ["nothing", "decline", "abort", "challenge", "challenge_failed"])
def test_every_refused_observation_has_the_documented_fields(
    simulator: Simulator, adapter: Saferpay, outcome: str
) -> None:
    opened = an_opened_page(adapter)
    if outcome != "nothing":
        simulator.pay(opened.page.address, outcome)

    fields = _post(simulator, "PaymentPage/Assert", {"Token": opened.page.token})

    assert _breaks(fields, "error") == []
    assert fields["OrderId"] == opened.reference
    assert ("ProcessorResult" in fields) == (outcome == "decline")


def test_the_management_answers_have_the_documented_fields(simulator: Simulator) -> None:
    terminal = ask(simulator, "GET", "/rest/customers/245294/terminals/17791544", **MANAGEMENT).fields
    health = ask(simulator, "GET", "/health/245294", **MANAGEMENT).fields

    assert (_breaks(terminal, "terminal", bare=True), _breaks(health, "health", bare=True)) == ([], [])


@pytest.mark.parametrize(
    ("path", "body", "name"),
    [
        ("Transaction/Capture", {"TransactionReference": {"TransactionId": "nobody"}}, "TRANSACTION_NOT_FOUND"),
        ("Transaction/Cancel", {"TransactionReference": {"OrderId": "nobody"}}, "TRANSACTION_NOT_FOUND"),
        ("Transaction/Inquire", {"TransactionReference": {"OrderId": "nobody"}}, "PERMISSION_DENIED"),
        ("Transaction/Refund", {"CaptureReference": {"CaptureId": "nobody"}}, "PERMISSION_DENIED"),
        ("Transaction/AssertCapture", {"CaptureReference": {"CaptureId": "nobody"}}, "TRANSACTION_NOT_FOUND"),
        ("PaymentPage/Assert", {"Token": "nobody"}, "TOKEN_INVALID"),
    ],
)
def test_what_is_not_there_or_not_licensed_is_refused_in_the_documented_form(
    simulator: Simulator, path: str, body: dict[str, Any], name: str
) -> None:
    fields = _post(simulator, path, body)

    assert fields["ErrorName"] == name
    assert _breaks(fields, "error") == []


def _post(simulator: Simulator, path: str, body: dict[str, Any]) -> dict[str, Any]:
    return ask(simulator, "POST", f"/Payment/v1/{path}", a_header(f"contract.{next(_serial)}") | body).fields


def _a_page() -> dict[str, Any]:
    return {
        "TerminalId": "17791544",
        "Payment": {
            "Amount": {"Value": "2500", "CurrencyCode": "CHF"},
            "OrderId": "7K2M9X-1",
            "Description": "Attestation",
        },
        "ReturnUrl": {"Url": "http://127.0.0.1:9/r"},
    }


def _a_refund(opened: Opened) -> dict[str, Any]:
    amount = {"Value": "2500", "CurrencyCode": "CHF"}
    wanted = {"Amount": amount, "OrderId": opened.reference, "RestrictRefundAmountToCapturedAmount": True}
    return {"Refund": wanted, "CaptureReference": {"CaptureId": opened.observe().facts.capture_id}}


def _breaks(fields: dict[str, Any], name: str, *, bare: bool = False) -> list[str]:
    """What is missing (-) or too much (+) in an answer, against the list of that name."""
    header = [] if bare else FIELDS["header"]["required"]
    required = {*FIELDS[name]["required"], *header}
    listed = required | set(FIELDS[name].get("optional", []))
    given = set(_paths(fields))
    return sorted([f"-{one}" for one in required - given] + [f"+{one}" for one in given - listed])


def _paths(value: Any, at: str = "") -> Iterator[str]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inside is None:
        yield f"{at}:{type(value).__name__}"
        return
    for name, one in inside:
        yield from _paths(one, f"{at}.{name}" if at else str(name))
