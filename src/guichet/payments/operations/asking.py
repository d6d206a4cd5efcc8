"""Who makes the house ask: the provider's notifications, the mop-up and the staff; and what staff decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from guichet.casework.acts import Actor, record
from guichet.casework.jobs import job
from guichet.kit.errors import NotAllowedNow, NotYours
from guichet.payments.addresses import notify_key, return_key
from guichet.payments.models import Incident, PaymentAttempt, attempt_by_notification, attempt_by_return
from guichet.payments.payable import Wiring, payable_of
from guichet.payments.schedule import TOKEN_LIFE
from guichet.payments.states import IncidentKind, Kind, Resolution, Source, State

from .incidents import close
from .recording import Told
from .settling import Settled, absorb, ask_provider, release, settle, settle_attempt


def record_notification(secret: str) -> bool:
    """Note the provider's wish that we ask, whatever it is about; False if the address is none of ours (2 statements)."""
    attempt = attempt_by_notification(notify_key(secret))
    if attempt is None:
        return False
    settle_attempt.enqueue(str(attempt.pk), str(Source.NOTIFICATION))
    return True


def settle_return(secret: str, *, at: datetime, wiring: Wiring) -> Settled:
    """Settle the attempt whose payer came back by this address.

    Raises:
        NotYours: the address belongs to no attempt.
    """
    attempt = _attempt_of_return(secret)
    news = ask_provider(attempt, source=Source.RETURN, at=at, wiring=wiring)
    return absorb(attempt, news, wiring=wiring) if news else Settled(attempt, attempt.case_reference)


def case_of_return(secret: str) -> str:
    """The reference of the case whose payer came back by this address, without asking anybody.

    Raises:
        NotYours: the address belongs to no attempt.
    """
    return _attempt_of_return(secret).case_reference


def _attempt_of_return(secret: str) -> PaymentAttempt:
    attempt = attempt_by_return(return_key(secret))
    if attempt is None:
        raise NotYours("Cette adresse de retour n'existe pas.")
    return attempt


@job()
def mop_up(*, at: datetime) -> Callable[[], None]:
    """Have every attempt that is due looked at again (payers who never came back, notifications that never came).

    One indexed query; attempts paid long ago aren't touched.
    """
    due = list(PaymentAttempt.objects.to_look_at(at).only("pk", "state", "opened_at").order_by("next_ask_at")[:500])

    def commit() -> None:
        for attempt in due:
            if _is_over(attempt, at):
                _forget_page(attempt)
            else:
                settle_attempt.enqueue(str(attempt.pk), str(Source.MOP_UP))

    return commit


def _is_over(attempt: PaymentAttempt, at: datetime) -> bool:
    return attempt.state == State.NOT_PAID and attempt.opened_at is not None and at >= attempt.opened_at + TOKEN_LIFE


def _forget_page(attempt: PaymentAttempt) -> None:
    """Erase the token of an unpaid attempt: the provider answers no more."""
    unpaid = PaymentAttempt.objects.filter(pk=attempt.pk, state=State.NOT_PAID)
    unpaid.update(token=None, redirect_address=None, next_ask_at=None)


def ask_again(attempt_id: UUID, *, actor: Actor, at: datetime, wiring: Wiring) -> State:
    """Ask the provider about an attempt at an agent's request; outside any transaction."""
    attempt = PaymentAttempt.objects.filter(pk=attempt_id).first()
    if attempt is None:
        raise NotYours("Ce paiement n'existe pas.")
    record("payment_asked_again", attempt.case_reference, actor=actor, at=at, facts={"attempt": attempt.reference})
    return settle(attempt.pk, source=Source.STAFF, at=at, wiring=wiring)


# What an agent may do about an incident, beside having the provider asked again.
ORDER_RELEASE = "release"
STAFF_RESOLUTIONS: dict[IncidentKind, tuple[str, ...]] = {
    IncidentKind.MISMATCH: (ORDER_RELEASE, Resolution.EXPLAINED),
    IncidentKind.UNKNOWN_END: (Resolution.NOT_PAID, Resolution.EXPLAINED),
}


def resolutions_of(incident: Incident) -> tuple[str, ...]:
    """What an agent may decide about this incident now; empty once it is closed."""
    if incident.resolved_at is not None:
        return ()
    return STAFF_RESOLUTIONS.get(IncidentKind(incident.kind), (Resolution.EXPLAINED,))


def resolve_incident(incident_id: UUID, *, resolution: str, actor: Actor, at: datetime, wiring: Wiring) -> None:
    """Do what an agent decided: release held money, declare an attempt without end unpaid, or close as explained.

    A release closes the incident only when the provider confirms it.

    Raises:
        NotYours: there is no such incident.
        NotAllowedNow: it is closed already, or doesn't allow this.
    """
    with transaction.atomic():
        incident = Incident.objects.filter(pk=incident_id).select_related("attempt").first()
        if incident is None:
            raise NotYours("Cet incident n'existe pas.")
        payable_of(incident.case_reference, wiring).lock(incident.case_reference, on=at.date())
        incident.refresh_from_db(fields=["resolved_at"])
        if resolution not in resolutions_of(incident):
            raise NotAllowedNow("Cet incident est déjà clos ou ne peut pas être clos de cette manière.")
        if resolution == ORDER_RELEASE:
            _order_release(incident, actor=actor, at=at)
            return
        if resolution == Resolution.NOT_PAID:
            absorb(incident.attempt, Told(Kind.DECLARED_NOT_PAID, Source.STAFF, at, {}), wiring=wiring)
        close(incident, resolution=Resolution(resolution), actor=actor, at=at)


def _order_release(incident: Incident, *, actor: Actor, at: datetime) -> None:
    attempt = PaymentAttempt.objects.select_for_update().get(pk=incident.attempt_id)
    if not attempt.is_undecided or attempt.state not in (State.AUTHORISED, State.CAPTURED):
        raise NotAllowedNow("Ce montant est déjà accepté ou en cours de libération.")
    release(attempt, IncidentKind(incident.kind))
    attempt.save(update_fields=["void_reason"])
    record("payment_release_ordered", attempt.case_reference, actor=actor, at=at, facts={"attempt": attempt.reference})
