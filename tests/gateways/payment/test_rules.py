"""The provider's rules towards its merchants: each breach is refused and written down, so that it fails our tests."""

from __future__ import annotations

from typing import Any

import pytest

from guichet.gateways.payment.saferpay import Saferpay
from guichet.gateways.payment.simulator.control import Simulator, means_offered

from .builders import a_header, a_request, an_adapter, an_opened_page, ask

INITIALIZE = "/Payment/v1/PaymentPage/Initialize"


def a_body(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = a_header("rules.1") | {
        "TerminalId": "17791544",
        "Payment": {"Amount": {"Value": "2500", "CurrencyCode": "CHF"}, "OrderId": "R-1", "Description": "Attestation"},
        "PaymentMethods": ["VISA"],
        "ReturnUrl": {"Url": "http://127.0.0.1:9/r"},
    }
    return body | changes


def a_payment(**changes: Any) -> dict[str, Any]:
    payment = {"Amount": {"Value": "2500", "CurrencyCode": "CHF"}, "OrderId": "R-1", "Description": "Attestation"}
    return {"Payment": payment | changes}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content_Type": "text/plain"}, 415),
        ({"Accept": "text/html"}, 406),
        ({"Authorization": "Basic d3Jvbmc6c2VjcmV0"}, 401),
        ({"Authorization": None}, 401),
        ({"Authorization": "Basic ???"}, 401),
        ({"X_Client_Certificate": "yes"}, 403),
    ],
)
def test_wrong_headers_are_refused_and_written_down(
    simulator: Simulator, headers: dict[str, str | None], status: int
) -> None:
    answer = ask(simulator, "POST", INITIALIZE, a_body(), **headers)

    assert answer.status == status
    assert len(simulator.clear_violations()) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"",
        a_body(RequestHeader=None),
        a_body(**a_header("rules.1", SpecVersion="9.99")),
        a_body(**a_header("rules.1", CustomerId="1")),
        a_body(**a_header("spaces are not allowed")),
        a_body(**a_header("x" * 51)),
        a_body(**a_header("rules.1", 10)),
        a_body(TerminalId="123"),
        a_body(TerminalId="99999999"),
        a_body(**a_payment(Amount={"Value": "25.00", "CurrencyCode": "CHF"})),
        a_body(**a_payment(Amount={"Value": 2500, "CurrencyCode": "CHF"})),
        a_body(**a_payment(Amount={"Value": "0", "CurrencyCode": "CHF"})),
        a_body(**a_payment(Amount={"Value": "2500", "CurrencyCode": "EUR"})),
        a_body(**a_payment(Amount=None)),
        a_body(**a_payment(Description="")),
        a_body(**a_payment(Description="x" * 1001)),
        a_body(**a_payment(OrderId="R 1")),
        a_body(**a_payment(OrderId="R" * 81)),
        a_body(Payment=None),
        a_body(ReturnUrl={"Url": "/relative"}),
        a_body(ReturnUrl={"Url": "http://merchant.example/r"}),
        a_body(ReturnUrl={"Url": "http://127.0.0.1:9/" + "r" * 2000}),
        a_body(ReturnUrl=None),
        a_body(Notification={"SuccessNotifyUrl": "http://merchant.example/n"}),
        a_body(Payer=17),
    ],
)
def test_a_wrong_start_is_refused_and_written_down(simulator: Simulator, body: Any) -> None:
    answer = ask(simulator, "POST", INITIALIZE, body)

    assert answer.fields["ErrorName"] in ("VALIDATION_FAILED", "CURRENCY_INVALID", "PERMISSION_DENIED")
    assert simulator.pages() == []
    assert len(simulator.clear_violations()) == 1


@pytest.mark.parametrize("reference", [{}, {"TransactionId": "a", "OrderId": "b"}, {"Other": "c"}, None])
def test_a_reference_has_exactly_one_element(simulator: Simulator, reference: Any) -> None:
    body = a_header("rules.2") | {"TransactionReference": reference}

    answer = ask(simulator, "POST", "/Payment/v1/Transaction/Capture", body)

    assert answer.fields["ErrorName"] == "VALIDATION_FAILED"
    assert len(simulator.clear_violations()) == 1


def test_a_request_id_used_again_without_raised_indicator_is_a_violation(
    simulator: Simulator, adapter: Saferpay
) -> None:
    adapter.start(a_request(reference="R-7"))
    adapter.start(a_request(reference="R-7", retry_indicator=1))
    before = simulator.violations()

    adapter.start(a_request(reference="R-7", retry_indicator=0))

    after = simulator.clear_violations()
    assert before == []
    assert [one["request_id"] for one in after] == ["R-7.init"]


def test_asking_again_and_again_is_polling_and_a_violation(simulator: Simulator, adapter: Saferpay) -> None:
    simulator.switch(polling_limit=3)
    opened = an_opened_page(adapter)
    for _ in range(3):
        opened.observe()
    assert simulator.violations() == []

    opened.observe()

    assert [one["rule"] for one in simulator.clear_violations()] == ["polling"]


def test_one_invalid_means_makes_the_page_show_all_of_them(simulator: Simulator) -> None:
    adapter = an_adapter(simulator.base_url, means=("VISA", "POSTCARD"))

    opened = an_opened_page(adapter)

    adapter.close()
    assert means_offered(simulator.open_page(opened.page.address)[1]) == ["VISA", "MASTERCARD", "POSTFINANCEPAY"]


def test_more_than_was_captured_is_paid_back_unless_restricted(simulator: Simulator, adapter: Saferpay) -> None:
    simulator.switch(business_licence=True)
    opened = an_opened_page(adapter)
    simulator.pay(opened.page.address)
    capture_id = opened.capture().facts.capture_id

    def refund(number: int, *, restricted: bool) -> dict[str, Any]:
        wanted = {
            "Amount": {"Value": "2000", "CurrencyCode": "CHF"},
            "RestrictRefundAmountToCapturedAmount": restricted,
        }
        body = {"Refund": wanted, "CaptureReference": {"CaptureId": capture_id}}
        return ask(simulator, "POST", "/Payment/v1/Transaction/Refund", a_header(f"rf.{number}") | body).fields

    first, second, third = refund(1, restricted=True), refund(2, restricted=True), refund(3, restricted=False)

    assert (first["Transaction"]["Type"], first["Transaction"]["Status"]) == ("REFUND", "AUTHORIZED")
    assert second["ErrorName"] == "AMOUNT_INVALID"
    assert third["Transaction"]["Type"] == "REFUND"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", INITIALIZE, 405), ("POST", "/Payment/v1/Nothing", 404)])
def test_wrong_methods_and_addresses_get_their_codes(simulator: Simulator, method: str, path: str, status: int) -> None:
    assert ask(simulator, method, path, a_body() if method == "POST" else None).status == status


def test_the_control_surface_refuses_what_it_does_not_know(simulator: Simulator) -> None:
    with pytest.raises(ValueError, match="unknown switch"):
        simulator.switch(gravity=0)
