"""The verbs of the payments room; nothing else writes its tables."""

from .asking import (
    ORDER_RELEASE,
    ask_again,
    case_of_return,
    mop_up,
    record_notification,
    resolutions_of,
    resolve_incident,
    settle_return,
)
from .settling import absorb, capture, may_be_asked, settle, settle_attempt, void
from .starting import Choice, PaymentNotStarted, choose, start

__all__ = [
    "ORDER_RELEASE",
    "Choice",
    "PaymentNotStarted",
    "absorb",
    "ask_again",
    "capture",
    "case_of_return",
    "choose",
    "may_be_asked",
    "mop_up",
    "record_notification",
    "resolutions_of",
    "resolve_incident",
    "settle",
    "settle_attempt",
    "settle_return",
    "start",
    "void",
]
