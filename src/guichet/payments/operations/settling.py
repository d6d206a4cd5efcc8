"""``settle``: the one door through which anything about a payment becomes true, however often and whoever asks.

The provider is asked outside any transaction. What it says is absorbed in one short transaction: the case's row is
locked first, then the attempt's; the event is appended, the state reduced from all events, and what follows from it
(the case made definitive, the receipt and the books, a release, an incident, the next job) is written with it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction

from guichet.casework.acts import SYSTEM, record
from guichet.casework.jobs import enqueue_instead, job
from guichet.casework.models import Case
from guichet.gateways.payment.port import Captured, Observation, Unknown, Voided
from guichet.kit.clock import day_of
from guichet.kit.errors import NotYours
from guichet.payments.judge import Policy, Verdict, judge, validation_instant
from guichet.payments.models import PaymentAttempt, attempt_by_key
from guichet.payments.payable import Payable, Standing, Wiring, payable_of
from guichet.payments.reduce import MONEY
from guichet.payments.schedule import TOKEN_LIFE
from guichet.payments.states import IncidentKind, Kind, Resolution, Source, State

from .booking import book_surplus, book_void, give_receipt
from .incidents import close_incidents, open_incident
from .recording import Told, append, conclude, note_money, note_tries, save, told

# Reloading the page of the return asks the provider at most this often while nothing is certain.
BETWEEN_RETURNS = timedelta(seconds=10)

_MINUTE, _HOUR = 60, 3600
ACT_RETRIES = (_MINUTE, 2 * _MINUTE, 5 * _MINUTE, 15 * _MINUTE, *([_HOUR] * 22))
ALARM_AT = 3
# Two calls to the provider, each of 110 seconds at most, and a margin; then, once collected, the owner's slow work.
_LEASE = 260
_AHEAD = 120

log = logging.getLogger(__name__)


class NotDoneYet(Exception):  # noqa: N818 - said of a capture or void that must be tried again
    """The provider did not confirm the capture or void: the job is tried again later."""


class Settled(NamedTuple):
    """An attempt as it stands after what was told of it, and its case: the owner's row, or only its reference."""

    attempt: PaymentAttempt
    case: Case | str


def settle(attempt_id: UUID, *, source: Source, at: datetime, wiring: Wiring) -> State:
    """Ask the provider about an attempt, absorb the answer and return the attempt's state.

    May take 110 seconds; must be called outside any transaction. ``at`` is the present instant.

    Raises:
        NotYours: there is no such attempt.
    """
    attempt = attempt_by_key(attempt_id)
    if attempt is None:
        raise NotYours("Ce paiement n'existe pas.")
    news = ask_provider(attempt, source=source, at=at, wiring=wiring)
    return State(absorb(attempt, news, wiring=wiring).attempt.state if news else attempt.state)


def ask_provider(attempt: PaymentAttempt, *, source: Source, at: datetime, wiring: Wiring) -> Told | None:
    """What the provider says of the attempt now, or None if it needn't or mustn't be asked."""
    if attempt.state == State.NEW and source == Source.MOP_UP:
        return Told(Kind.NEVER_OPENED, source, at, {})
    if not may_be_asked(attempt, source=source, at=at):
        return None
    return told(_observe(attempt, wiring), source=source, at=at)


def may_be_asked(attempt: PaymentAttempt, *, source: Source, at: datetime) -> bool:
    """True unless the end is known, the page was never opened, or asking would be polling."""
    if not attempt.token or attempt.opened_at is None:
        return False
    if attempt.state == State.AUTHORISED:
        return source == Source.STAFF
    if source != Source.RETURN:
        return True
    asked_just_now = attempt.asked_at is not None and at - attempt.asked_at < BETWEEN_RETURNS
    return at < attempt.opened_at + TOKEN_LIFE and not (attempt.is_live and asked_just_now)


