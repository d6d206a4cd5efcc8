"""Money taken at a counter: booked like a payment online, with a receipt of the same numbers and the same ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Max

from guichet.kit.errors import NotAllowedNow
from guichet.kit.ids import uuid7
from guichet.law.kernel.money import Chf
from guichet.payments.addresses import notify_key, return_key, secrets_of
from guichet.payments.models import PaymentAttempt, Receipt
from guichet.payments.payable import Line
from guichet.payments.states import LIVE, Kind, Source, State

from .booking import give_receipt
from .recording import Told, append

TILL = "guichet"


def take_at_the_till(case_reference: str, lines: Sequence[Line], *, at: datetime) -> Receipt:
    """Book money that an agent has taken for a case, and give its receipt: in the caller's transaction, last.

    It is an attempt that was collected at once, so that the books know one kind of payment only; the caller's journal
    says who took it.

    Raises:
        NotAllowedNow: a payment online is under way for this case: it must end first.
    """
    with transaction.atomic(savepoint=False):
        attempts = PaymentAttempt.objects.of_case(case_reference)
        if attempts.filter(state__in=(*LIVE, State.AUTHORISED)).exists():
            raise NotAllowedNow(
                "Un paiement en ligne est en cours pour ce dossier : attendez qu'il aboutisse ou échoue."
            )
        serial = (attempts.aggregate(last=Max("serial"))["last"] or 0) + 1
        attempt = _collected(case_reference, serial, lines, at=at)
        attempt.save(force_insert=True)
        facts = {"amount_centimes": attempt.amount_centimes, "at": at.astimezone(UTC).isoformat(), "means": TILL}
        append(attempt, Told(Kind.CAPTURED, Source.STAFF, at, facts))
        return give_receipt(attempt, at=at)


def _collected(case_reference: str, serial: int, lines: Sequence[Line], *, at: datetime) -> PaymentAttempt:
    attempt_id = uuid7()
    secrets = secrets_of(attempt_id)
    reference = f"{case_reference.replace('-', '')}-{serial}"
    total = Chf.total([line.amount for line in lines]).centimes
    return PaymentAttempt(
        id=attempt_id,
        reference=reference,
        case_reference=case_reference,
        serial=serial,
        state=State.CAPTURED,
        provider=TILL,
        means=TILL,
        amount_centimes=total,
        lines=[line.to_json() for line in lines],
        sent=[],
        return_key=return_key(secrets.back),
        notify_key=notify_key(secrets.notify),
        transaction_id=reference,
        started_at=at,
        validated_at=at,
        received_at=at,
        collected_at=at,
        collected_centimes=total,
    )
