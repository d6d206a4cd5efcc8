"""How many statements each page, step and job may cost: a change that adds one says so here.

Counted as in ``tests/load/meter.py``: every statement but those that begin and end transactions and savepoints.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from guichet.casework import worker
from guichet.casework.acts import Actor
from guichet.config.wiring import WIRING
from guichet.documents import sealing
from guichet.institutions import operations as institutions
from guichet.institutions.models import Role
from guichet.kit import memory
from guichet.kit.clock import day_of
from guichet.orders import terms
from guichet.orders.models import Order
from guichet.payments import operations as payments
from guichet.payments.addresses import secrets_of
from guichet.payments.models import PaymentAttempt
from tests.orders.builders import AT, RESIDENCE, an_account, an_order, pay, the_office
from tests.payments.builders import Counter, a_counter

pytestmark = pytest.mark.django_db

_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ")
# Session and account are one statement of each page of somebody signed in, on the pages of an order with the order.
STEPS = {
    "catalogue": 1,
    "service": 1,
    "begin": 5,
    "person": 1,
    "person, sent": 2,
    "delivery": 1,
    "delivery, sent": 2,
    "review": 1,
    "review, sent, payment opened": 9,
    "notification": 2,
    "return": 9,
    "tracking": 4,
    "worker": 23,
}
WHOLE_ORDER = 61
# The worker's share where the notification is worked on before the payer is back: settled, captured, issued, sent.
WORKED_ON_AT_ONCE = 32
# Each step's own; why there are so many is told in docs/adr/0011.
COMMITS = {
    "begin": 1,
    "person, sent": 1,
    "delivery, sent": 1,
    "review, sent, payment opened": 2,
    "notification": 1,
    "return": 1,
    "worker": 4,
}
GUEST_PAGES = {"/": 0, "/prestations/": 1, f"/prestations/{RESIDENCE}/": 1, "/conditions/": 1, "/verifier/": 0}
LAW_PAGES = (
    "/droit/",
    "/droit/?q=recours",
    "/droit/lipad/",
    "/droit/lipad/28/",
    "/droit/lipad/imprimer/",
    "/droit/procedures/lipad.access/",
    "/droit/questions/lipad.communication/",
)
GUEST_PAGES |= dict.fromkeys(LAW_PAGES, 0)
DESK_PAGES = 6


class Statements(list[str]):
    """Collects the statements that were executed."""

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if not sql.startswith(_NOT_COUNTED):
            self.append(sql)
        return execute(sql, params, many, context)


def statements_of(act: Callable[[], Any]) -> tuple[int, Any]:
    """How many statements an act costs, and what it gave."""
    with connection.execute_wrapper(statements := Statements()):
        given = act()
    return len(statements), given


Counted = Callable[[Callable[[], Any]], tuple[int, Any]]


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The house at the builders' instant, with a provider that says what the test wants and without the seal."""
    scripted = a_counter()
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)
    monkeypatch.setattr(memory, "FRESH_SECONDS", 600.0)  # whatever is counted happens within the same few seconds
    monkeypatch.setitem(WIRING, "provider", scripted.wiring["provider"])
    monkeypatch.setattr(sealing, "seal", lambda pdf: pdf)
    return scripted


def somebody_known(client: Client) -> None:
    """Somebody whose account is verified and who is signed in; the letter and the mails of that are sent."""
    the_office()
    client.force_login(an_account())
    client.get("/prestations/")
    terms.shown(AT)
    worker.drain(wiring=WIRING, clock=lambda: AT)


