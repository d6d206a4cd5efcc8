"""Writes what was told about an attempt and brings its row to the state that follows; the only writer of ``state``."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from guichet.gateways.payment.port import (
    Aborted,
    Authorised,
    Captured,
    Declined,
    Facts,
    InProgress,
    NotStarted,
    Observation,
    Pending,
    Unknown,
    Voided,
)
from guichet.kit.writing import change, insert_new, values_of
from guichet.payments.models import PaymentAttempt, PaymentEvent
from guichet.payments.reduce import MONEY, Reduced, Seen
from guichet.payments.schedule import next_look
from guichet.payments.states import Kind, Source, State

_KINDS: dict[type, Kind] = {
    NotStarted: Kind.NOT_STARTED,
    InProgress: Kind.IN_PROGRESS,
    Authorised: Kind.AUTHORISED,
    Captured: Kind.CAPTURED,
    Pending: Kind.PENDING,
    Declined: Kind.DECLINED,
    Aborted: Kind.ABORTED,
    Voided: Kind.VOIDED,
    Unknown: Kind.UNKNOWN,
}


# The columns of an attempt that something told may change.
_CHANGING = (
    *("state", "said", "said_at", "token", "redirect_address", "transaction_id", "capture_id", "means"),
    *("opened_at", "expires_at", "asked_at", "next_ask_at", "validated_at", "received_at"),
    *("collected_at", "collected_centimes", "void_reason", "voided_at", "captures_asked", "voids_asked"),
)


class Told(NamedTuple):
    """Something told about an attempt: in answer to a question put at ``asked_at``, or by our side at that instant.

    An answer to a capture or a void says which number that try had; ``ahead`` is what the case's owner did ahead.
    """

    kind: Kind
    source: Source
    asked_at: datetime
    facts: dict[str, Any]
    money: Facts | None = None
    captures: int = 0
    voids: int = 0
    ahead: object | None = None


def told(observation: Observation, *, source: Source, at: datetime) -> Told:
    """An answer of the provider as something to record: allow-listed facts only, as JSON."""
    money = observation.facts if isinstance(observation, Authorised | Captured | Pending | Voided) else None
    facts: dict[str, Any] = _written(money) if money else {}
    if isinstance(observation, Declined):
        facts["reason"] = observation.reason
    if isinstance(observation, Unknown):
        facts["cause"] = observation.cause
    return Told(_KINDS[type(observation)], source, at, facts, money)


def _written(facts: Facts) -> dict[str, Any]:
    written = {
        "transaction_id": facts.transaction_id,
        "order_id": facts.order_id,
        "amount_centimes": facts.amount.centimes if facts.amount is not None else None,
        "currency": facts.currency,
        "at": facts.at.astimezone(UTC).isoformat(),
        "means": facts.means,
        "capture_id": facts.capture_id,
        "liability_shift": facts.liability_shift,
        "six_reference": facts.six_reference,
        "approval_code": facts.approval_code,
        "acquirer": facts.acquirer,
    }
    return {name: value for name, value in written.items() if value is not None}


def content_digest(news: Told) -> str:
    """What makes two reports the same: for money its kind and facts, for anything else also when it was asked."""
    asked = "" if news.kind in MONEY else news.asked_at.astimezone(UTC).isoformat()
    return hashlib.sha256(json.dumps([news.kind, asked, news.facts], sort_keys=True).encode()).hexdigest()


def append(attempt: PaymentAttempt, news: Told) -> None:
    """Append an event, once per content (1 statement)."""
    event = PaymentEvent(
        attempt=attempt,
        case_reference=attempt.case_reference,
        kind=news.kind,
        source=news.source,
        asked_at=news.asked_at,
        facts=news.facts,
        content_digest=content_digest(news),
    )
    insert_new([event])


def conclude(attempt: PaymentAttempt, news: Told, *, at: datetime) -> None:
    """Set the state that follows from all events, ``news`` the last of them, and what depends on it.

    The row keeps what the reducer needs of the earlier ones; the caller saves it.
    """
    known = Reduced(State(attempt.state), _said(attempt))
    reduced = known.after(Seen(news.kind, news.asked_at), expires_at=attempt.expires_at)
    attempt.state = reduced.state
    if reduced.said is not None:
        attempt.said, attempt.said_at = reduced.said
    if attempt.state in (State.CAPTURED, State.VOIDED):
        attempt.token = attempt.redirect_address = None
    if attempt.state == State.VOIDED and attempt.voided_at is None:
        attempt.voided_at = at
    attempt.next_ask_at = next_look(
        State(attempt.state),
        Kind(attempt.said or Kind.OPENED),
        opened_at=attempt.opened_at or attempt.started_at,
        expires_at=attempt.expires_at,
        at=at,
    )


def _said(attempt: PaymentAttempt) -> Seen | None:
    return Seen(Kind(attempt.said), attempt.said_at) if attempt.said and attempt.said_at else None


def save(attempt: PaymentAttempt, *, if_state: State | None = None) -> bool:
    """Write what something told may have changed (1 statement); False if the row isn't ``if_state`` any more."""
    condition = {} if if_state is None else {"state": if_state}
    return bool(change(PaymentAttempt, values_of(attempt, *_CHANGING), id=attempt.pk, **condition))


def note_tries(attempt: PaymentAttempt, news: Told) -> None:
    """Keep the highest number that a capture and a void were tried with."""
    attempt.captures_asked = max(attempt.captures_asked, news.captures)
    attempt.voids_asked = max(attempt.voids_asked, news.voids)


def note_money(attempt: PaymentAttempt, facts: Facts) -> None:
    """Keep on the row what later calls and the books need; a fact given once is never overwritten by a missing one."""
    attempt.transaction_id = attempt.transaction_id or facts.transaction_id
    attempt.capture_id = facts.capture_id or attempt.capture_id
    attempt.means = facts.means or attempt.means
