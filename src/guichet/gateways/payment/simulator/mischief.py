"""What each fault of the script does to a call."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from . import answers
from .exchange import RESET, Answer, Call
from .faults import AFTER, INSTEAD, Fault
from .validation import firewall
from .world import World

_ERRORS = {
    "internal_error": "INTERNAL_ERROR",
    "unknown_error": "SOMETHING_NOBODY_DOCUMENTED",
    "communication_timeout": "COMMUNICATION_TIMEOUT",
    "communication_timeout_hidden": "COMMUNICATION_TIMEOUT",
    "communication_failed": "COMMUNICATION_FAILED",
    "authentication_failed": "AUTHENTICATION_FAILED",
}


def lead_through(world: World, call: Call, fault: Fault | None, work: Callable[[], Answer]) -> Answer:
    """Does the work, or something else in its place, and spoils the answer if the fault says so."""
    if fault is None:
        return work()
    if fault.fault in INSTEAD:
        return _instead(world, call, fault)
    if fault.fault == "delay_before":
        time.sleep(fault.seconds)
    answer = work()
    return _after(world, call, fault, answer) if fault.fault in AFTER else answer


def during(world: World, request: dict[str, Any], fault: Fault) -> None:
    """Changes the provider just before the act, as if it had happened a moment earlier."""
    given = request.get("TransactionReference", {})
    one = world.book.transactions.get(str(given.get("TransactionId", "")))
    if one is None:
        return
    if fault.fault == "authorisation_lapsed" and one.state == "AUTHORIZED":
        one.state, one.changed = "CANCELED", world.clock.now()
    if fault.fault == "capture_pending":
        one.slow_capture = True


def _instead(world: World, call: Call, fault: Fault) -> Answer:
    if fault.fault == "reset_before":
        return RESET
    if fault.fault.startswith("firewall"):
        return firewall(int(fault.fault.removeprefix("firewall_")))
    return answers.error(world, _asked(call), _ERRORS[fault.fault])


def _after(world: World, call: Call, fault: Fault, answer: Answer) -> Answer:
    spoil = _SPOILT.get(fault.fault)
    if spoil:
        return spoil(fault, answer)
    if fault.fault == "communication_timeout_hidden":
        return answers.error(world, _asked(call), "COMMUNICATION_TIMEOUT")
    return answer.with_fields(_changed(fault, answer.fields)) if answer.fields else answer


def _late(fault: Fault, answer: Answer) -> Answer:
    time.sleep(fault.seconds)
    return answer


_SPOILT: dict[str, Callable[[Fault, Answer], Answer]] = {
    "delay_after": _late,
    "reset_after": lambda fault, answer: RESET,
    "answer_lost": lambda fault, answer: RESET,
    "truncated_json": lambda fault, answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
    "slow_drip": lambda fault, answer: replace(answer, delivery="drip", seconds=fault.seconds),
    "slow_headers": lambda fault, answer: replace(answer, delivery="drip_headers", seconds=fault.seconds),
    "wrong_content_type": lambda fault, answer: replace(answer, content_type="text/plain"),
    "redirect": lambda fault, answer: Answer(302, headers=(("Location", "http://127.0.0.1:1/elsewhere"),)),
    "huge": lambda fault, answer: replace(answer, body=answer.body[:-1] + b" " * 3_000_000 + b"}"),
}


def _changed(fault: Fault, fields: dict[str, Any]) -> dict[str, Any]:
    """The answer with one thing in it that is not as it should be."""
    fields = dict(fields)
    if fault.fault == "foreign_request_id":
        return fields | {"ResponseHeader": fields.get("ResponseHeader", {}) | {"RequestId": "somebody-else"}}
    if fault.fault == "unknown_status" and "Status" in fields:
        return fields | {"Status": fault.value or "HALFWAY"}
    if fault.fault == "unknown_brand" and "PaymentMeans" in fields:
        return fields | {"PaymentMeans": {"Brand": {"PaymentMethod": fault.value or "DINERS", "Name": "Autre"}}}
    if fault.fault == "naive_date" and "Expiration" in fields:
        return fields | {"Expiration": str(fields["Expiration"])[:19]}
    if "Transaction" in fields:
        fields["Transaction"] = _changed_transaction(fault, fields["Transaction"])
    return fields


def _changed_transaction(fault: Fault, block: dict[str, Any]) -> dict[str, Any]:
    amount = block["Amount"]
    changes: dict[str, dict[str, Any]] = {
        "unknown_status": {"Status": fault.value or "HALFWAY"},
        "tamper_amount": {"Amount": amount | {"Value": fault.value or "1"}},
        "tamper_currency": {"Amount": amount | {"CurrencyCode": fault.value or "EUR"}},
        "tamper_order": {"OrderId": fault.value or "SOMEBODY-ELSE-1"},
        "naive_date": {"Date": str(block["Date"])[:19]},
    }
    return block | changes.get(fault.fault, {})


def _asked(call: Call) -> dict[str, Any]:
    return {"RequestHeader": answers.request_header(call)}