def a_whole_order(client: Client, counter: Counter, counted: Counted = statements_of) -> dict[str, int]:
    """The statements of each step, or whatever ``counted`` counts, from the catalogue to the document."""
    spent: dict[str, int] = {}

    def take(step: str, path: str, form: dict[str, str] | None = None) -> Any:
        def ask() -> Any:
            return client.get(path) if form is None else client.post(path, form)

        spent[step], answer = counted(ask)
        assert answer.status_code < 400, f"{step}: {answer.status_code}"
        return answer

    take("catalogue", "/prestations/")
    start = take("service", f"/prestations/{RESIDENCE}/").context["start_key"]
    person = take("begin", f"/prestations/{RESIDENCE}/commander/", {"start_key": start})["Location"]
    take("person", person)
    delivery = take("person, sent", person, {"email": "alice@exemple.ch"})["Location"]
    take("delivery", delivery)
    review = take("delivery, sent", delivery, {"delivery": "download"})["Location"]
    shown = take("review", review).context["form"].initial
    take("review, sent, payment opened", review, {**shown, "accept": "on"})
    attempt = PaymentAttempt.objects.get()
    counter.pays(attempt, AT)
    secrets = secrets_of(attempt.pk)
    take("notification", f"/paiement/avis/{secrets.notify}/s")
    take("return", f"/paiement/retour/{secrets.back}")
    take("tracking", f"/suivi/{Order.objects.get().token}/")
    spent["worker"], _ = counted(lambda: worker.drain(wiring=WIRING, clock=lambda: AT))
    assert Order.objects.get().state == "delivered"
    return spent


def test_no_step_of_an_order_costs_more_statements_than_its_budget(client: Client, counter: Counter) -> None:
    somebody_known(client)

    spent = a_whole_order(client, counter)

    assert {step: cost for step, cost in spent.items() if cost > STEPS[step]} == {}
    assert sum(spent.values()) <= WHOLE_ORDER


def test_an_order_that_is_worked_on_before_the_payer_is_back_costs_no_more(client: Client, counter: Counter) -> None:
    the_office()
    order = an_order(account=an_account())
    worker.drain(wiring=WIRING, clock=lambda: AT)
    applicant = Actor("applicant", "alice")
    payments.start(order.reference, description="x", language="fr", actor=applicant, at=AT, wiring=WIRING)
    attempt = PaymentAttempt.objects.get()
    counter.pays(attempt, AT)
    client.get(f"/paiement/avis/{secrets_of(attempt.pk).notify}/s")

    worked, _ = statements_of(lambda: worker.drain(wiring=WIRING, clock=lambda: AT))
    returned, page = statements_of(lambda: client.get(f"/paiement/retour/{secrets_of(attempt.pk).back}"))

    assert "Votre paiement a réussi" in page.content.decode()
    assert Order.objects.get().state == "delivered"
    assert worked <= WORKED_ON_AT_ONCE
    assert returned <= 2


class Commits:
    """Counts the transactions that were committed, those of a single statement that writes among them."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if not context["connection"].in_atomic_block and not sql.startswith((*_NOT_COUNTED, "SELECT")):
            self.number += 1
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_no_step_of_an_order_commits_more_often_than_its_budget(
    client: Client, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody_known(client)
    commits = Commits()
    commit = BaseDatabaseWrapper._commit

    def counting(self: Any) -> Any:
        commits.number += 1
        return commit(self)

    def commits_of(act: Callable[[], Any]) -> tuple[int, Any]:
        before = commits.number
        given = act()
        return commits.number - before, given

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", counting)
    with connection.execute_wrapper(commits):
        made = a_whole_order(client, counter, commits_of)

    assert {step: number for step, number in made.items() if number} == COMMITS


@pytest.mark.parametrize(("path", "budget"), GUEST_PAGES.items())
def test_a_public_page_costs_a_guest_no_more_than_its_budget(client: Client, path: str, budget: int) -> None:
    the_office()

    cost, answer = statements_of(lambda: client.get(path))

    assert answer.status_code == 200
    assert cost <= budget


@pytest.mark.parametrize("path", ["/bureau/", "/bureau/commandes/", "/bureau/a-poster/", "/bureau/taches/"])
def test_a_page_of_the_desk_costs_the_same_however_many_orders_there_are(
    client: Client, counter: Counter, path: str
) -> None:
    the_office()
    clerk = an_account("carole@exemple.ch", person=None)
    (office,) = [one for one in institutions.load() if one.code == "ocpm"]
    institutions.appoint(clerk, office, Role.SUPERVISOR, from_on=day_of(AT))
    client.force_login(clerk)
    pay(an_order())
    client.get(path)
    few, answer = statements_of(lambda: client.get(path))
    assert answer.status_code == 200

    for _ in range(4):
        pay(an_order())
    more, _ = statements_of(lambda: client.get(path))

    assert more == few
    assert few <= DESK_PAGES
