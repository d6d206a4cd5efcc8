"""A delivery of the register that changes a name or a sex invites the person to renew their documents, once (RDId 7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guichet.casework import worker
from guichet.casework.models import Channel, Job, OutboxMessage
from guichet.casework.outbox import compose
from guichet.config.wiring import WIRING
from guichet.gateways.register.port import PersonRecord
from guichet.identity.models import RegisterChange, RenewalNotice
from guichet.identity.operations import renewing
from guichet.people.models import Person
from guichet.people.register.changes import IdentityChange
from tests.identity.builders import AT
from tests.orders.builders import an_account
from tests.people.register.builders import amelie, take_in

pytestmark = pytest.mark.django_db


def deliver(record: PersonRecord) -> None:
    """A delivery of this record, and what the worker does about it."""
    take_in(record)
    worker.drain(wiring=WIRING, clock=lambda: AT)


def other_sex(record: PersonRecord) -> Any:
    return next(sex for sex in type(record.sex) if sex != record.sex)


@pytest.mark.applies("RDId 7")
def test_who_has_no_account_is_written_a_letter_to_the_registered_address() -> None:
    deliver(amelie())
    deliver(amelie(official_name="Rochat-Blanc"))

    notice, owed = RenewalNotice.objects.get(), OutboxMessage.objects.get()
    assert (notice.change, notice.commune, notice.is_by_mail) == (RegisterChange.NAME, 6621, False)
    assert (owed.channel, owed.to) == (Channel.LETTER, f"post:{Person.objects.get().pk}")
    subject, body = compose(owed)
    assert "renouveler" in subject
    assert "art. 7 RDId" in body


@pytest.mark.applies("RDId 7")
def test_who_has_a_verified_account_is_written_a_mail() -> None:
    account = an_account()
    OutboxMessage.objects.all().delete()
    deliver(amelie(first_names="Amélie Jeanne"))

    owed = OutboxMessage.objects.get(kind="identity/renewal_notice")
    assert (owed.channel, owed.to) == (Channel.MAIL, account.email)


def test_a_changed_sex_and_a_changed_name_are_told_apart() -> None:
    deliver(amelie())
    deliver(amelie(official_name="Rochat-Blanc", sex=other_sex(amelie())))

    assert {one.change for one in RenewalNotice.objects.all()} == {RegisterChange.NAME, RegisterChange.SEX}


def test_who_has_announced_a_departure_is_invited_until_they_leave() -> None:
    leaving = amelie().residence._replace(departed_on=date(2026, 12, 16))
    deliver(amelie(residence=leaving))
    deliver(amelie(residence=leaving, official_name="Rochat-Blanc"))

    assert RenewalNotice.objects.get().change == RegisterChange.NAME


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name_at_birth": "Blanc"},
        {"official_name": "Rochat-Blanc", "died_on": date(2026, 11, 1)},
        {"official_name": "Rochat-Blanc", "residence": amelie().residence._replace(departed_on=date(2026, 11, 1))},
    ],
    ids=["nothing", "nothing stated", "dead", "departed"],
)
def test_nothing_is_sent_where_no_document_is_to_be_renewed(changes: dict[str, Any]) -> None:
    deliver(amelie())
    deliver(amelie(**changes))

    assert not RenewalNotice.objects.exists()
    assert not Job.objects.exists()


def test_the_same_change_told_or_delivered_twice_is_sent_once() -> None:
    deliver(amelie())
    deliver(amelie(official_name="Rochat-Blanc"))
    deliver(amelie(official_name="Rochat-Blanc"))
    notice = RenewalNotice.objects.get()
    told = IdentityChange(notice.person_id, notice.delivery_id, 6621, has_new_name=True, has_new_sex=False)
    renewing.invite([told, told], AT)

    assert RenewalNotice.objects.count() == 1
    assert OutboxMessage.objects.count() == 1
