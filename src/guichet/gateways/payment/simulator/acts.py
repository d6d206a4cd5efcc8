"""The calls of the payment interface, each following the table of states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import answers
from .book import Page, Transaction, new_id
from .exchange import Answer
from .validation import KNOWN_MEANS, check_page, reference
from .world import World

DAY = 86_400
_PAGE_ERRORS = {
    "declined": "TRANSACTION_DECLINED",
    "failed_3ds": "3DS_AUTHENTICATION_FAILED",
    "aborted": "TRANSACTION_ABORTED",
    "created": "TRANSACTION_NOT_STARTED",
    "challenged": "TRANSACTION_STILL_IN_PROGRESS",
}

Act = Callable[[World, dict[str, Any]], Answer]


def initialize(world: World, request: dict[str, Any]) -> Answer:
    """Opens a page; nothing is checked against earlier pages of the same order, as with the real one."""
    check_page(world, request)
    payment, notify = request["Payment"], request.get("Notification", {})
    wanted = request.get("PaymentMethods") or list(world.switches.terminal_means)
    # One invalid value and the page shows every method of the terminal, as the real one may.
    valid = all(code in KNOWN_MEANS for code in wanted)
    means = [code for code in world.switches.terminal_means if not valid or code in wanted]
    now = world.clock.now()
    page = Page(
        id=new_id(30),
        customer_id=request["RequestHeader"]["CustomerId"],
        terminal_id=request["TerminalId"],
        order_id=payment.get("OrderId", ""),
        value=int(payment["Amount"]["Value"]),
        currency=payment["Amount"]["CurrencyCode"],
        description=payment["Description"],
        language=str(request.get("Payer", {}).get("LanguageCode", "fr")),
        means=means,
        return_url=request["ReturnUrl"]["Url"],
        success_url=notify.get("SuccessNotifyUrl", ""),
        fail_url=notify.get("FailNotifyUrl", ""),
        created=now,
        expires=now + world.switches.page_seconds,
        transaction_id=new_id(28),
    )
    world.book.keep(page)
    return answers.initialised(world, request, page)


def assert_page(world: World, request: dict[str, Any]) -> Answer:
    """Reports what became of a page; a success may be asked about again, a day long (five when it was pending)."""
    page = world.book.pages.get(str(request.get("Token", "")))
    if page is None:
        return answers.error(world, request, "TOKEN_INVALID")
    age = world.clock.now() - page.created
    if age > (5 * DAY if page.was_pending else DAY):
        return answers.error(world, request, "TOKEN_EXPIRED", page=page)
    one = world.book.transactions.get(page.transaction_id)
    if one is None or one.state == "FAILED":
        return answers.error(world, request, _page_error(world, page), page=page)
    if world.switches.token_single_use and page.asserted:
        return answers.error(world, request, "TOKEN_INVALID")
    page.asserted += 1
    world.book.keep(page)
    return answers.observed(world, request, one)


def capture(world: World, request: dict[str, Any]) -> Answer:
    """Takes reserved money, once."""
    one = _referred(world, request, "capture")
    if one is None:
        return answers.error(world, request, "TRANSACTION_NOT_FOUND")
    if one.captured is not None and one.state == "CAPTURED":
        return answers.error(world, request, "TRANSACTION_ALREADY_CAPTURED")
    if one.state != "AUTHORIZED" or one.capture_id:
        return answers.error(world, request, "TRANSACTION_IN_WRONG_STATE")
    wanted = request.get("Amount", {"Value": str(one.value), "CurrencyCode": one.currency})
    if wanted.get("CurrencyCode") != one.currency or int(wanted.get("Value", "0")) > one.value:
        return answers.error(world, request, "AMOUNT_INVALID")
    one.capture_id, one.changed = f"{one.id}_c", world.clock.now()
    if not (world.switches.capture_pending or one.slow_capture):
        one.state, one.captured = "CAPTURED", one.changed
    world.book.keep(one)
    return answers.captured(world, request, one, status="CAPTURED" if one.captured else "PENDING")


def assert_capture(world: World, request: dict[str, Any]) -> Answer:
    """Reports a capture that was pending."""
    one = world.book.by_capture(_capture_id(request))
    if one is None:
        return answers.error(world, request, "TRANSACTION_NOT_FOUND")
    return answers.captured(world, request, one, status="CAPTURED" if one.captured else "PENDING")


def cancel(world: World, request: dict[str, Any]) -> Answer:
    """Releases reserved money, and captured money until the closing if the switch says so."""
    one = _referred(world, request, "cancel")
    if one is None:
        return answers.error(world, request, "TRANSACTION_NOT_FOUND")
    may = one.state == "AUTHORIZED" and not one.capture_id
    may = may or (one.state == "CAPTURED" and world.switches.cancel_after_capture and not one.closed)
    may = may or (one.state == "PENDING" and world.switches.cancel_pending)
    if not may:
        return answers.error(world, request, "TRANSACTION_IN_WRONG_STATE")
    one.state, one.changed = "CANCELED", world.clock.now()
    world.book.keep(one)
    return answers.cancelled(world, request, one)


def refund(world: World, request: dict[str, Any]) -> Answer:
    """Opens a refund, which must itself be captured; more than was paid unless the merchant forbids it."""
    if not world.switches.business_licence:
        return _unlicensed(world, request)
    paid = world.book.by_capture(_capture_id(request))
    wanted = request.get("Refund", {})
    if paid is None:
        return answers.error(world, request, "TRANSACTION_NOT_FOUND")
    if paid.state != "CAPTURED":
        return answers.error(world, request, "TRANSACTION_IN_WRONG_STATE")
    value = int(wanted.get("Amount", {}).get("Value", "0"))
    if wanted.get("RestrictRefundAmountToCapturedAmount") and paid.refunded + value > paid.value:
        return answers.error(world, request, "AMOUNT_INVALID")
    paid.refunded += value
    now = world.clock.now()
    back = Transaction(
        id=new_id(28),
        order_id=wanted.get("OrderId", paid.order_id),
        customer_id=paid.customer_id,
        terminal_id=paid.terminal_id,
        value=value,
        currency=paid.currency,
        description=wanted.get("Description", ""),
        means=paid.means,
        state="AUTHORIZED",
        authorised=now,
        changed=now,
        kind="REFUND",
    )
    world.book.keep(paid, back)
    return answers.refunded(world, request, back)


def inquire(world: World, request: dict[str, Any]) -> Answer:
    """Reports a success by its transaction, a little late; dearer licence only."""
    if not world.switches.business_licence:
        return _unlicensed(world, request)
    one = _referred(world, request, "inquire")
    late = one is None or world.clock.now() - one.authorised < world.switches.inquire_delay_seconds
    if one is None or late or one.state == "FAILED":
        return answers.error(world, request, "TRANSACTION_NOT_FOUND")
    return answers.observed(world, request, one)


def close(world: World, request: dict[str, Any]) -> Answer:
    """Runs the daily closing on demand."""
    run_closing(world)
    return Answer.of(200, {"ResponseHeader": answers.header(world, request)})


def run_closing(world: World) -> int:
    """The daily closing: captured money leaves, and can no longer be cancelled."""
    open_ones = [one for one in world.book.transactions.values() if one.state == "CAPTURED" and not one.closed]
    for one in open_ones:
        one.closed = True
    world.book.keep(*open_ones)
    return len(open_ones)


ACTS: dict[str, tuple[str, Act]] = {
    "/Payment/v1/PaymentPage/Initialize": ("init", initialize),
    "/Payment/v1/PaymentPage/Assert": ("assert", assert_page),
    "/Payment/v1/Transaction/Capture": ("capture", capture),
    "/Payment/v1/Transaction/AssertCapture": ("assert_capture", assert_capture),
    "/Payment/v1/Transaction/Cancel": ("cancel", cancel),
    "/Payment/v1/Transaction/Refund": ("refund", refund),
    "/Payment/v1/Transaction/Inquire": ("inquire", inquire),
    "/Payment/v1/Batch/Close": ("close", close),
}


def _page_error(world: World, page: Page) -> str:
    if page.state == "opened":
        return "TRANSACTION_STILL_IN_PROGRESS" if world.switches.in_progress_answer else "TRANSACTION_NOT_STARTED"
    return _PAGE_ERRORS.get(page.state, "TRANSACTION_DECLINED")


def _referred(world: World, request: dict[str, Any], name: str) -> Transaction | None:
    given = reference(world, request, name=name)
    if "TransactionId" in given:
        return world.book.transactions.get(given["TransactionId"])
    return next(world.book.of_order(given["OrderId"]), None)


def _capture_id(request: dict[str, Any]) -> str:
    given = request.get("CaptureReference")
    return str(given.get("CaptureId", "")) if isinstance(given, dict) else ""


def _unlicensed(world: World, request: dict[str, Any]) -> Answer:
    return answers.error(world, request, "PERMISSION_DENIED", "Invalid license")
