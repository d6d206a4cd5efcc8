"""While an announced maintenance lasts, no application, declaration or appointment is begun or continued (CGV 8/4)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from guichet.casework import maintenance
from guichet.identity.models import IdentityApplication, LossDeclaration
from guichet.identity.operations import losses
from guichet.kit import clock
from guichet.kit.clock import ZURICH
from guichet.kit.ids import secret_token
from tests.identity.builders import AT, a_draft, an_application

pytestmark = pytest.mark.django_db
FROM = datetime(2026, 11, 23, 22, 0, tzinfo=ZURICH)
UNTIL = datetime(2026, 11, 24, 2, 0, tzinfo=ZURICH)
CLOSED = 503


@pytest.fixture(autouse=True)
def during(monkeypatch: pytest.MonkeyPatch) -> None:
    """A maintenance under way."""
    maintenance.announce(from_at=FROM, until_at=UNTIL, message="", at=AT)
    monkeypatch.setattr(clock, "now", lambda: FROM + timedelta(minutes=5))


def a_declaration() -> LossDeclaration:
    """A declaration that is begun."""
    return losses.start(account_id=None, start_key=secret_token(), at=AT)


def test_nothing_is_begun_and_the_page_is_the_one_of_orders(client: Client) -> None:
    for address in ("/identite/commencer/", "/identite/perte/commencer/"):
        answer = client.post(address, {"start_key": secret_token()})

        assert answer.status_code == CLOSED
        assert "mardi 24 novembre 2026 à 2\xa0h\xa000" in answer.content.decode()
        assert "art. 8 al. 4 CGV" in answer.content.decode()
        assert answer["Retry-After"] == str(3 * 3600 + 55 * 60 + 1)
    assert not IdentityApplication.objects.exists()
    assert not LossDeclaration.objects.exists()


def test_the_entrances_tell_it_and_stay_open(client: Client) -> None:
    for address in ("/identite/", "/identite/perte/"):
        page = client.get(address)

        assert page.status_code == 200
        assert "Maintenance en cours" in page.content.decode()
        assert "ni déposer une demande" in page.content.decode()


@pytest.mark.parametrize("page", ["personne", "documents", "reponse", "verification"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_step_of_an_application_is_taken(client: Client, page: str, method: str) -> None:
    application = a_draft()

    answer = getattr(client, method)(f"/identite/demande/{application.token}/{page}/", follow=True)

    assert answer.status_code == CLOSED
    assert IdentityApplication.objects.get().touched_at == AT


@pytest.mark.parametrize("page", ["evenement", "verification"])
def test_no_step_of_a_declaration_of_loss_is_taken(client: Client, page: str) -> None:
    assert client.get(f"/identite/perte/{a_declaration().token}/{page}/").status_code == CLOSED


@pytest.mark.parametrize("button", ["reprendre", "autre-enfant", "payer"])
def test_a_lodged_application_is_neither_paid_nor_begun_again_for_a_sibling(client: Client, button: str) -> None:
    application = an_application()

    assert client.post(f"/identite/demande/{application.token}/{button}/").status_code == CLOSED
    assert IdentityApplication.objects.count() == 1


def test_no_appointment_is_made_but_the_one_that_stands_is_shown(client: Client) -> None:
    application = an_application()
    address = f"/rendez-vous/{application.token}/"

    assert client.get(f"{address}choisir/").status_code == CLOSED
    assert client.get(f"{address}choisir/{application.pk}/").status_code == CLOSED
    assert client.post(f"{address}attente/").status_code == CLOSED
    assert client.get(address).status_code == 200


def test_what_was_typed_is_shown_again_after_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/identite/demande/{a_draft().token}/personne/"

    refused = client.post(address, {"official_name": "Rochat-Favre"}, follow=True).content.decode()
    monkeypatch.setattr(clock, "now", lambda: UNTIL + timedelta(hours=1))
    again = client.get(address).content.decode()

    assert "Ce que vous venez de saisir est gardé" in refused
    assert "Rochat-Favre" in again


def test_an_application_is_followed_withdrawn_and_a_draft_given_up_while_it_lasts(client: Client) -> None:
    lodged, draft = an_application(), a_draft()

    followed = client.get(f"/identite/demande/{lodged.token}/")
    client.post(f"/identite/demande/{lodged.token}/retirer/")
    client.post(f"/identite/demande/{draft.token}/abandonner/")

    assert followed.status_code == 200
    states = set(IdentityApplication.objects.values_list("state", flat=True))
    assert states == {"abandoned", "dropped"}
