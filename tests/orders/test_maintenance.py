"""A maintenance is announced on every page; while it lasts orders wait and everything under way goes on (CGV 8/4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client

from guichet.casework import maintenance
from guichet.casework.models import Maintenance
from guichet.kit import clock
from guichet.kit.clock import ZURICH
from guichet.kit.errors import Refused
from guichet.orders.models import Order

from .builders import AT, RESIDENCE, a_draft, a_filled_draft, an_order, pay, the_office

pytestmark = pytest.mark.django_db
FROM = datetime(2026, 11, 23, 22, 0, tzinfo=ZURICH)
UNTIL = datetime(2026, 11, 24, 2, 0, tzinfo=ZURICH)
CLOSED = 503
SAID = "lundi 23 novembre 2026 à 22\xa0h\xa000"
SAID_UNTIL = "mardi 24 novembre 2026 à 2\xa0h\xa000"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The morning before the maintenance."""
    it_is(AT, monkeypatch)


def it_is(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every door reads this instant."""
    monkeypatch.setattr(clock, "now", lambda: at)


def announced(message: str = "") -> Maintenance:
    return maintenance.announce(from_at=FROM, until_at=UNTIL, message=message, at=AT)


@pytest.fixture
def during(monkeypatch: pytest.MonkeyPatch) -> Maintenance:
    """A maintenance under way."""
    planned = announced()
    it_is(FROM + timedelta(minutes=5), monkeypatch)
    return planned


@pytest.mark.parametrize(
    "address", ["/", "/prestations/", "/suivi/", "/contact/", "/compte/connexion/", "/nulle-part/"]
)
def test_every_page_tells_the_maintenance_from_its_announcement(client: Client, address: str) -> None:
    announced("Le registre sera mis à jour.")

    page = client.get(address, follow=True).content.decode()

    assert "Maintenance annoncée" in page
    assert SAID in page
    assert SAID_UNTIL in page
    assert "Le registre sera mis à jour." in page


def test_nothing_is_told_once_it_is_over(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    announced()
    it_is(UNTIL, monkeypatch)

    assert "Maintenance" not in client.get("/").content.decode()


def test_a_page_asks_the_database_once_in_a_while_only(client: Client, django_assert_num_queries: Any) -> None:
    announced()

    with django_assert_num_queries(1):
        client.get("/")
        client.get("/contact/")
        client.get("/")


def test_a_database_that_is_away_changes_nothing_that_was_known(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced()
    client.get("/")
    monkeypatch.setattr(maintenance.planned_now, "_held", (float("-inf"), maintenance.planned_now.last))

    with patch.object(Maintenance.objects, "to_come_or_under_way", side_effect=OperationalError("away")):
        page = client.get("/").content.decode()

    assert SAID in page


def test_no_order_is_begun_while_it_lasts(client: Client, during: Maintenance) -> None:
    the_office()

    response = client.post(f"/prestations/{RESIDENCE}/commander/")

    assert response.status_code == CLOSED
    assert SAID_UNTIL in response.content.decode()
    assert response["Retry-After"] == str(3 * 3600 + 55 * 60 + 1)
    assert not Order.objects.exists()


@pytest.mark.parametrize("page", ["personne", "livraison", "verification"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_step_of_an_order_is_taken_while_it_lasts(
    client: Client, page: str, method: str, during: Maintenance
) -> None:
    order = a_filled_draft()

    response = getattr(client, method)(f"/commande/{order.token}/{page}/", follow=True)

    assert response.status_code == CLOSED
    assert Order.objects.get(pk=order.pk).state == "draft"


@pytest.mark.parametrize("act", ["payer", "modifier", "reprendre"])
def test_a_submitted_order_is_neither_paid_nor_changed_while_it_lasts(
    client: Client, act: str, during: Maintenance
) -> None:
    order = an_order()

    response = client.post(f"/commande/{order.token}/{act}/")

    assert response.status_code == CLOSED
    assert Order.objects.get(pk=order.pk).state == "submitted"


def test_what_was_typed_during_it_is_shown_again_after_it(
    client: Client, during: Maintenance, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = a_draft()
    address = f"/commande/{order.token}/personne/"

    refused = client.post(address, {"official_name": "Rochat-Favre"}, follow=True).content.decode()
    it_is(UNTIL + timedelta(hours=1), monkeypatch)
    again = client.get(address).content.decode()

    assert "Ce que vous venez de saisir est gardé" in refused
    assert "Rochat-Favre" in again


def test_an_order_is_followed_and_cancelled_while_it_lasts(client: Client, during: Maintenance) -> None:
    order = an_order()

    followed = client.get(f"/suivi/{order.token}/")
    client.post(f"/commande/{order.token}/annuler/")

    assert followed.status_code == 200
    assert "Maintenance en cours" in followed.content.decode()
    assert Order.objects.get(pk=order.pk).state == "cancelled"


def test_a_payment_under_way_comes_to_its_end_while_it_lasts(client: Client, during: Maintenance) -> None:
    order = an_order()

    pay(order, at=FROM + timedelta(minutes=5))
    returned, notified = client.get("/paiement/retour/inconnu"), client.get("/paiement/avis/inconnu/s")

    assert order.state == "paid"
    assert returned.status_code != CLOSED
    assert notified.status_code == 200


def test_a_maintenance_overlaps_no_other_and_ends_after_it_begins() -> None:
    announced()

    with pytest.raises(Refused):
        maintenance.announce(from_at=UNTIL - timedelta(minutes=1), until_at=UNTIL + timedelta(1), message="", at=AT)
    with pytest.raises(Refused):
        maintenance.announce(from_at=UNTIL, until_at=UNTIL, message="", at=AT)
    with pytest.raises(Refused):
        maintenance.announce(from_at=AT - timedelta(2), until_at=AT - timedelta(1), message="", at=AT)
    assert Maintenance.objects.count() == 1


def test_the_operator_announces_lists_and_ends_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    said = StringIO()

    def guichet(*words: str) -> None:
        call_command("maintenance", *words, stdout=said)

    guichet("announce", "--from", "2026-11-23T22:00", "--until", "2026-11-24T02:00", "--message", "Courte.")
    guichet("list")
    it_is(FROM + timedelta(minutes=1), monkeypatch)
    guichet("end")

    told = said.getvalue().splitlines()
    assert told[0] == f"Maintenance annoncée du {SAID} au {SAID_UNTIL}."
    assert told[1] == f"annoncée  du {SAID} au {SAID_UNTIL}  Courte."
    assert told[2].startswith("Maintenance terminée")
    assert "Maintenance" not in client.get("/").content.decode()
    with pytest.raises(CommandError):
        guichet("end")


def test_a_maintenance_of_one_day_says_the_day_once() -> None:
    planned = Maintenance(from_at=FROM, until_at=FROM + timedelta(hours=1))

    assert maintenance.when(planned) == "le lundi 23 novembre 2026 de 22\xa0h\xa000 à 23\xa0h\xa000"
