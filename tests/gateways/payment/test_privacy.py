"""What the provider tells about the payer stays at the border: not in observations, representations or logs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

import pytest

from guichet.gateways.payment import reading
from guichet.gateways.payment.saferpay import Saferpay, Setup
from guichet.gateways.payment.simulator.answers import HOLDER, MASKED, PAYER_ADDRESS
from guichet.gateways.payment.simulator.control import Simulator
from guichet.gateways.payment.wire import Heard

from .builders import MEANS, a_header, a_paid_page, ask

PERSONAL = [HOLDER, HOLDER.split()[0], MASKED["VISA"], MASKED["VISA"][:8], PAYER_ADDRESS, "2031"]


def test_the_simulated_answer_does_hold_what_must_not_cross(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)

    body = {"Token": opened.page.token} | a_header("7K2M9X-1.ast.raw")
    text = ask(simulator, "POST", "/Payment/v1/PaymentPage/Assert", body).body

    assert [word for word in PERSONAL if word not in text] == []


def test_no_observation_and_no_log_line_holds_anything_about_the_payer(
    simulator: Simulator, adapter: Saferpay, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    opened = a_paid_page(simulator, adapter)
    faults = ("truncated_json", "foreign_request_id", "naive_date", "unknown_status", "wrong_content_type")

    said = [repr(opened.observe())]
    for fault in faults:
        simulator.script("assert", fault)
        said.append(repr(opened.observe()))
    said += [repr(opened.capture()), repr(opened.void()), caplog.text]

    assert [word for word in PERSONAL for text in said if word in text] == []


def test_the_log_tells_the_call_without_token_password_or_body(
    simulator: Simulator, adapter: Saferpay, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    opened = a_paid_page(simulator, adapter, description="Attestation pour Alice")

    assert f"request={opened.reference}.init path=/Payment/v1/PaymentPage/Initialize status=200" in caplog.text
    assert [word for word in (opened.page.token, "simulator", "Alice", "retour") if word in caplog.text] == []


def test_neither_an_answer_nor_the_setup_shows_its_inside() -> None:
    heard = Heard({"PaymentMeans": {"Card": {"HolderName": HOLDER}}}, 200, datetime(2026, 11, 22, tzinfo=UTC))
    setup = Setup("https://provider.example/api", "1", "12345678", "API_user", "very-secret", MEANS)

    text = repr(heard) + repr(setup)

    assert [word for word in (HOLDER, "very-secret", "API_user") if word in text] == []


def test_an_optional_field_that_could_hold_card_digits_is_dropped() -> None:
    block = {"ApprovalCode": "9010003150000001", "SixTransactionReference": "0:0:3:abc", "CaptureId": 17}

    names = ("ApprovalCode", "SixTransactionReference", "CaptureId")
    kept = [reading._optional(block, name, reading._ID) for name in names]

    assert kept == [None, "0:0:3:abc", None]


@pytest.mark.applies("CGV 9/2")
def test_what_is_sent_to_the_partner_holds_no_person(simulator: Simulator, adapter: Saferpay) -> None:
    opened = a_paid_page(simulator, adapter)

    page = simulator.pages(opened.reference)[0]

    told = {name for name, value in page.items() if value not in ("", [], False)}
    assert "payer_email" not in json.dumps(page)
    assert told >= {"order_id", "value", "currency", "description", "language", "return_url"}
