"""The background work of orders: look at what was paid, make and seal documents, write decisions, give up drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from guichet.casework.acts import SYSTEM, Actor, take
from guichet.casework.jobs import job
from guichet.documents import operations as documents
from guichet.documents.bearers import Bearer
from guichet.documents.models import IssuedDocument
from guichet.documents.operations import Ready
from guichet.kit.ids import short_code
from guichet.payments.models import Incident
from guichet.people.register import Extract, extract

from . import compose, operations
from .eligibility import all_met, findings
from .mails import owe
from .models import Decision, Delivery, Order

UNTOUCHED_DAYS = 30
Commit = Callable[[], None]


def _order(order_id: str) -> Order | None:
    return Order.objects.select_related("version__service").filter(pk=order_id).first()


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


@job(lease_seconds=120, alarm_at=4)
def examine_paid(order_id: str, *, at: datetime) -> Commit | None:
    """Look at an order whose payment was collected: issue it at once if everything is certain, else call an agent."""
    order = _order(order_id)
    if order is None or order.state != "paid" or Incident.objects.holding(order.reference).exists():
        return None
    if order.person_id is None:
        return lambda: _call_agent(order, at)
    person = _read_person(order, at)
    found = findings(order.version.conditions, person.eligibility)
    if not all_met(found):
        return lambda: _call_agent(order, at)
    ready = _prepare(order, person, at)

    def grant_and_issue() -> None:
        take("service_granted", order, actor=SYSTEM, at=at, facts={"conditions": [f.code for f in found]})
        _issue(order, person, ready, at=at)

    return grant_and_issue


def _call_agent(order: Order, at: datetime) -> None:
    take("examination_opened", order, actor=SYSTEM, at=at)


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
    ready = _prepare(order, person, at)
    return lambda: _issue(order, person, ready, at=at)


def _issue(order: Order, person: Extract, ready: Ready, *, at: datetime) -> None:
    """Keep the document, move the order, owe the applicant the key: one transaction (CGV 2/3)."""
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
        supersedes=_replaced(order, at=at),
    )
    facts = {"document": ready.digest, "data": ready.data_digest, "version": issued.version}
    take("document_issued", order, actor=SYSTEM, at=at, facts=facts)
    if download:
        take("document_made_available", order, actor=SYSTEM, at=at, fields={"due_on": None})
        owe(order, "document_ready", {"access_key": key}, key=str(issued.version))


def _replaced(order: Order, *, at: datetime) -> IssuedDocument | None:
    """The wrong document that a correction replaces (CGV 3/3), if there is one; it no longer holds from now on."""
    earlier = IssuedDocument.objects.of_case(order.reference).in_force().filter(kind="attestation").first()
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
    """Give up the orders that were neither paid nor touched for thirty days."""
    operations.lapse(at - timedelta(days=UNTOUCHED_DAYS), at=at)
