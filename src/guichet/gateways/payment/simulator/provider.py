"""The API surface: checks the caller, lets the fault script have its way, and runs the act asked for."""

from __future__ import annotations

import json
import time

from . import answers, management, mischief
from .acts import ACTS, Act
from .exchange import Answer, Call
from .faults import Fault
from .validation import Invalid, check_caller, read
from .world import World


def respond(world: World, call: Call) -> Answer:
    """The answer to one call of the merchant, below the base path ``/api``."""
    path = call.path.removeprefix("/api")
    began = world.clock.now()
    name, act = ACTS.get(path, (management.name_of(path), None))
    if not name:
        return Answer.of(404, {"Message": "No such address"})
    if (call.method == "POST") != (act is not None):
        return Answer.of(405, {"Message": "Wrong method"})
    request_id, order, indicator = _who(call)
    fault = world.faults.draw(name, order or _order_of(world, call))
    answer = mischief.lead_through(world, call, fault, lambda: _done(world, call, name=name, act=act, fault=fault))
    world.book.calls.append(
        {
            "call": name,
            "request_id": request_id,
            "retry_indicator": indicator,
            "at": began,
            "status": answer.status,
            "error": answer.error_name,
            "fault": fault.fault if fault else "",
        }
    )
    return answer


def _done(world: World, call: Call, *, name: str, act: Act | None, fault: Fault | None) -> Answer:
    try:
        check_caller(world, call, name=name)
        if act is None:
            return management.respond(world, call, name=name, fault=fault)
        request = read(world, call, name=name)
        with world.book.lock:
            if name == "assert":
                _watch_polling(world, str(request.get("Token", "")), str(request["RequestHeader"]["RequestId"]))
            if fault:
                mischief.during(world, request, fault)
            return act(world, request)
    except Invalid as refusal:
        return refusal.answer
    except (TypeError, AttributeError, ValueError, KeyError) as wrong_shape:
        world.book.violation("shape of the request", call=name, request_id="", detail=type(wrong_shape).__name__)
        return answers.error(world, {}, "VALIDATION_FAILED")


def _watch_polling(world: World, token: str, request_id: str) -> None:
    if len(world.asserts) > 10_000:
        world.asserts.clear()
    recent, now = world.asserts[token], time.monotonic()
    recent.append(now)
    while recent and recent[0] < now - 60:
        recent.popleft()
    if len(recent) > world.switches.polling_limit:
        world.book.violation("polling", call="assert", request_id=request_id)


def _body(call: Call) -> dict[str, object]:
    try:
        body = json.loads(call.body or b"{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _who(call: Call) -> tuple[str, str, object]:
    body = _body(call)
    header, payment = body.get("RequestHeader"), body.get("Payment")
    header = header if isinstance(header, dict) else {"RequestId": call.headers.get("saferpay-requestid", "")}
    order = str(payment.get("OrderId", "")) if isinstance(payment, dict) else ""
    return str(header.get("RequestId", "")), order, header.get("RetryIndicator")


def _order_of(world: World, call: Call) -> str:
    body = _body(call)
    page = world.book.pages.get(str(body.get("Token", "")))
    if page:
        return page.order_id
    given = body.get("TransactionReference")
    given = given if isinstance(given, dict) else {}
    one = world.book.transactions.get(str(given.get("TransactionId", "")))
    return one.order_id if one else str(given.get("OrderId", ""))