def _observe(attempt: PaymentAttempt, wiring: Wiring) -> Observation:
    return wiring["provider"]().observe(
        token=attempt.token or "", reference=attempt.reference, transaction_id=attempt.transaction_id
    )


def absorb(attempt: PaymentAttempt, news: Told, *, wiring: Wiring) -> Settled:
    """Make what was told true, with everything that follows from it, in one transaction; repeating it changes nothing."""
    owner = payable_of(attempt.case_reference, wiring)
    validated_at, plausible = news.asked_at, True
    if news.money is not None:
        validated_at, plausible = validation_instant(attempt, news.money, at=news.asked_at)
    with transaction.atomic(savepoint=False):
        standing = owner.lock(attempt.case_reference, on=day_of(validated_at))
        attempt = _locked(attempt)
        before = State(attempt.state)
        news = _unless_of_another(attempt, news)
        append(attempt, news)
        if news.money is not None and news.kind in MONEY:
            note_money(attempt, news.money)
        attempt.asked_at = max(attempt.asked_at or news.asked_at, news.asked_at)
        note_tries(attempt, news)
        conclude(attempt, news, at=news.asked_at)
        if _decide(attempt, news, standing=standing, owner=owner, validated_at=validated_at) and not plausible:
            open_incident(attempt, IncidentKind.CLOCK, at=news.asked_at, facts={})
        _follow(attempt, before, news, standing=standing, owner=owner)
        save(attempt)
    return Settled(attempt, standing.case)


def _locked(attempt: PaymentAttempt) -> PaymentAttempt:
    locked = attempt_by_key(attempt.pk, lock=True)
    if locked is None:
        raise NotYours("Ce paiement n'existe pas.")
    return locked


def _unless_of_another(attempt: PaymentAttempt, news: Told) -> Told:
    """A transaction that already belongs to another attempt can't be this one's: the answer tells nothing of it."""
    if news.money is None or news.kind not in MONEY or news.money.transaction_id == attempt.transaction_id:
        return news
    others = PaymentAttempt.objects.filter(provider=attempt.provider, transaction_id=news.money.transaction_id)
    foreign = attempt.transaction_id is not None or (
        news.money.order_id != attempt.reference and others.exclude(pk=attempt.pk).exists()
    )
    if not foreign:
        return news
    open_incident(attempt, IncidentKind.MISMATCH, at=news.asked_at, facts={"differing": ["transaction_id"]})
    return Told(Kind.UNKNOWN, news.source, news.asked_at, {"cause": "transaction_of_another_attempt"})


def _decide(attempt: PaymentAttempt, news: Told, *, standing: Standing, owner: Payable, validated_at: datetime) -> bool:
    """Judge money seen for the first time; True if it is accepted."""
    facts = news.money
    if facts is None or facts.amount is None or not attempt.is_undecided:
        return False
    if attempt.state not in (State.AUTHORISED, State.CAPTURED):
        return False
    judgement = judge(attempt, facts, standing=standing, validated_at=validated_at, policy=policy())
    if judgement.why is not None:
        if judgement.verdict is Verdict.RELEASE:
            release(attempt, judgement.why)
        told_as = {"differing": list(judgement.differing)} if judgement.differing else {}
        open_incident(attempt, judgement.why, at=news.asked_at, facts=told_as)
        return False
    tell = owner.payment_validated if judgement.verdict is Verdict.ACCEPT else owner.cancellation_overtaken
    tell(standing, attempt=attempt.reference, validated_at=validated_at, at=news.asked_at)
    attempt.validated_at, attempt.received_at = validated_at, news.asked_at
    if attempt.state == State.AUTHORISED:
        asked = [str(attempt.pk), str(Source.NOTIFICATION)]
        enqueue_instead(settle_attempt, capture, str(attempt.pk), of=asked)  # there is nothing left to ask
    return True


