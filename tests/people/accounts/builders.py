"""People of the register, accounts in the situations of the counter, and what was written to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from guichet.casework.acts import Actor
from guichet.casework.models import OutboxMessage
from guichet.casework.outbox import compose
from guichet.gateways.register import cast
from guichet.gateways.register.port import Header, PersonRecord
from guichet.kit import clock
from guichet.people.accounts import operations
from guichet.people.models import Account, Person
from guichet.people.register.deliveries import import_delivery

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
ON = date(2026, 11, 2)
PASSWORD = "quatre mots sans lien"
STRANGER = Actor("applicant", "test")


class CastDelivery:
    """The standing cast as a delivery of the register."""

    header = Header("cast", "sedex://T0-0-0", AT, is_test=True)

    def __init__(self, *local_person_ids: str) -> None:
        self.wanted = local_person_ids

    def __iter__(self) -> Iterator[PersonRecord]:
        return (one for one in cast.people(ON) if not self.wanted or one.local_person_id in self.wanted)


def the_register(*local_person_ids: str) -> None:
    """Import the cast, or these of it."""
    import_delivery(CastDelivery(*local_person_ids), clock=lambda: AT, rejected=lambda rejection: None)


def amelie() -> Person:
    """Amélie Rochat, in the register."""
    the_register("GE-D01")
    return Person.objects.get(local_person_id="GE-D01")


def an_account(email: str = "alice@exemple.ch", *, verified_for: Person | None = None) -> Account:
    """A simple account with a confirmed address, or one verified by its letter."""
    account = Account.objects.create_account(email, password=PASSWORD, name="Alice Test", at=AT)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    if verified_for is not None:
        operations.request_verification(account, verified_for, at=AT)
        operations.verify(account, typed=code_of(account), at=AT)
    return account


def letters_to(account: Account) -> list[OutboxMessage]:
    """The letters owed because of an account, the newest last."""
    return list(OutboxMessage.objects.letters().filter(case_reference=account.reference).order_by("id"))


def code_of(account: Account) -> str:
    """The code in the newest letter."""
    code: str = letters_to(account)[-1].context["code"]
    return code


def mails_to(email: str) -> list[OutboxMessage]:
    """The mails owed to an address, the newest last."""
    return [row for row in OutboxMessage.objects.filter(channel="mail").order_by("id") if row.to == email]


def mailed_code(email: str) -> str:
    """The code in the newest mail to an address."""
    code: str = mails_to(email)[-1].context["code"]
    return code


def text_of(row: OutboxMessage) -> str:
    """Subject and body of something owed."""
    return "\n".join(compose(row))


def signed_in(account: Account, **headers: Any) -> Client:
    """A browser in which the holder of the account has typed address and password."""
    browser = Client(**headers)
    answer = browser.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return browser


def now() -> datetime:
    """The clock that pages read."""
    return clock.now()
