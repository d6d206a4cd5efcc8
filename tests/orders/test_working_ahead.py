"""What is examined and made before a collection is written down takes effect with it, or not at all (ADR 0011)."""

from __future__ import annotations

import pytest
from django.db import transaction

from guichet.casework import journal, worker
from guichet.casework.models import Job, OutboxMessage
from guichet.documents import sealing
from guichet.documents.models import IssuedDocument
from guichet.documents.seals import SealUnavailable
from guichet.kit.clock import day_of
from guichet.orders.models import Order
from guichet.orders.payable import PayableOrders
from guichet.people.models import Reading

from .builders import AT, an_account, an_open_incident, an_order, pay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unsealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "seal", lambda pdf: pdf)


def a_validated_order(*, verified: bool = True) -> Order:
    return pay(an_order(account=an_account() if verified else None), collect=False)


def collected(order: Order, ahead: object | None) -> list[str]:
    """Written down as collected; the acts from the validation on."""
    payable = PayableOrders()
    with transaction.atomic():
        standing = payable.lock(order.reference, on=day_of(AT))
        payable.payment_collected(standing, attempt="A-1", receipt="2026-000001", at=AT, ahead=ahead)
    order.refresh_from_db()
    acts = [entry.act for entry in journal.entries(order.reference)]
    assert journal.verify(order.reference) == []
    return acts[acts.index("payment_validated") + 1 :]


def kinds_owed(order: Order) -> set[str]:
    return set(OutboxMessage.objects.filter(case_reference=order.reference).values_list("kind", flat=True))


def test_a_document_made_ahead_is_issued_with_the_collection_each_act_in_its_turn() -> None:
    order = a_validated_order()
    ahead = PayableOrders().work_ahead(order.reference, at=AT)
    assert (IssuedDocument.objects.count(), Order.objects.get(pk=order.pk).state) == (0, "validated")

    acts = collected(order, ahead)

    assert acts == ["payment_collected", "service_granted", "document_issued", "document_made_available"]
    assert (order.state, order.paid_at, order.due_on) == ("delivered", AT, None)
    assert IssuedDocument.objects.get().case_reference == order.reference
    assert kinds_owed(order) == {"orders/order_confirmed", "orders/document_ready"}
    assert Reading.objects.filter(case_reference=order.reference).count() == 1


def test_an_order_that_an_agent_must_look_at_is_theirs_with_the_collection() -> None:
    order = a_validated_order(verified=False)

    acts = collected(order, PayableOrders().work_ahead(order.reference, at=AT))

    assert acts == ["payment_collected", "examination_opened"]
    assert order.state == "examination"
    assert kinds_owed(order) == {"orders/order_confirmed"}
    assert not Job.objects.filter(task_path__endswith="examine_paid").exists()


def test_nothing_is_done_ahead_for_an_order_that_an_incident_holds() -> None:
    order = a_validated_order()
    an_open_incident(order)

    ahead = PayableOrders().work_ahead(order.reference, at=AT)

    assert ahead is None
    assert collected(order, ahead)[-1] == "payment_collected"
    worker.drain(wiring={}, clock=lambda: AT)
    assert (Order.objects.get(pk=order.pk).state, IssuedDocument.objects.count()) == ("paid", 0)


def test_a_seal_that_cannot_be_had_ahead_is_asked_for_again_by_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    order = a_validated_order()

    def none_to_be_had(pdf: bytes) -> bytes:
        raise SealUnavailable

    with monkeypatch.context() as patched, pytest.raises(SealUnavailable):
        patched.setattr(sealing, "seal", none_to_be_had)
        PayableOrders().work_ahead(order.reference, at=AT)

    assert collected(order, None) == ["payment_collected"]
    worker.drain(wiring={}, clock=lambda: AT)
    assert Order.objects.get(pk=order.pk).state == "delivered"
    assert IssuedDocument.objects.count() == 1


def test_what_was_made_ahead_leaves_no_trace_in_the_database_if_the_collection_is_undone() -> None:
    order = a_validated_order()
    ahead = PayableOrders().work_ahead(order.reference, at=AT)

    with pytest.raises(RuntimeError), transaction.atomic():
        collected(order, ahead)
        raise RuntimeError

    assert Order.objects.get(pk=order.pk).state == "validated"
    assert (IssuedDocument.objects.count(), kinds_owed(order)) == (0, set())
    assert collected(Order.objects.get(pk=order.pk), ahead)[0] == "payment_collected"
