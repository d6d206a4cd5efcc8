"""What the provider insists on; every breach is also written down, because it is a fault of ours."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn
from urllib.parse import urlsplit

from .answers import error
from .exchange import Answer, Call
from .world import World

SPEC_VERSIONS = frozenset(f"1.{minor}" for minor in range(11, 54))
KNOWN_MEANS = frozenset(
    [
        "ACCOUNTTOACCOUNT",
        "ALIPAY",
        "AMEX",
        "BANCONTACT",
        "BLIK",
        "DINERS",
        "CARD",
        "DIRECTDEBIT",
        "EPRZELEWY",
        "EPS",
        "GIFTCARD",
        "IDEAL",
        "JCB",
        "KLARNA",
        "MAESTRO",
        "MASTERCARD",
        "PAYCONIQ",
        "PAYPAL",
        "POSTFINANCEPAY",
        "REKA",
        "TWINT",
        "UNIONPAY",
        "VISA",
        "WECHATPAY",
        "WERO",
    ]
)
_ID = re.compile(r"[A-Za-z0-9.:_-]+")
_DIGITS = re.compile(r"[0-9]+")


class Invalid(Exception):  # noqa: N818 - said of a request
    """The request is refused with this answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.error_name)
        self.answer = answer


def check_caller(world: World, call: Call, *, name: str) -> None:
    """Headers and credentials, before the body is looked at.

    Raises: Invalid.
    """
    if call.method == "POST" and not call.headers.get("content-type", "").lower().startswith("application/json"):
        _refuse(world, {}, "UNSUPPORTED_MEDIA_TYPE", call=name, rule="content type")
    if "application/json" not in call.headers.get("accept", ""):
        _refuse(world, {}, "NOT_ACCEPTABLE", call=name, rule="accept")
    if call.headers.get("x-client-certificate") and call.headers.get("authorization"):
        world.book.violation("two credentials", call=name, request_id="")
        raise Invalid(firewall(403))
    if not world.switches.credentials_valid:
        raise Invalid(error(world, {}, "AUTHENTICATION_FAILED"))
    if _credentials(call.headers.get("authorization", "")) != (world.username, world.password):
        _refuse(world, {}, "AUTHENTICATION_FAILED", call=name, rule="credentials")


def read(world: World, call: Call, *, name: str) -> dict[str, Any]:
    """The JSON body with its request header checked.

    Raises: Invalid.
    """
    try:
        request = json.loads(call.body)
    except ValueError:
        request = None
    if not isinstance(request, dict):
        _refuse(world, {}, "VALIDATION_FAILED", call=name, rule="body is a JSON object")
    details = list(_header_faults(world, request.get("RequestHeader"), name=name))
    if details:
        _refuse(world, request, "VALIDATION_FAILED", *details, call=name, rule="request header")
    return request


def check_page(world: World, request: dict[str, Any]) -> None:
    """The body of Initialize.

    Raises: Invalid.
    """
    details = list(_page_faults(world, request))
    if details:
        _refuse(world, request, "VALIDATION_FAILED", *details, call="init", rule="initialize body")
    if request["Payment"]["Amount"]["CurrencyCode"] != world.switches.terminal_currency:
        _refuse(world, request, "CURRENCY_INVALID", call="init", rule="currency of the terminal")
    if request["TerminalId"] != world.terminal_id:
        _refuse(world, request, "PERMISSION_DENIED", call="init", rule="terminal of the customer")


def reference(world: World, request: dict[str, Any], *, name: str) -> dict[str, str]:
    """The TransactionReference: exactly one of its two elements.

    Raises: Invalid.
    """
    given = request.get("TransactionReference")
    if not isinstance(given, dict) or len(given.keys() & {"TransactionId", "OrderId"}) != 1:
        _refuse(world, request, "VALIDATION_FAILED", "TransactionReference", call=name, rule="one element in reference")
    return {key: str(value) for key, value in given.items()}


def firewall(status: int) -> Answer:
    """The page that the firewall before the service answers with."""
    page = b"<!DOCTYPE html><html><head><title>Request rejected</title></head><body><h1>Request rejected</h1></body></html>"
    return Answer(status, page, "text/html; charset=utf-8")


def is_loopback(address: str) -> bool:
    """Only merchants on this machine are ever called or returned to."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    if parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        return False


def _refuse(world: World, request: dict[str, Any], error_name: str, *details: str, call: str, rule: str) -> NoReturn:
    header = request.get("RequestHeader")
    request_id = str(header.get("RequestId", "")) if isinstance(header, dict) else ""
    world.book.violation(rule, call=call, request_id=request_id, detail=", ".join(details))
    raise Invalid(error(world, request, error_name, *details))


def _credentials(authorization: str) -> tuple[str, str]:
    try:
        name, _, secret = base64.b64decode(authorization.removeprefix("Basic "), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ("", "")
    return (name, secret)


def _header_faults(world: World, header: object, *, name: str) -> Iterator[str]:
    if not isinstance(header, dict):
        yield "RequestHeader"
        return
    request_id, again = header.get("RequestId"), header.get("RetryIndicator")
    if header.get("SpecVersion") not in SPEC_VERSIONS:
        yield "RequestHeader.SpecVersion"
    if header.get("CustomerId") != world.customer_id:
        yield "RequestHeader.CustomerId"
    if not _is_id(request_id, 50):
        yield "RequestHeader.RequestId"
    if isinstance(again, bool) or not isinstance(again, int) or not 0 <= again <= 9:
        yield "RequestHeader.RetryIndicator"
    # Two presses at once may arrive in the other order: only a second first try is a fault of the caller.
    elif again == 0 and isinstance(request_id, str) and not world.book.first_use(request_id):
        world.book.violation("request id used again with RetryIndicator 0", call=name, request_id=request_id)


def _page_faults(world: World, request: dict[str, Any]) -> Iterator[str]:
    payment = request.get("Payment")
    payment = payment if isinstance(payment, dict) else {}
    amount = payment.get("Amount")
    amount = amount if isinstance(amount, dict) else {}
    if not _matches(_DIGITS, request.get("TerminalId"), 8, exact=True):
        yield "TerminalId"
    if not _matches(_DIGITS, amount.get("Value"), 10) or int(amount["Value"]) == 0:
        yield "Payment.Amount.Value"
    if not _matches(re.compile("[A-Z]{3}"), amount.get("CurrencyCode"), 3):
        yield "Payment.Amount.CurrencyCode"
    description = payment.get("Description")
    if not isinstance(description, str) or not 1 <= len(description) <= 1000:
        yield "Payment.Description"
    if "OrderId" in payment and not _is_id(payment["OrderId"], 80):
        yield "Payment.OrderId"
    yield from _address_faults(request)


def _address_faults(request: dict[str, Any]) -> Iterator[str]:
    notification = request.get("Notification") or {}
    back = request.get("ReturnUrl")
    addresses = {"ReturnUrl.Url": back.get("Url") if isinstance(back, dict) else None}
    addresses |= {f"Notification.{name}": notification[name] for name in notification if name.endswith("NotifyUrl")}
    for name, address in addresses.items():
        if not isinstance(address, str) or len(address) > 2000 or not is_loopback(address):
            yield name


def _is_id(value: object, longest: int) -> bool:
    return _matches(_ID, value, longest)


def _matches(pattern: re.Pattern[str], value: object, longest: int, *, exact: bool = False) -> bool:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        return False
    return len(value) == longest if exact else len(value) <= longest
