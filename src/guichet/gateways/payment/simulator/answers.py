"""The shapes of the provider's answers: same field names, casing and formats as the documented interface."""

from __future__ import annotations

import json
import secrets
from typing import Any

from .book import Page, Transaction
from .exchange import Answer, Call
from .world import World

# A name and digits that must never be seen again on our side (the privacy test looks for them).
HOLDER = "MARIE-CLAUDE SIMULATEUR"
MASKED = {"VISA": "90100031xxxx0001", "MASTERCARD": "90300031xxxx0007"}
PAYER_ADDRESS = "192.0.2.77"

_BEHAVIOUR = {
    "INTERNAL_ERROR": "RETRY",
    "COMMUNICATION_TIMEOUT": "RETRY",
    "COMMUNICATION_FAILED": "RETRY",
    "TRANSACTION_NOT_STARTED": "RETRY_LATER",
    "TRANSACTION_STILL_IN_PROGRESS": "RETRY_LATER",
    "TRANSACTION_DECLINED": "OTHER_MEANS",
    "3DS_AUTHENTICATION_FAILED": "OTHER_MEANS",
}
_STATUS = {
    "VALIDATION_FAILED": 400,
    "AMOUNT_INVALID": 400,
    "CURRENCY_INVALID": 400,
    "AUTHENTICATION_FAILED": 401,
    "PERMISSION_DENIED": 403,
    "NOT_ACCEPTABLE": 406,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "INTERNAL_ERROR": 500,
}


def header(world: World, request: dict[str, Any]) -> dict[str, Any]:
    """The header of every answer: the caller's own request id, so that it can see that the answer is to its question."""
    asked = request.get("RequestHeader")
    asked = asked if isinstance(asked, dict) else {}
    return {"SpecVersion": asked.get("SpecVersion", "1.53"), "RequestId": asked.get("RequestId", "unknown")}


def request_header(call: Call) -> dict[str, Any]:
    """The header of a request as far as it can be read, for answers given before anything was checked."""
    try:
        body = json.loads(call.body or b"{}")
    except ValueError:
        return {}
    asked = body.get("RequestHeader") if isinstance(body, dict) else None
    return asked if isinstance(asked, dict) else {}


def error(world: World, request: dict[str, Any], name: str, *details: str, page: Page | None = None) -> Answer:
    """A refusal in the documented form; business refusals carry the HTTP status that the switch says."""
    fields: dict[str, Any] = {
        "ResponseHeader": header(world, request),
        "Behavior": _BEHAVIOUR.get(name, "DO_NOT_RETRY"),
        "ErrorName": name,
        "ErrorMessage": name.replace("_", " ").capitalize(),
    }
    if details:
        fields["ErrorDetail"] = list(details)
    if page:
        fields |= {"TransactionId": page.transaction_id, "OrderId": page.order_id}
    if name == "TRANSACTION_DECLINED":
        fields |= {
            "ProcessorName": "Saferpay Test Card",
            "ProcessorResult": "05",
            "ProcessorMessage": "Do not honor",
            "PayerMessage": "Card refused",
        }
    return Answer.of(_STATUS.get(name, world.switches.business_status), fields)


def initialised(world: World, request: dict[str, Any], page: Page) -> Answer:
    """The answer to Initialize: token, end of life, address of the page."""
    address = f"{world.origin}/vt2/api/PaymentPage/{page.customer_id}/{page.terminal_id}/{page.id}"
    return Answer.of(
        200,
        {
            "ResponseHeader": header(world, request),
            "Token": page.id,
            "Expiration": world.date(page.expires),
            "RedirectUrl": address,
        },
    )


def transaction(world: World, one: Transaction) -> dict[str, Any]:
    """The Transaction block of Assert, Inquire and Refund."""
    block: dict[str, Any] = {
        "Type": one.kind,
        "Status": one.state,
        "Id": one.id,
        "Date": world.date(one.authorised),
        "Amount": {"Value": str(one.value), "CurrencyCode": one.currency},
        "OrderId": one.order_id,
        "AcquirerName": "Saferpay Test Card",
        "AcquirerReference": one.id[:12],
        "SixTransactionReference": f"0:0:3:{one.id}",
        "ApprovalCode": f"{sum(one.id.encode()) % 1_000_000:06d}",
        "IssuerReference": {"TransactionStamp": one.id[:15], "SettlementDate": "0131"},
    }
    if one.captured is not None:
        block["CaptureId"] = one.capture_id
    return block


def observed(world: World, request: dict[str, Any], one: Transaction) -> Answer:
    """The answer to Assert and Inquire of a success, with the personal data that our side must drop."""
    name = {"VISA": "VISA", "MASTERCARD": "MasterCard", "POSTFINANCEPAY": "PostFinance Pay"}.get(one.means, one.means)
    means: dict[str, Any] = {"Brand": {"PaymentMethod": one.means, "Name": name}, "DisplayText": f"{name} 0001"}
    if one.means in MASKED:
        means["Card"] = {
            "MaskedNumber": MASKED[one.means],
            "ExpYear": 2031,
            "ExpMonth": 7,
            "HolderName": HOLDER,
            "HolderSegment": "CONSUMER",
            "CountryCode": "CH",
            "FundingSource": "CREDIT",
        }
    liability = {
        "LiabilityShift": one.shift,
        "LiableEntity": "THREEDS" if one.shift else "MERCHANT",
        "InPsd2Scope": "UNKNOWN",
        "ThreeDs": {
            "Authenticated": one.shift,
            "AuthenticationType": "STRONG_CUSTOMER_AUTHENTICATION" if one.shift else "NONE",
            "Version": "2",
            "Xid": secrets.token_hex(14),
        },
    }
    return Answer.of(
        200,
        {
            "ResponseHeader": header(world, request),
            "Transaction": transaction(world, one),
            "PaymentMeans": means,
            "Payer": {"IpAddress": PAYER_ADDRESS, "IpLocation": "CH"},
            "Liability": liability,
        },
    )


def captured(world: World, request: dict[str, Any], one: Transaction, *, status: str = "CAPTURED") -> Answer:
    """The answer to Capture and AssertCapture."""
    fields = {"ResponseHeader": header(world, request), "CaptureId": one.capture_id, "Status": status}
    return Answer.of(200, fields | {"Date": world.date(one.changed)})


def cancelled(world: World, request: dict[str, Any], one: Transaction) -> Answer:
    """The answer to Cancel."""
    fields = {"ResponseHeader": header(world, request), "TransactionId": one.id, "OrderId": one.order_id}
    return Answer.of(200, fields | {"Date": world.date(one.changed)})


def refunded(world: World, request: dict[str, Any], one: Transaction) -> Answer:
    """The answer to Refund."""
    return Answer.of(200, {"ResponseHeader": header(world, request), "Transaction": transaction(world, one)})
