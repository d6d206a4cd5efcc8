"""Orders on the desk, by the real path from the form to the agent, and the agents who look at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guichet.casework import worker
from guichet.casework.acts import Actor
from guichet.casework.models import Job
from guichet.institutions import operations as institutions
from guichet.institutions.models import Office, Role
from guichet.kit.clock import day_of
from guichet.orders import handling
from guichet.orders.models import Order
from guichet.people.models import Account, Person
from tests.orders.builders import AT, an_order, pay
from tests.people.register.builders import the_cast

NOW = AT + timedelta(days=2)
GREEN, FORBIDDEN, MISSING = 200, 403, 404


def an_agent(role: Role = Role.CLERK, *, email: str = "carole@office.example", name: str = "Carole Clerc") -> Account:
    """Somebody who works in the office that runs the counter."""
    account = Account.objects.create_account(email, password=None, name=name, at=AT)
    institutions.appoint(account, institutions.load()[0], role, from_on=day_of(AT))
    return account


def browser_of(account: Account) -> Client:
    """A browser in which the account is signed in."""
    browser = Client()
    browser.force_login(account)
    return browser


def at_the_desk(role: Role = Role.CLERK) -> Client:
    """A browser at the desk."""
    return browser_of(an_agent(role))


def clerk_named(account: Account) -> Actor:
    """The account as a clerk in the journal."""
    return Actor("clerk", str(account.pk))


def another_office() -> Office:
    """An office that does not run this counter."""
    return Office.objects.create(
        code="commune",
        name="Mairie d'ailleurs",
        kind="cantonal",
        address="Rue 1\n1200 Genève",
        contact_technical="t@autre.example",
        contact_substance="s@autre.example",
    )


def amelie() -> Person:
    """Amélie Rochat of the register, with whom a guest's order is compared."""
    if not Person.objects.exists():
        the_cast()
    return Person.objects.get(local_person_id="GE-D01")


def let_the_worker_work(at: datetime = NOW) -> int:
    """Everything that is due in the background is done."""
    return worker.drain(wiring={}, clock=lambda: at)


def without_mails() -> None:
    """Mails are no subject of the test: nothing owed is tried."""
    Job.objects.filter(task_path__endswith="outbox.send").delete()


def in_examination(**given: Any) -> Order:
    """A guest's paid order that an agent must examine."""
    order = pay(an_order(**given), at=given.get("at", AT))
    without_mails()
    let_the_worker_work()
    order.refresh_from_db()
    assert order.state == "examination"
    return order


def identified(**given: Any) -> Order:
    """The same, the person designated."""
    order = in_examination(**given)
    handling.identify(order, person_id=amelie().pk, clerk=Actor("clerk", "carole"), at=AT)
    return order


def to_be_posted(**given: Any) -> Order:
    """Granted by an agent and issued by the worker; needs the ``sealing`` fixture."""
    order = identified(**given)
    handling.grant(order, clerk=Actor("clerk", "carole"), at=AT)
    let_the_worker_work()
    order.refresh_from_db()
    assert order.state == "issued"
    return order


def refused(**given: Any) -> Order:
    """Refused by a decision whose letter the worker has written; needs the ``sealing`` fixture."""
    order = in_examination(**given)
    handling.refuse(
        order,
        grounds=["not_resident"],
        reasons="Vous avez quitté le canton avant la commande.",
        clerk=Actor("clerk", "carole"),
        signatory="Carole Clerc",
        at=AT,
    )
    let_the_worker_work()
    order.refresh_from_db()
    return order


@contextmanager
def at_most(number: int) -> Iterator[CaptureQueriesContext]:
    """No more than so many statements, session, account and seat included."""
    with CaptureQueriesContext(connection) as seen:
        yield seen
    told = "\n".join(query["sql"][:160] for query in seen.captured_queries)
    assert len(seen) <= number, f"{len(seen)} statements, {number} allowed:\n{told}"
