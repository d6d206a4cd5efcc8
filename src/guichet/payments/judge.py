"""What to do with money an attempt has brought: accept it, release it, or hold it for a person. Pure decisions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

from guichet.gateways.payment.port import Facts

from .models import PaymentAttempt
from .payable import Standing
from .states import IncidentKind

CURRENCY = "CHF"
# The provider's clock may differ from ours by this much before its date of validation is disbelieved.
TOLERANCE = timedelta(minutes=5)


class Verdict(Enum):
    """What becomes of the money."""

    ACCEPT = "accept"
    OVERTAKE = "overtake"
    RELEASE = "release"
    HOLD = "hold"


class Policy(NamedTuple):
    """What the office accepts: the means of payment by the provider's code, and whether the bank must be liable."""

    means: Collection[str]
    liability_shift: bool


class Judgement(NamedTuple):
    """A verdict and, unless the money is accepted, the incident that says why; ``differing`` names what isn't ours."""

    verdict: Verdict
    why: IncidentKind | None = None
    differing: tuple[str, ...] = ()


def judge(
    attempt: PaymentAttempt, facts: Facts, *, standing: Standing, validated_at: datetime, policy: Policy
) -> Judgement:
    """Judge money reserved or collected by an attempt on which nobody has decided yet.

    A difference from what was asked is held: it concerns money of somebody, and only a person may say whose.
    A reservation that must not become a payment (a second one, one after the cancellation, one at a price that is no
    longer owed) is released, which charges nobody (CGV 2/4, 3/1, 3/2).
    """
    differing = differences(attempt, facts, policy)
    if differing:
        return Judgement(Verdict.HOLD, IncidentKind.MISMATCH, differing)
    if standing.validated_attempt is not None:
        return Judgement(Verdict.RELEASE, IncidentKind.DOUBLE)
    if facts.liability_shift is False and policy.liability_shift:
        return Judgement(Verdict.RELEASE, IncidentKind.LIABILITY)
    if standing.cancelled_at is not None:
        if validated_at >= standing.cancelled_at:
            return Judgement(Verdict.RELEASE, IncidentKind.CANCELLED)
    elif not standing.payable:
        return Judgement(Verdict.RELEASE, IncidentKind.NOT_PAYABLE)
    if standing.quote_digest != attempt.quote_digest:
        return Judgement(Verdict.RELEASE, IncidentKind.OUTDATED_QUOTE)
    return Judgement(Verdict.ACCEPT if standing.cancelled_at is None else Verdict.OVERTAKE)


def differences(attempt: PaymentAttempt, facts: Facts, policy: Policy) -> tuple[str, ...]:
    """The names of the facts that aren't what was asked for; empty when all agree."""
    agrees = {
        "order_id": facts.order_id == attempt.reference,
        "currency": facts.currency == CURRENCY,
        "amount": facts.amount == attempt.amount,
        "means": facts.means in policy.means,
    }
    return tuple(name for name, same in agrees.items() if not same)


def validation_instant(attempt: PaymentAttempt, facts: Facts, *, at: datetime) -> tuple[datetime, bool]:
    """The instant of validation, and whether the provider's own date is plausible.

    It is the provider's, unless it lies before the attempt or after our question by more than the tolerance; then ours
    counts, ``at``.
    """
    plausible = attempt.started_at - TOLERANCE <= facts.at <= at + TOLERANCE
    return (facts.at, True) if plausible else (at, False)
