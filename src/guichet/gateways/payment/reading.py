"""Reads the provider's answers: what is on the list is taken, everything else is dropped here and goes no further."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from guichet.law.kernel.money import Chf

from .port import (
    Aborted,
    Authorised,
    Captured,
    Declined,
    Facts,
    InProgress,
    NotStarted,
    Observation,
    Pending,
    Redirect,
    Unknown,
    Voided,
)
from .wire import Heard

_ID = re.compile(r"[A-Za-z0-9.:_-]{1,80}")
_DIGITS = re.compile(r"[0-9]{1,10}", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}")
_BRAND = re.compile(r"[A-Z0-9_]{1,40}")
_ACQUIRER = re.compile(r"[^\x00-\x1f]{1,60}")
_CARD_LIKE = re.compile(r"[0-9]{12,}")

DECLINED = frozenset(
    (
        "TRANSACTION_DECLINED",
        "GENERAL_DECLINED",
        "PAYMENTMEANS_INVALID",
        "PAYMENTMEANS_NOT_SUPPORTED",
        "CARD_CHECK_FAILED",
        "CARD_CVC_INVALID",
        "CARD_CVC_REQUIRED",
        "UPDATE_CARD_INFORMATION",
        "NO_CONTRACT",
        "3DS_AUTHENTICATION_FAILED",
        "PAYER_AUTHENTICATION_REQUIRED",
        "CONDITION_NOT_SATISFIED",
        "BLOCKED_BY_RISK_MANAGEMENT",
    )
)
# Refusals of the question itself, on which nothing was opened or moved.
REFUSED = frozenset(
    (
        "VALIDATION_FAILED",
        "AMOUNT_INVALID",
        "CURRENCY_INVALID",
        "ACTION_NOT_SUPPORTED",
        "ALIAS_INVALID",
        "AUTHENTICATION_FAILED",
        "PERMISSION_DENIED",
        "NO_CREDITS_AVAILABLE",
        "PAYMENTMEANS_NOT_SUPPORTED",
        "NO_CONTRACT",
        "NOT_ACCEPTABLE",
        "UNSUPPORTED_MEDIA_TYPE",
    )
)
_OPEN: dict[str, Observation] = {
    "TRANSACTION_NOT_STARTED": NotStarted(),
    "TRANSACTION_STILL_IN_PROGRESS": InProgress(),
    "TRANSACTION_ABORTED": Aborted(),
}


class Unreadable(Exception):  # noqa: N818 - said of an answer
    """A field that must be there is missing or not of its type; holds the field's name, never its value."""


def refusal(name: str) -> Observation:
    """What an error name says about the payment; a name that is not documented says nothing."""
    if name in DECLINED:
        return Declined(name)
    if name in _OPEN:
        return _OPEN[name]
    return Unknown(name.lower())


def redirect(heard: Heard, *, origin: str) -> Redirect:
    """The opened page. It must be at the provider's own address: nobody is sent anywhere else.

    Raises: Unreadable.
    """
    address = heard.fields.get("RedirectUrl")
    if not isinstance(address, str) or not address.startswith(origin + "/") or len(address) > 2000:
        raise Unreadable("RedirectUrl")
    return Redirect(
        token=_text(heard.fields, "Token", _ID), address=address, expires_at=_instant(heard.fields, "Expiration")
    )


def observation(heard: Heard) -> Observation:
    """The answer to Assert and Inquire.

    Raises: Unreadable.
    """
    if heard.error_name:
        return refusal(heard.error_name)
    block = _block(heard.fields, "Transaction")
    if block.get("Type") != "PAYMENT":
        raise Unreadable("Transaction.Type")
    meaning = _STATUS.get(str(block.get("Status")))
    return meaning(_facts(heard.fields, block)) if meaning else Unknown("unknown_status")


def taken(heard: Heard, *, transaction_id: str, reference: str) -> Observation:
    """The answer to a capture, which repeats neither amount nor means.

    Raises: Unreadable.
    """
    if heard.error_name == "TRANSACTION_ALREADY_CAPTURED" and heard.said_at:
        return Captured(_brief(transaction_id, reference, at=heard.said_at, capture_id=None))
    if heard.error_name:
        return Unknown(heard.error_name.lower())
    capture_id = _text(heard.fields, "CaptureId", _ID)
    facts = _brief(transaction_id, reference, at=_instant(heard.fields, "Date"), capture_id=capture_id)
    status = heard.fields.get("Status")
    if status == "CAPTURED":
        return Captured(facts)
    return Pending(facts) if status == "PENDING" else Unknown("unknown_status")


def released(heard: Heard, *, transaction_id: str, reference: str) -> Observation:
    """The answer to a cancellation.

    Raises: Unreadable.
    """
    if heard.error_name:
        return Unknown(heard.error_name.lower())
    if heard.fields.get("TransactionId") != transaction_id:
        raise Unreadable("TransactionId")
    return Voided(_brief(transaction_id, reference, at=_instant(heard.fields, "Date"), capture_id=None))


def means_in_francs(fields: dict[str, Any]) -> frozenset[str]:
    """The means a terminal takes in Swiss francs."""
    listed = fields.get("PaymentMethods")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    return frozenset(str(row.get("PaymentMethod")) for row in rows if "CHF" in (row.get("Currencies") or ()))


_STATUS: dict[str, Callable[[Facts], Observation]] = {
    "AUTHORIZED": Authorised,
    "CAPTURED": Captured,
    "PENDING": Pending,
    "CANCELED": Voided,
}


def _facts(fields: dict[str, Any], block: dict[str, Any]) -> Facts:
    amount = _block(block, "Amount")
    brand = _block(_block(fields, "PaymentMeans"), "Brand")
    liability = fields.get("Liability")
    shift = liability.get("LiabilityShift") if isinstance(liability, dict) else None
    return Facts(
        transaction_id=_text(block, "Id", _ID),
        amount=Chf(int(_text(amount, "Value", _DIGITS))),
        currency=_text(amount, "CurrencyCode", _CURRENCY),
        order_id=_text(block, "OrderId", _ID),
        at=_instant(block, "Date"),
        means=_text(brand, "PaymentMethod", _BRAND),
        capture_id=_optional(block, "CaptureId", _ID),
        liability_shift=shift if isinstance(shift, bool) else None,
        six_reference=_optional(block, "SixTransactionReference", _ID),
        approval_code=_optional(block, "ApprovalCode", _ID),
        acquirer=_optional(block, "AcquirerName", _ACQUIRER),
    )


def _brief(transaction_id: str, reference: str, *, at: datetime, capture_id: str | None) -> Facts:
    return Facts(
        transaction_id=transaction_id,
        amount=None,
        currency=None,
        order_id=reference,
        at=at,
        means=None,
        capture_id=capture_id,
        liability_shift=None,
        six_reference=None,
        approval_code=None,
        acquirer=None,
    )


def _block(fields: dict[str, Any], name: str) -> dict[str, Any]:
    block = fields.get(name)
    if not isinstance(block, dict):
        raise Unreadable(name)
    return block


def _text(fields: dict[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Unreadable(name)
    return value


def _optional(fields: dict[str, Any], name: str, pattern: re.Pattern[str]) -> str | None:
    """A field one can live without: dropped when odd, or when it could hold the digits of a card."""
    value = fields.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value) or _CARD_LIKE.search(value):
        return None
    return value


def _instant(fields: dict[str, Any], name: str) -> datetime:
    with contextlib.suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(str(fields.get(name)))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    raise Unreadable(name)
