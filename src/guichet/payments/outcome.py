"""What may truthfully be said to the payer of a case: the case looks at all its attempts, and paid wins."""

from __future__ import annotations

from enum import StrEnum

from .models import PaymentAttempt
from .states import State

_HOLDING = (State.UNSETTLED, State.AUTHORISED, State.CAPTURED)


class Outcome(StrEnum):
    """Where the payment of a case stands, for the person. The return page says one of three sentences of these five."""

    NONE = "none"
    RESUMABLE = "resumable"
    CONFIRMING = "confirming"
    SUCCEEDED = "succeeded"
    NOT_CHARGED = "not_charged"


def is_success(attempt: PaymentAttempt) -> bool:
    """Whether this attempt alone makes its case's payment a success: paid wins, whatever the others say."""
    return attempt.validated_at is not None and attempt.state != State.VOIDED


def outcome_of(case_reference: str) -> Outcome:
    """The outcome of a case's payment (1 query).

    ``SUCCEEDED`` only when a payment is validated; ``NOT_CHARGED`` only when no attempt may bring money that is kept:
    a reservation that is to be released never does, whether the provider has confirmed the release or not;
    ``RESUMABLE`` while a page is open that the payer can go back to; ``CONFIRMING`` whenever in doubt.
    """
    attempts = PaymentAttempt.objects.of_case(case_reference)
    rows = list(attempts.only("state", "validated_at", "superseded_at", "void_reason"))
    if any(is_success(row) for row in rows):
        return Outcome.SUCCEEDED
    if any(row.state in _HOLDING and not row.is_given_up for row in rows):
        return Outcome.CONFIRMING
    if any(row.state in (State.NEW, State.OPEN) and row.superseded_at is None for row in rows):
        return Outcome.RESUMABLE
    return Outcome.NOT_CHARGED if rows else Outcome.NONE
