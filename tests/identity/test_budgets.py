"""How many statements each page of an application may cost: a change that adds one says so here."""

from __future__ import annotations

import pytest
from django.test import Client

from guichet.identity.models import IdentityApplication
from tests.house.test_budgets import statements_of
from tests.identity.builders import AT, COMMUNE, acted, an_application, the_authorities
from tests.identity.test_portal import born, fill_in
from tests.orders.builders import an_account

pytestmark = pytest.mark.django_db

# The row with its authority is one of each page.
PAGES = {
    "pour-qui/": 1,
    "personne/": 1,
    "domicile/": 1,
    "documents/": 1,
    "motif/": 1,
    "parents/": 1,
    "reponse/": 3,
    "livraison/": 1,
    "verification/": 3,
}
PUBLIC = {"/identite/": 0}
LODGING = 15
TRACKING = 5


@pytest.fixture(autouse=True)
def at_the_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the builders' day."""
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


@pytest.fixture
def child(client: Client) -> IdentityApplication:
    """A draft of a child, ready to be lodged."""
    the_authorities()
    return fill_in(client, bearer="child", person=born(2016), parents="together")


def test_no_page_of_the_form_costs_more_statements_than_its_budget(client: Client, child: IdentityApplication) -> None:
    spent = {
        page: statements_of(lambda page=page: client.get(f"/identite/demande/{child.token}/{page}"))[0]
        for page in PAGES
    }

    assert {page: cost for page, cost in spent.items() if cost > PAGES[page]} == {}


def test_the_lodging_costs_no_more_than_its_budget(client: Client, child: IdentityApplication) -> None:
    path = f"/identite/demande/{child.token}/verification/"

    cost, answer = statements_of(lambda: client.post(path, {"confirmed": "on"}))

    assert answer.status_code == 302
    assert cost <= LODGING


def test_the_page_of_an_application_costs_the_same_however_much_has_happened(client: Client) -> None:
    few, many = an_application(), acted(an_application(), "appearance_recorded", "fee_paid", actor=COMMUNE)

    costs = [statements_of(lambda one=one: client.get(f"/identite/demande/{one.token}/"))[0] for one in (few, many)]

    assert max(costs) <= TRACKING


def test_the_entrance_asks_the_database_nothing(client: Client) -> None:
    assert statements_of(lambda: client.get("/identite/"))[0] <= PUBLIC["/identite/"]


def test_mes_demarches_costs_the_same_however_many_cases_there_are(client: Client) -> None:
    account = an_account(person=None)
    client.force_login(account)
    client.get("/mes-demarches/")
    few, _ = statements_of(lambda: client.get("/mes-demarches/"))
    for _ in range(3):
        application = an_application()
        IdentityApplication.objects.filter(pk=application.pk).update(account=account)

    more, _ = statements_of(lambda: client.get("/mes-demarches/"))

    assert more == few
