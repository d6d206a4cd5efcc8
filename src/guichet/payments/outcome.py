"""What may truthfully be said to the payer of a case: the case looks at all its attempts, and paid wins."""

from __future__ import annotations

from enum import StrEnum

from .models import PaymentAttempt
from .states import State


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

    ``SUCCEEDED`` only when a payment is validated; ``NOT_CHARGED`` only when no attempt holds or may bring money;
    ``RESUMABLE`` while a page is open that the payer can go back to; ``CONFIRMING`` whenever in doubt.
    """
    attempts = PaymentAttempt.objects.of_case(case_reference)
    rows = list(attempts.values_list("state", "validated_at", "superseded_at"))
    states = {state for state, _, _ in rows}
    if any(validated_at and state != State.VOIDED for state, validated_at, _ in rows):
        return Outcome.SUCCEEDED
    if states & {State.UNSETTLED, State.AUTHORISED, State.CAPTURED}:
        return Outcome.CONFIRMING
    if any(state in (State.NEW, State.OPEN) and superseded_at is None for state, _, superseded_at in rows):
        return Outcome.RESUMABLE
    return Outcome.NOT_CHARGED if rows else Outcome.NONE
