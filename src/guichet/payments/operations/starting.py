"""Opens a payment page for a case, at most one at a time; only ever called by a POST of the payer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from guichet.casework.acts import SYSTEM, Actor, record
from guichet.gateways.payment.port import Redirect, StartFailed, StartRequest
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.kit.ids import uuid7
from guichet.kit.writing import insert_new
from guichet.law.kernel.addresses import Ref
from guichet.payments.addresses import notify_key, notify_url, return_key, return_url, secrets_of
from guichet.payments.models import Incident, PaymentAttempt
from guichet.payments.payable import Standing, Wiring, payable_of
from guichet.payments.schedule import NEVER_OPENED_AFTER
from guichet.payments.states import IncidentKind, Kind, Resolution, Source, State

from .incidents import close, open_incident
from .recording import Told, append, conclude, save
from .settling import settle

# A page that closes sooner than this is not offered again.
NEAR_EXPIRY = timedelta(minutes=3)
SENT_FIELDS = tuple(field.name for field in fields(StartRequest) if field.name != "retry_indicator")
_MAX_RETRY_INDICATOR = 9


class PaymentNotStarted(Refused):
    """No payment page could be opened: nothing was charged and the payer may try again (CGV 7)."""

    code = "payment_not_started"


class Choice(NamedTuple):
    """What pressing « payer » leads to: an open page, an attempt to open, one to ask the provider about first, or nothing.

    The start of an attempt ``to_open`` is counted already, with the choice.
    """

    redirect: Redirect | None = None
    to_open: PaymentAttempt | None = None
    to_ask: UUID | None = None
    refusal: NotAllowedNow | None = None


def start(
    case_reference: str,
    *,
    description: str,
    language: str,
    actor: Actor,
    at: datetime,
    wiring: Wiring,
    chosen: Choice | None = None,
) -> Redirect:
    """Where to send the payer of a case: its open page again, or a new one.

    The attempt is committed before the provider is called. May take minutes if the provider is slow; must be called
    outside any transaction. ``description`` is shown to the payer at the provider's and holds no personal data.
    ``chosen`` is what ``choose`` has just given for this press.

    Raises:
        NotYours: there is no such case.
        NotAllowedNow: nothing is to be paid, or an earlier payment is still being confirmed.
        PaymentNotStarted: the provider opened no page; nothing was charged.
    """
    asked: set[UUID] = set()
    while True:
        choice = chosen or choose(case_reference, asked=asked, actor=actor, at=at, wiring=wiring)
        chosen = None
        if choice.refusal is not None:
            raise choice.refusal
        if choice.redirect is not None:
            return choice.redirect
        if choice.to_open is not None:
            return _open(choice.to_open, description=description, language=language, at=at, wiring=wiring)
        if choice.to_ask is not None:
            asked.add(choice.to_ask)
            settle(choice.to_ask, source=Source.START, at=at, wiring=wiring)


def choose(
    case_reference: str,
    *,
    actor: Actor,
    at: datetime,
    wiring: Wiring,
    asked: Collection[UUID] = (),
    standing: Standing | None = None,
) -> Choice:
    """Decide what a press on « payer » leads to, under the case's lock: in the caller's transaction or in one of its own.

    Each attempt is ``asked`` about at most once per press. ``standing`` is given by an owner that has locked the case
    in this transaction. A refusal is given, not raised, so that the caller's transaction stands.

    Raises:
        NotYours: there is no such case.
    """
    with transaction.atomic(savepoint=False):
        if standing is None:
            standing = payable_of(case_reference, wiring).lock(case_reference, on=day_of(at))
        refusal = _refusal(standing)
        if refusal is not None:
            return Choice(refusal=refusal)
        attempt = _first(case_reference, standing, at=at, wiring=wiring)
        if attempt is None:
            attempts = list(PaymentAttempt.objects.of_case(case_reference).select_for_update().order_by("serial"))
            choice = _choice_among(attempts, standing, asked=asked, at=at)
            if choice is not None:
                return choice
            attempt = _next(case_reference, standing, earlier=len(attempts), at=at, wiring=wiring)
        record(
            "payment_started",
            standing.case,
            actor=actor,
            at=at,
            facts={
                "attempt": attempt.reference,
                "amount_centimes": attempt.amount_centimes,
                "partner": attempt.provider,
                "sent": attempt.sent,
            },
            basis=(Ref("CGV", "6/1"), Ref("CGV", "9/2")),
        )
        return Choice(to_open=attempt)


def _choice_among(
    attempts: list[PaymentAttempt], standing: Standing, *, asked: Collection[UUID], at: datetime
) -> Choice | None:
    """What the earlier attempts mean for this press; None if a new one is to be prepared."""
    choices = (_choice_about(attempt, standing, asked=asked, at=at) for attempt in attempts)
    choice = next((choice for choice in choices if choice is not None), None)
    if choice is not None and choice.to_open is not None:
        _count_start(choice.to_open)
    return choice


def _refusal(standing: Standing) -> NotAllowedNow | None:
    if standing.validated_attempt is not None:
        return NotAllowedNow("Cette démarche est déjà payée.", basis=(Ref("CGV", "3/1"),))
    if not standing.payable:
        return NotAllowedNow("Il n'y a rien à payer pour cette démarche en ce moment.", basis=(Ref("CGV", "6/1"),))
    return None


def _choice_about(
    attempt: PaymentAttempt, standing: Standing, *, asked: Collection[UUID], at: datetime
) -> Choice | None:
    """What an earlier attempt means for this press; None if it doesn't stand in the way of a new one."""
    if attempt.state in (State.NOT_PAID, State.VOIDED) or attempt.is_given_up:
        return None
    same = attempt.quote_digest == standing.quote_digest
    if attempt.state == State.NEW and same and attempt.superseded_at is None:
        return Choice(to_open=attempt)
    if attempt.state in (State.NEW, State.OPEN) and attempt.superseded_at is not None:
        return None  # its page may still be open somewhere, but its money would be released
    if attempt.state == State.OPEN:
        return _choice_about_open(attempt, same=same, asked=asked, at=at)
    if attempt.state == State.NEW:
        return None  # prepared at another price: nobody has its address
    if attempt.state == State.UNSETTLED and attempt.pk not in asked:
        return Choice(to_ask=attempt.pk)
    return Choice(refusal=being_confirmed())


