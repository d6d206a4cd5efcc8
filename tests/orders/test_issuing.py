"""From the collected payment to the document, the agent or the refusal (CGV 2/3, 3/2, 3/5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from guichet.casework import journal, worker
from guichet.casework.models import OutboxMessage
from guichet.documents import operations as documents
from guichet.documents.contents import Verification
from guichet.documents.models import IssuedDocument, in_force
from guichet.institutions.directory import COURT
from guichet.institutions.models import Office
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.orders import compose, handling
from guichet.orders.models import Decision, Order
from guichet.people.models import Person, Reading

from .builders import AT, CLERK, an_account, an_open_incident, an_order, pay, the_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealing")]


def work() -> int:
    """Let the worker do what is due."""
    return worker.drain(wiring={}, clock=lambda: AT)


def fresh(order: Order) -> Order:
    """The order as stored now."""
    return Order.objects.select_related("version__service").get(pk=order.pk)


def test_a_verified_accounts_order_is_issued_by_the_worker_without_an_agent() -> None:
    order = pay(an_order(account=an_account()))

    work()

    assert fresh(order).state == "delivered"
    issued = IssuedDocument.objects.get(case_reference=order.reference)
    assert documents.content_of(issued).startswith(b"%PDF-")
    last = [entry for entry in journal.entries(order.reference) if entry.act == "document_issued"][0]
    assert last.facts["document"] == issued.digest
    ready = OutboxMessage.objects.get(kind="orders/document_ready")
    assert documents.opened_by(ready.context["access_key"]) == issued


def test_reading_the_register_for_a_document_is_logged_with_the_order() -> None:
    order = pay(an_order(account=an_account()))

    work()

    reading = Reading.objects.get(case_reference=order.reference)
    assert "établir" in reading.reason


def test_a_guests_order_waits_for_an_agent() -> None:
    order = pay(an_order())

    work()

    assert fresh(order).state == "examination"
    assert not IssuedDocument.objects.exists()


def test_an_agent_grants_once_the_person_is_identified_and_the_document_goes_by_post() -> None:
    the_cast()
    order = pay(an_order())
    work()
    order = fresh(order)
    with pytest.raises(handling.PersonNotIdentified):
        handling.grant(order, clerk=CLERK, at=AT)

    handling.identify(order, person_id=Person.objects.get(local_person_id="GE-D01").pk, clerk=CLERK, at=AT)
    handling.grant(order, clerk=CLERK, at=AT)
    work()

    assert fresh(order).state == "issued"
    posted, left = handling.post([fresh(order)], clerk=CLERK, at=AT)
    assert (len(posted), left) == (1, [])
    assert fresh(order).state == "delivered"


def test_posting_the_same_order_twice_posts_it_once() -> None:
    the_cast()
    order = pay(an_order())
    work()
    handling.identify(order, person_id=Person.objects.get(local_person_id="GE-D01").pk, clerk=CLERK, at=AT)
    handling.grant(fresh(order), clerk=CLERK, at=AT)
    work()
    first, second = fresh(order), fresh(order)

    handling.post([first], clerk=CLERK, at=AT)
    posted, left = handling.post([second], clerk=CLERK, at=AT)

    assert (posted, [o.pk for o in left]) == ([], [order.pk])
    assert OutboxMessage.objects.filter(kind="orders/document_posted").count() == 1


def test_a_refusal_is_a_sealed_decision_and_the_fee_stays_due() -> None:
    order = pay(an_order())
    work()

    handling.refuse(
        fresh(order),
        grounds=["not_registered"],
        reasons="La personne désignée ne figure pas au registre des habitants.",
        clerk=CLERK,
        signatory="Carole Jaquet, gestionnaire",
        at=AT,
    )
    work()

    assert fresh(order).state == "refused"
    assert fresh(order).paid_at is not None
    assert IssuedDocument.objects.get(kind="decision").case_reference == order.reference
    assert OutboxMessage.objects.filter(kind="orders/decision_rendered").count() == 1


def test_the_letter_of_a_refusal_names_the_court_of_the_directory() -> None:
    order = pay(an_order())
    Office.objects.filter(code=COURT).update(name="Chambre des recours", address="Rue Haute 1\n1200 Genève")
    decision = Decision(case_reference=order.reference, grounds=["not_registered"], reasons="…", decided_at=AT)

    letter = compose.refusal(order, decision, verification=Verification(code="X", address="https://exemple.ch/X"))

    assert letter.remedy is not None
    assert "auprès de la chambre des recours (Rue Haute 1, 1200 Genève) dans les 30 jours" in letter.remedy.text


@pytest.mark.parametrize(
    ("grounds", "reasons"),
    [
        ([], "Une raison assez longue pour la lettre."),
        (["because"], "Une raison assez longue."),
        (["not_swiss"], "non"),
    ],
)
def test_a_refusal_without_ground_or_reasons_is_not_rendered(grounds: list[str], reasons: str) -> None:
    order = pay(an_order())
    work()

    with pytest.raises(Refused):
        handling.refuse(fresh(order), grounds=grounds, reasons=reasons, clerk=CLERK, signatory="Carole", at=AT)

    assert fresh(order).state == "examination"
    assert not Decision.objects.exists()


def test_the_time_to_appeal_runs_from_the_first_notification_only() -> None:
    order = pay(an_order())
    work()
    reasons = "La personne désignée ne figure pas au registre."
    decision = handling.refuse(
        fresh(order), grounds=["not_registered"], reasons=reasons, clerk=CLERK, signatory="Carole", at=AT
    )

    deadline = handling.notify(decision, on=AT.date(), actor=CLERK, at=AT)
    again = handling.notify(decision, on=AT.date().replace(day=28), actor=CLERK, at=AT)

    assert deadline is not None
    # 30 days from 23 November 2026, the suspension of 18 December to 2 January not counted.
    assert deadline.last_day.isoformat() == "2027-01-08"
    assert again is None
    assert Decision.objects.get().appeal_by == deadline.last_day


def test_a_document_wrong_by_the_offices_error_is_made_again_without_charge_and_the_first_is_revoked() -> None:
    order = pay(an_order(account=an_account()))
    work()
    first = IssuedDocument.objects.get()

    handling.correct(fresh(order), reason="Adresse mal reprise du registre.", clerk=CLERK, at=AT)
    work()

    assert fresh(order).state == "delivered"
    first.refresh_from_db()
    assert first.is_revoked
    holding = in_force(order.reference, "attestation")
    assert holding is not None and holding.supersedes_id == first.pk
    assert OutboxMessage.objects.filter(kind="orders/document_ready").count() == 2


def test_a_worker_killed_between_sealing_and_issuing_leaves_one_document() -> None:
    order = pay(an_order(account=an_account()))
    claimed = worker.claim(AT)
    while claimed is not None and claimed.task.name != "examine_paid":
        worker.perform(claimed, wiring={}, clock=lambda: AT)
        claimed = worker.claim(AT)
    assert claimed is not None
    claimed.task.func(*claimed.args, at=AT)  # sealed and stored, then killed: commit() never ran
    worker.drain(wiring={}, clock=lambda: AT)
    assert fresh(order).state == "paid"

    worker.drain(wiring={}, clock=lambda: AT + timedelta(seconds=121))

    assert fresh(order).state == "delivered"
    assert IssuedDocument.objects.count() == 1


def test_the_database_itself_refuses_an_issue_without_payment() -> None:
    order = an_order()

    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(state="issued", validated_at=AT)


def test_nothing_is_granted_while_a_payment_incident_is_open() -> None:
    the_cast()
    order = pay(an_order())
    work()
    handling.identify(order, person_id=Person.objects.get(local_person_id="GE-D01").pk, clerk=CLERK, at=AT)
    an_open_incident(order)

    with pytest.raises(NotAllowedNow, match="incident"):
        handling.grant(fresh(order), clerk=CLERK, at=AT)
