"""The background work of orders: look at what was paid, make and seal documents, write decisions, give up drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from guichet.casework.acts import SYSTEM, Act, Actor, take_in_turn
from guichet.casework.jobs import job
from guichet.casework.models import OutboxMessage
from guichet.casework.outbox import owe_all
from guichet.casework.retention import DRAFTS_KEPT_DAYS
from guichet.documents import operations as documents
from guichet.documents.bearers import Bearer
from guichet.documents.models import IssuedDocument, in_force
from guichet.documents.operations import Ready
from guichet.kit.ids import short_code
from guichet.kit.lookups import Lookup
from guichet.payments.models import Incident
from guichet.people.register import Extract, extract

from . import compose, operations
from .eligibility import all_met, findings
from .mails import mail, owe
from .models import Decision, Delivery, Order

Commit = Callable[[], None]
_ORDERS = Lookup(Order, "id", "version", "service")


class Made(NamedTuple):
    """A document that is made, sealed and stored, and the person it is about; nobody has it yet."""

    person: Extract
    ready: Ready


class FollowUp(NamedTuple):
    """What the examination of a paid order came to: the conditions that are met and the document, or an agent's turn."""

    conditions: tuple[str, ...] = ()
    made: Made | None = None


def _order(order_id: str) -> Order | None:
    return _ORDERS.find(order_id)


def _read_person(order: Order, at: datetime) -> Extract:
    if order.person_id is None:
        raise ValueError("no person was identified")
    return extract(
        order.person_id,
        reader=SYSTEM,
        reason=f"établir : {order.version.title}",
        case_reference=order.reference,
        at=at,
        # The bearer of an own account, or of an order that an agent granted, may have the address written on it.
        with_protected_address=order.account_id is not None,
    )


@job(lease_seconds=120, alarm_at=4, takes_over=True)
def examine_paid(order_id: str, *, at: datetime) -> Commit | None:
    """Look at an order whose payment was collected: issue it at once if everything is certain, else call an agent."""
    order = _order(order_id)
    if order is None or order.state != "paid":
        return None
    follow_up = examined(order, at=at)
    return partial(conclude, order, follow_up, at=at) if follow_up else None


def examined(order: Order, *, at: datetime) -> FollowUp | None:
    """Examine an order and, if everything is certain, make its document: slow, safe to do twice, outside any transaction.

    None while an incident of payment holds it (CGV 3/2).
    """
    if Incident.objects.holding(order.reference).exists():
        return None
    if order.person_id is None:
        return FollowUp()
    person = _read_person(order, at)
    found = findings(order.version.conditions, person.eligibility)
    if not all_met(found):
        return FollowUp()
    return FollowUp(tuple(finding.code for finding in found), Made(person, _prepare(order, person, at)))


def conclude(
    order: Order,
    follow_up: FollowUp,
    *,
    at: datetime,
    after: Sequence[Act] = (),
    mails: Sequence[OutboxMessage] = (),
) -> None:
    """Make the examination take effect in the caller's transaction, with the acts and mails that lead to it."""
    if follow_up.made is None:
        take_in_turn([*after, Act("examination_opened", SYSTEM)], order, at=at)
        if mails:
            owe_all(mails)
        return
    granted = Act("service_granted", SYSTEM, facts={"conditions": list(follow_up.conditions)})
    _issue(order, follow_up.made, at=at, after=[*after, granted], mails=mails)


def _prepare(order: Order, person: Extract, at: datetime) -> Ready:
    """Render, seal and store the document: slow, safe to do twice, outside any transaction."""
    content = compose.attestation(order, person, verification=documents.new_verification(), at=at)
    return documents.prepare(content, title=content.title, issued_at=at)


@job(lease_seconds=120, alarm_at=4)
def produce(order_id: str, *, at: datetime) -> Commit | None:
    """Make the document of an order that an agent granted, or again after an error of the office."""
    order = _order(order_id)
    if order is None or order.state != "granted":
        return None
    person = _read_person(order, at)
    made = Made(person, _prepare(order, person, at))
    return lambda: _issue(order, made, at=at, supersedes=_replaced(order, at=at))


def _issue(
    order: Order,
    made: Made,
    *,
    at: datetime,
    after: Sequence[Act] = (),
    mails: Sequence[OutboxMessage] = (),
    supersedes: IssuedDocument | None = None,
) -> None:
    """Keep the document, move the order, owe the applicant the key: in the caller's transaction (CGV 2/3)."""
    person, ready = made
    download = order.delivery == Delivery.DOWNLOAD
    key = short_code() if download else ""
    issued = documents.keep(
        ready,
        case_reference=order.reference,
        kind="attestation",
        actor=SYSTEM,
        at=at,
        bearer=Bearer(person.official_name, person.born_on) if person.born_on else None,
        access_key=key,
        supersedes=supersedes,
    )
    facts = {"document": ready.digest, "data": ready.data_digest, "version": issued.version}
    acts = [*after, Act("document_issued", SYSTEM, facts=facts)]
    owed = [*mails]
    if download:
        acts.append(Act("document_made_available", SYSTEM, {"due_on": None}))
        owed.append(mail(order, "document_ready", {"access_key": key}, key=str(issued.version)))
    take_in_turn(acts, order, at=at)
    if owed:
        owe_all(owed)


def _replaced(order: Order, *, at: datetime) -> IssuedDocument | None:
    """The wrong document that a correction replaces (CGV 3/3), if there is one; it no longer holds from now on."""
    earlier = in_force(order.reference, "attestation")
    if earlier is not None:
        documents.revoke(earlier, reason="remplacé : erreur de l'office", actor=SYSTEM, at=at)
    return earlier


@job(lease_seconds=120, alarm_at=4)
def write_decision(decision_id: str, *, at: datetime) -> Commit | None:
    """Write, seal and keep the letter of a refusal, and tell the applicant where to read it."""
    decision = Decision.objects.filter(pk=decision_id).first()
    if decision is None:
        return None
    order = Order.objects.select_related("version__service").get(reference=decision.case_reference)
    if IssuedDocument.objects.of_case(order.reference).filter(kind="decision").exists():
        return None
    content = compose.refusal(order, decision, verification=documents.new_verification())
    ready = documents.prepare(content, title="Décision de refus", issued_at=at)
    clerk = Actor("clerk", decision.decided_by)

    def commit() -> None:
        documents.keep(ready, case_reference=order.reference, kind="decision", actor=clerk, at=at)
        owe(order, "decision_rendered")

    return commit


@job()
def lapse(*, at: datetime) -> None:
    """Give up the orders that were neither paid nor touched for as long as drafts are kept."""
    operations.lapse(at - timedelta(days=DRAFTS_KEPT_DAYS), at=at)
