"""The production of documents: ordered once, asked about until the end, each answer taken to where the law leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from guichet.casework.acts import SYSTEM, Actor, record, take
from guichet.casework.jobs import job
from guichet.documents import store
from guichet.gateways.production import configured
from guichet.gateways.production.port import DocumentOrder, Told
from guichet.identity.mails import owe
from guichet.identity.models import IdentityApplication, ProductionOrder, ProductionState
from guichet.identity.models.production import FINAL, MADE

from . import objections, pieces, reminding
from .due import set_due_date

PRODUCTION = Actor("centre", "production")
# An order that is not answered is put again by the job's own retries; past these, the hourly look finds it.
AT_ONCE = 100


def latest(application: IdentityApplication) -> dict[str, ProductionOrder]:
    """The last order of each document (1 query)."""
    return {one.document: one for one in application.production_orders.order_by("round")}


def order(application: IdentityApplication, *, at: datetime) -> list[ProductionOrder]:
    """Write down an order for each document, and the jobs that send them: in the transaction of the approval.

    After a rejection only what was rejected is ordered again: the other document goes its own way.
    """
    before = latest(application)
    orders = []
    for place, document in enumerate(application.documents, start=1):
        last = before.get(document)
        if last is not None and last.state != ProductionState.REJECTED:
            continue
        round_ = last.round + 1 if last else 1
        orders.append(
            ProductionOrder(
                application=application,
                document=document,
                round=round_,
                reference=f"{application.reference}-{place}-{round_}",
                ordered_at=at,
                next_ask_at=at,
            )
        )
    ProductionOrder.objects.bulk_create(orders)
    for one in orders:
        follow.enqueue(str(one.pk))
    if not orders:
        # The centre took it back by hand while the production went on: what is made already need not be made again.
        _go_on(application, at=at)
    return orders


@job(lease_seconds=120, alarm_at=4)
def follow(order_id: str, *, at: datetime) -> Callable[[], None] | None:
    """Send an order, or ask how far it is. Killed anywhere, it puts the same question again: the reference orders once."""
    row = ProductionOrder.objects.select_related("application").filter(pk=order_id).first()
    if row is None or row.state in FINAL:
        return None
    told = heard_of(row)
    return partial(absorb, row.pk, told, at=at)


def heard_of(row: ProductionOrder) -> Told:
    """What the production says of an order; one that it has never heard of is sent (again).

    Raises:
        NotHeard: no usable answer; the job is tried again.
    """
    production = configured.production()
    told = production.ask(row.reference) if row.state != ProductionState.TO_SEND else None
    return told or production.order(_content(row))


def _content(row: ProductionOrder) -> DocumentOrder:
    application = row.application
    data = {str(kind): store.get(one.digest) for kind, one in pieces.held(application).items()}
    born = application.born_on.isoformat() if application.born_on else ""
    lines = tuple(application.address or ())
    return DocumentOrder(row.reference, row.document, {"name": application.name or "", "born_on": born}, lines, data)


def absorb(order_id: UUID, told: Told, *, at: datetime) -> None:
    """Keep what was heard of an order and let the application go where all its orders have got; idempotent."""
    with transaction.atomic():
        known = ProductionOrder.objects.get(pk=order_id)
        application = IdentityApplication.objects.select_for_update(of=("self",)).get(pk=known.application_id)
        row = ProductionOrder.objects.select_for_update(of=("self",)).get(pk=order_id)
        if row.state in FINAL:
            return
        row.state, row.reason, row.heard_at = ProductionState(str(told.stage)), told.reason, at
        row.next_ask_at = None if row.state in FINAL else at + timedelta(seconds=settings.PRODUCTION_SECONDS)
        row.save(update_fields=["state", "reason", "heard_at", "next_ask_at"])
        _go_on(application, at=at)


def _go_on(application: IdentityApplication, *, at: datetime) -> None:
    orders = latest(application)
    states = {one.state for one in orders.values()}
    before = application.state
    if application.state == "ordered" and ProductionState.REJECTED in states:
        _reject(application, list(orders.values()), at=at)
    if application.state == "ordered" and states <= set(MADE):
        _issue(application, list(orders.values()), at=at)
    if application.state == "issued" and states == {ProductionState.DELIVERED}:
        _deliver(application, at=at)
    if application.state == "issued" and states <= set(FINAL) and ProductionState.RETURNED in states:
        take("undelivered_kept", application, actor=PRODUCTION, at=at)
    if application.state != before:
        set_due_date(application, at)
    if application.state == "kept" and before != "kept":
        reminding.tell_of_keeping(application)


def _reject(application: IdentityApplication, orders: list[ProductionOrder], *, at: datetime) -> None:
    """Back to the counter, with the production's reasons: what is corrected is checked and approved anew."""
    reasons = [one.reason for one in orders if one.state == ProductionState.REJECTED]
    fields = {"approved_by": None, "approved_at": None}
    take("production_rejected", application, actor=SYSTEM, at=at, fields=fields, facts={"reasons": reasons})
    objections.take_up(application, actor=PRODUCTION, at=at)


def _issue(application: IdentityApplication, orders: list[ProductionOrder], *, at: datetime) -> None:
    facts = {"orders": [one.reference for one in orders]}
    take("document_issued", application, actor=PRODUCTION, at=at, fields={"issued_at": at}, facts=facts)
    owe(application, "document_issued", {"is_handed_over": "oui"} if application.is_handed_over else None)
    destroy_data.enqueue(str(application.pk))


def _deliver(application: IdentityApplication, *, at: datetime) -> None:
    """Delivered to the address; where an exchange was arranged the counter hands it out against the old document."""
    if application.old_document == "exchanged":
        record("document_arrived", application, actor=SYSTEM, at=at)
        return
    take("document_delivered", application, actor=SYSTEM, at=at)


@job(lease_seconds=120, alarm_at=4)
def destroy_data(application_id: str, *, at: datetime) -> None:
    """Destroy the biometric data of an application whose document exists, with minutes."""
    pieces.purge(UUID(application_id), at=at)


@job()
def ask_again(*, at: datetime) -> None:
    """Put in line the orders whose state is due to be asked about."""
    due = ProductionOrder.objects.filter(next_ask_at__lte=at).order_by("next_ask_at")
    for key in due.values_list("pk", flat=True)[:AT_ONCE]:
        follow.enqueue(str(key))