def _choice_about_open(attempt: PaymentAttempt, *, same: bool, asked: Collection[UUID], at: datetime) -> Choice | None:
    redirect = redirect_of(attempt)
    if redirect is not None and same and at < redirect.expires_at - NEAR_EXPIRY:
        return Choice(redirect=redirect)
    if attempt.pk not in asked:
        return Choice(to_ask=attempt.pk)
    return Choice(refusal=being_confirmed()) if attempt.said == Kind.IN_PROGRESS else None


def being_confirmed() -> NotAllowedNow:
    """The refusal of a second payment while a first one may still succeed."""
    return NotAllowedNow(
        "Votre paiement est en cours de confirmation. Ne payez pas une seconde fois : nous vous écrirons.",
        basis=(Ref("CGV", "7"),),
    )


def redirect_of(attempt: PaymentAttempt) -> Redirect | None:
    """The open page of an attempt, if it has one."""
    if attempt.state != State.OPEN or not attempt.redirect_address or attempt.expires_at is None:
        return None
    return Redirect(attempt.token or "", attempt.redirect_address, attempt.expires_at)


def _first(case_reference: str, standing: Standing, *, at: datetime, wiring: Wiring) -> PaymentAttempt | None:
    """The first attempt of a case at the price of now; None if there are earlier ones (1 statement)."""
    attempt = _prepared(case_reference, standing, serial=1, at=at, wiring=wiring)
    return attempt if insert_new([attempt]) else None


def _next(case_reference: str, standing: Standing, *, earlier: int, at: datetime, wiring: Wiring) -> PaymentAttempt:
    """One more attempt at the price of now; the earlier ones are no longer offered."""
    PaymentAttempt.objects.of_case(case_reference).filter(superseded_at=None).update(superseded_at=at)
    attempt = _prepared(case_reference, standing, serial=earlier + 1, at=at, wiring=wiring)
    attempt.save(force_insert=True)
    return attempt


