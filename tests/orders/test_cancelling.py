"""Who cancels an order is asked once more, and reads what becomes of the document and of the money (CGV 3/1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.kit import clock
from guichet.orders.models import Order
from guichet.payments.states import State

from .builders import AT, a_filled_draft, an_account, an_attempt, an_order, pay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def words(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, (page.status_code, address)
    return page.content.decode().replace("&#x27;", "'").replace("\xa0", " ").replace("\u202f", " ")


def cancel_address(order: Order) -> str:
    return f"/commande/{order.token}/annuler/"


def test_the_order_s_page_only_leads_to_the_question_and_the_question_cancels_nothing(client: Client) -> None:
    order = an_order()

    assert f'href="{cancel_address(order)}">Annuler la commande</a>' in words(client, f"/suivi/{order.token}/")
    words(client, cancel_address(order))

    assert Order.objects.get(pk=order.pk).state == "submitted"


@pytest.mark.parametrize("step", ["personne", "livraison", "verification"])
def test_every_step_of_a_draft_leads_to_the_question_too(client: Client, step: str) -> None:
    draft = a_filled_draft()

    assert f'href="{cancel_address(draft)}">Annuler cette commande</a>' in words(
        client, f"/commande/{draft.token}/{step}/"
    )
    kept = f'href="/commande/{draft.token}/verification/">Garder ma commande</a>'
    assert kept in words(client, cancel_address(draft)), "what is filled in is not to be walked through again"


def test_the_question_names_what_is_cancelled_and_offers_to_keep_it(client: Client) -> None:
    order = an_order()

    asked = words(client, cancel_address(order))

    assert "Annuler la commande ?" in asked
    assert f'href="/suivi/{order.token}/">Garder ma commande</a>' in asked
    for told in (order.reference, "Attestation de résidence", "Amélie Rochat", "Rien n'a été débité"):
        assert told in asked, told


def test_who_confirms_has_cancelled_and_reads_that_nothing_is_due(client: Client) -> None:
    order = an_order()

    after = client.post(cancel_address(order), follow=True).content.decode().replace("&#x27;", "'")

    assert Order.objects.get(pk=order.pk).state == "cancelled"
    assert "rien n'est dû" in after
    assert "Commander à nouveau avec ces données" in after


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"state": State.OPEN, "opened_at": AT, "expires_at": AT + timedelta(minutes=20)}, "fermez-la"),
        ({"state": State.UNSETTLED}, "S'il a été validé avant l'annulation, la commande est définitive"),
    ],
    ids=["page still open", "being confirmed"],
)
def test_the_question_says_what_becomes_of_a_payment_under_way(
    client: Client, state: dict[str, Any], told: str
) -> None:
    order = an_order()
    an_attempt(order, **state)

    asked = words(client, cancel_address(order))

    assert told in asked
    assert ("Rien n'a été débité" in asked) == (state["state"] == State.OPEN)


def test_a_cancelled_order_whose_payment_is_being_confirmed_promises_nothing(client: Client) -> None:
    order = an_order()
    an_attempt(order, state=State.UNSETTLED)
    client.post(cancel_address(order))

    shown = words(client, f"/suivi/{order.token}/")

    assert "un paiement est en cours de confirmation" in shown
    assert "rien n'est dû" not in shown
    assert "Commander à nouveau" not in shown


def test_nobody_is_told_to_pay_while_a_payment_is_being_confirmed(client: Client) -> None:
    order = an_order()
    an_attempt(order, state=State.UNSETTLED)

    shown = words(client, f"/suivi/{order.token}/")

    assert "Ne payez pas une seconde fois" in shown
    assert "Vous payez la commande" not in shown
    assert "rien à faire de votre part" in shown


def test_a_definitive_order_is_not_asked_about(client: Client) -> None:
    order = pay(an_order())

    assert client.get(cancel_address(order))["Location"] == f"/suivi/{order.token}/"
    assert client.post(cancel_address(order)).status_code == 409


def test_whose_session_has_ended_comes_back_to_the_question(client: Client) -> None:
    order = an_order(account=an_account())

    asked = client.post(cancel_address(order))
    signing_in = client.get(asked["Location"]).content.decode()

    assert "ce que vous avez saisi est gardé" in signing_in
    assert asked["Location"].startswith("/compte/connexion/?next=/commande/")
    assert "annuler" in asked["Location"]
    assert Order.objects.get(pk=order.pk).state == "submitted"


def test_whose_session_has_ended_at_a_button_reads_that_nothing_was_done(client: Client) -> None:
    order = an_order(account=an_account())

    signing_in = client.post(f"/commande/{order.token}/payer/", follow=True).content.decode()

    assert "recommencez : rien n'a encore été fait" in signing_in.replace("&#x27;", "'").replace("\xa0", " ")


def test_the_question_costs_few_statements(client: Client, django_assert_max_num_queries: Any) -> None:
    order = an_order()

    with django_assert_max_num_queries(8):
        client.get(cancel_address(order))