def policy() -> Policy:
    """What the office accepts, from its configuration; without a word on liability, the bank must be liable."""
    return Policy(settings.PAYMENT["means"], settings.PAYMENT.get("without_liability_shift", "void") != "accept")


def release(attempt: PaymentAttempt, why: IncidentKind) -> None:
    """Decide that the attempt's money is given up; the job does it, the caller saves the row."""
    attempt.void_reason = why
    void.enqueue(str(attempt.pk))


def _follow(attempt: PaymentAttempt, before: State, news: Told, *, standing: Standing, owner: Payable) -> None:
    """What the attempt's state brings with it, each once."""
    at, state = news.asked_at, attempt.state
    if state == State.CAPTURED and attempt.collected_at is None:
        _collect(attempt, news, standing=standing, owner=owner)
    elif state == State.VOIDED and before != State.VOIDED:
        _give_up(attempt, standing=standing, owner=owner, at=at)
    elif state == State.NOT_PAID and before in (State.OPEN, State.UNSETTLED):
        _end_unpaid(attempt, before, news, standing=standing, owner=owner)
    elif state == State.UNSETTLED and attempt.next_ask_at is None:
        open_incident(attempt, IncidentKind.UNKNOWN_END, at=at, facts={})


def _collect(attempt: PaymentAttempt, news: Told, *, standing: Standing, owner: Payable) -> None:
    """The provider has the money: a receipt for what was owed, otherwise a surplus for somebody to give back."""
    at = attempt.collected_at = news.asked_at
    amount = (news.money.amount if news.money else None) or attempt.amount
    attempt.collected_centimes = amount.centimes
    if attempt.validated_at is None:
        book_surplus(attempt, amount, at=at)
        open_incident(attempt, IncidentKind.NOT_RELEASED, at=at, facts={})
        return
    if attempt.captures_asked >= ALARM_AT:
        close_incidents(attempt, (IncidentKind.UNCOLLECTED,), resolution=Resolution.COLLECTED, at=at)
    receipt = give_receipt(attempt, at=at)
    owner.payment_collected(standing, attempt=attempt.reference, receipt=receipt.number, at=at, ahead=news.ahead)


def _end_unpaid(attempt: PaymentAttempt, before: State, news: Told, *, standing: Standing, owner: Payable) -> None:
    """Tell a payer who was left waiting; one who is at the counter reads it there (return, a new press on « payer »)."""
    was_waiting = before == State.UNSETTLED and standing.validated_attempt is None
    was_left_open = news.source == Source.MOP_UP and attempt.superseded_at is None and standing.payable
    if before == State.UNSETTLED:
        close_incidents(attempt, (IncidentKind.UNKNOWN_END,), resolution=Resolution.NOT_PAID, at=news.asked_at)
    if was_waiting or was_left_open:
        owner.payment_not_concluded(standing, attempt=attempt.reference, at=news.asked_at)


def _give_up(attempt: PaymentAttempt, *, standing: Standing, owner: Payable, at: datetime) -> None:
    """The provider has let the money go: undo it in the books, and tell the payer who isn't served by another attempt."""
    was_booked = book_void(attempt, at=at)
    facts = {"attempt": attempt.reference, "reason": attempt.void_reason}
    record("payment_voided", attempt.case_reference, actor=SYSTEM, at=at, facts=facts)
    if attempt.validated_at is not None:
        kind = IncidentKind.VOIDED_OUTSIDE if was_booked else IncidentKind.UNCOLLECTED
        open_incident(attempt, kind, at=at, facts={})
        return
    settled = (*filter(None, [attempt.void_reason]), IncidentKind.MISMATCH, IncidentKind.NOT_RELEASED)
    kinds = tuple(IncidentKind(kind) for kind in settled)
    close_incidents(attempt, kinds, resolution=Resolution.VOIDED, at=at)
    if standing.validated_attempt is None:
        owner.payment_not_concluded(standing, attempt=attempt.reference, at=at)