def _prepared(case_reference: str, standing: Standing, *, serial: int, at: datetime, wiring: Wiring) -> PaymentAttempt:
    attempt_id = uuid7()
    secrets = secrets_of(attempt_id)
    return PaymentAttempt(
        id=attempt_id,
        reference=f"{case_reference.replace('-', '')}-{serial}",
        case_reference=case_reference,
        serial=serial,
        provider=wiring["provider"]().name,
        amount_centimes=standing.amount.centimes,
        quote_digest=standing.quote_digest,
        lines=[line.to_json() for line in standing.lines],
        sent=list(SENT_FIELDS),
        return_key=return_key(secrets.back),
        notify_key=notify_key(secrets.notify),
        started_at=at,
        next_ask_at=at + NEVER_OPENED_AFTER,
        starts_asked=1,
    )


def _count_start(attempt: PaymentAttempt) -> None:
    """Count a call before it is made; of two that are made at once, each has its own number. The row is locked."""
    attempt.starts_asked += 1
    attempt.save(update_fields=["starts_asked"])


def _open(attempt: PaymentAttempt, *, description: str, language: str, at: datetime, wiring: Wiring) -> Redirect:
    """Call the provider outside any transaction and record its answer."""
    secrets = secrets_of(attempt.pk)
    request = StartRequest(
        reference=attempt.reference,
        amount=attempt.amount,
        description=description,
        language=language,
        return_url=return_url(secrets),
        success_notify_url=notify_url(secrets, "s"),
        fail_notify_url=notify_url(secrets, "f"),
        retry_indicator=min(attempt.starts_asked - 1, _MAX_RETRY_INDICATOR),
    )
    try:
        redirect = wiring["provider"]().start(request)
    except StartFailed as failure:
        _record_failure(attempt, failure, at=at)
        raise PaymentNotStarted(
            "Le paiement n'a pas abouti : la page de paiement n'a pas pu être ouverte. "
            "Rien ne vous a été débité : vous pouvez recommencer.",
            basis=(Ref("CGV", "7"),),
        ) from None
    return _record_opening(attempt, redirect, at=at)


def _record_opening(attempt: PaymentAttempt, redirect: Redirect, *, at: datetime) -> Redirect:
    """Keep the page; if another tab has opened one meanwhile, that one counts and ours is never shown to anybody."""
    news = Told(Kind.OPENED, Source.START, at, {})
    attempt.token, attempt.redirect_address = redirect.token, redirect.address
    attempt.expires_at, attempt.opened_at = redirect.expires_at, at
    conclude(attempt, news, at=at)
    with transaction.atomic():
        if save(attempt, if_state=State.NEW):
            append(attempt, news)
            if attempt.serial > 1:
                _close_refusals(attempt.case_reference, at=at)
            return redirect
    known = redirect_of(PaymentAttempt.objects.get(pk=attempt.pk))
    if known is None:
        raise being_confirmed()
    return known


def _close_refusals(case_reference: str, *, at: datetime) -> None:
    """A page that opens at last ends the incidents of those that didn't."""
    refused = Incident.objects.unresolved().of_case(case_reference).filter(kind=IncidentKind.START_REFUSED)
    for incident in refused.select_related("attempt"):
        close(incident, resolution=Resolution.OVERCOME, actor=SYSTEM, at=at)


def _record_failure(attempt: PaymentAttempt, failure: StartFailed, *, at: datetime) -> None:
    """A clear refusal ends the attempt and concerns the operator; without an answer it stays to be tried again."""
    kind = Kind.START_REFUSED if failure.refused else Kind.START_UNKNOWN
    news = Told(kind, Source.START, at, {"cause": failure.cause})
    with transaction.atomic():
        attempt = PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)
        append(attempt, news)
        conclude(attempt, news, at=at)
        save(attempt)
        if failure.refused:
            open_incident(attempt, IncidentKind.START_REFUSED, at=at, facts={"cause": failure.cause})
