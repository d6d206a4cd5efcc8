"""A tariff that changes while an order waits to be paid: its page says so before anybody pays (CGV 2/4, ADR 0010)."""

from __future__ import annotations

import pytest
from django.test import Client

from guichet.kit import clock
from guichet.orders.models import Order

from .builders import AT, an_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def an_order_at_an_older_price() -> Order:
    """What it was submitted at is five francs below today's tariff."""
    order = an_order()
    agreed = {"quote_digest": "0" * 64, "fee_centimes": order.fee_centimes - 500}
    Order.objects.filter(pk=order.pk).update(**agreed)
    return Order.objects.get(pk=order.pk)


def words(client: Client, order: Order) -> str:
    return client.get(f"/suivi/{order.token}/").content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_the_page_of_an_order_at_an_older_price_tells_the_new_one_and_does_not_offer_to_pay_the_old(
    client: Client,
) -> None:
    shown = words(client, an_order_at_an_older_price())

    assert "Le tarif a changé depuis votre commande : 25.00 CHF au lieu de 20.00 CHF" in shown
    assert "Payer 20.00 CHF" not in shown


def test_its_button_leads_to_the_review_at_the_new_price(client: Client) -> None:
    order = an_order_at_an_older_price()

    review = client.post(f"/commande/{order.token}/payer/", follow=True).content.decode()

    assert "Vérifiez avant de payer" in review
    assert "Payer 25.00 CHF" in review.replace("\xa0", " ")


def test_an_order_at_today_s_price_is_offered_to_be_paid(client: Client) -> None:
    shown = words(client, an_order())

    assert "Payer 25.00 CHF" in shown
    assert "Le tarif a changé" not in shown