@job(lease_seconds=_LEASE)
def settle_attempt(attempt_id: str, source: str, *, at: datetime, wiring: Wiring) -> Callable[[], object] | None:
    """Ask about one attempt in the background: after a notification, or when the mop-up finds it due."""
    attempt = attempt_by_key(attempt_id)
    news = ask_provider(attempt, source=Source(source), at=at, wiring=wiring) if attempt else None
    return partial(absorb, attempt, news, wiring=wiring) if attempt and news else None


@job(retry_after=ACT_RETRIES, lease_seconds=_LEASE + _AHEAD, alarm_at=ALARM_AT, takes_over=True)
def capture(attempt_id: str, *, at: datetime, wiring: Wiring, tries: int) -> Callable[[], object] | None:
    """Collect the money of a validated attempt; tried for a day, seen by the desk from the third failure.

    Once the provider has the money, the case's owner does ahead what follows; both are written down together.
    """
    attempt = attempt_by_key(attempt_id)
    if attempt is None or attempt.state != State.AUTHORISED or attempt.validated_at is None or attempt.void_reason:
        return None
    number = max(attempt.captures_asked + 1, tries)
    news = _act(attempt, wiring["provider"]().capture, number=number, at=at, wiring=wiring)._replace(captures=number)
    if news.kind == Kind.CAPTURED:
        news = news._replace(ahead=_ahead(attempt, at=at, wiring=wiring))
    if news.kind in (Kind.CAPTURED, Kind.VOIDED):
        return partial(absorb, attempt, news, wiring=wiring)
    absorb(attempt, news, wiring=wiring)
    if number >= ALARM_AT:
        with transaction.atomic():
            open_incident(attempt, IncidentKind.UNCOLLECTED, at=at, facts={})
    raise NotDoneYet


def _ahead(attempt: PaymentAttempt, *, at: datetime, wiring: Wiring) -> object | None:
    """What the owner could do ahead. Collected money is written down whatever becomes of that."""
    try:
        return payable_of(attempt.case_reference, wiring).work_ahead(attempt.case_reference, at=at)
    except Exception as error:  # noqa: BLE001 - whatever it is: the same work is asked for again as a job of its own
        log.warning("nothing done ahead case=%s error=%s", attempt.case_reference, type(error).__qualname__)
        return None


@job(retry_after=ACT_RETRIES, lease_seconds=_LEASE, alarm_at=ALARM_AT, takes_over=True)
def void(attempt_id: str, *, at: datetime, wiring: Wiring, tries: int) -> Callable[[], object] | None:
    """Release the money of an attempt that must not become a payment; collected money is tried until the closing."""
    attempt = attempt_by_key(attempt_id)
    if attempt is None or attempt.state not in (State.AUTHORISED, State.CAPTURED) or not attempt.void_reason:
        return None
    number = max(attempt.voids_asked + 1, tries)
    news = _act(attempt, wiring["provider"]().void, number=number, at=at, wiring=wiring)._replace(voids=number)
    if news.kind == Kind.VOIDED:
        return partial(absorb, attempt, news, wiring=wiring)
    state = absorb(attempt, news, wiring=wiring).attempt.state
    if state == State.CAPTURED and number >= ALARM_AT:
        return None  # too late to void: the incident stays until a person has given the money back
    raise NotDoneYet


def _act(
    attempt: PaymentAttempt, call: Callable[..., Observation], *, number: int, at: datetime, wiring: Wiring
) -> Told:
    """Capture or void; an unclear answer is followed by the question what is true now.

    ``number`` is larger than that of any call whose end was written down, and larger with each try of the job: it was
    counted with the lease, before the call.
    """
    seen = call(transaction_id=attempt.transaction_id, reference=attempt.reference, attempt=number)
    if not isinstance(seen, Captured | Voided):
        answer = _observe(attempt, wiring)
        seen = seen if isinstance(answer, Unknown) else answer
    return told(seen, source=Source.JOB, at=at)
