"""Facts of the payments room: attempts and what was told of them, receipts and books, incidents."""

from .attempts import PaymentAttempt, PaymentEvent, attempt_by_key, attempt_by_notification, attempt_by_return
from .books import LedgerEntry, LedgerKind, Receipt, ReceiptCounter, receipt_of_case
from .incidents import Incident

__all__ = [
    "Incident",
    "LedgerEntry",
    "LedgerKind",
    "PaymentAttempt",
    "PaymentEvent",
    "Receipt",
    "ReceiptCounter",
    "attempt_by_key",
    "attempt_by_notification",
    "attempt_by_return",
    "receipt_of_case",
]
