"""The database is gone for ten seconds: people read a true sentence, programs survive, nothing is lost."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from guichet.orders.models import Order

from .books import assert_books_balance
from .house import SUCCEEDED, House
from .visitor import Page

pytestmark = pytest.mark.processes

SECONDS = 10


def is_served_or_told(page: Page) -> bool:
    """The page asked for, or one that says in French what happened, what stays and what not to do."""
    if page.status != 503:
        return page.status < 400
    told = (
        "momentanément indisponible",
        "Ce que vous aviez déjà confirmé reste enregistré",
        "ne payez pas une seconde",
    )
    assert [words for words in told if words not in page.text] == [], page.text
    assert page.headers["retry-after"] == "10"
    return True


def test_ten_seconds_without_database_lose_nothing_of_three_orders_under_way(house: House):
    filling, paying, coming = house.visitor(), house.visitor(), house.visitor()
    half_filled = house.order(filling)
    review = filling.page
    _, to_pay, page = house.ordered(paying)
    _, paid, other = house.ordered(coming)
    workers = [worker.pid for worker in house.workers]
    connections["default"].close()

    with house.database.away():
        end = time.monotonic() + SECONDS
        house.simulator.pay(page, "close")
        back = house.simulator.pay(other)
        seen = [
            filling.tab().get("/prestations/"),
            coming.tab().get(f"/suivi/{paid.token}/"),
            filling.tab().get(f"/commande/{half_filled.token}/verification/"),
        ]
        time.sleep(max(0.0, end - time.monotonic()))
    house.wait_for_web()

    assert all(is_served_or_told(page) for page in seen)
    assert house.read_after(coming, back) == SUCCEEDED
    assert house.read_after(filling, house.simulator.pay(house.pay_at_review(filling, review))) == SUCCEEDED
    house.wait(seconds=23 * 60)
    for order in (half_filled, to_pay, paid):
        house.reaches(order, "delivered")
    assert [worker.pid for worker in house.workers if worker.is_running] == workers
    assert_books_balance(house)


def test_a_form_sent_while_the_database_is_away_counts_once(house: House):
    visitor = house.visitor()
    order = house.order(visitor)
    review = visitor.page
    connections["default"].close()

    with ThreadPoolExecutor(1) as other:
        with house.database.away():
            pressed = other.submit(visitor.tab().press, "Payer", review, accept="on")
            time.sleep(2)
        answer = pressed.result()
    house.wait_for_web()

    assert is_served_or_told(answer)
    page = answer.leaves_to or house.pay_at_review(visitor, review)
    assert house.read_after(visitor, house.simulator.pay(page)) == SUCCEEDED
    house.reaches(order, "delivered")
    assert len(house.attempts(order)) == 1
    assert_books_balance(house)


def test_a_form_sent_while_somebody_else_holds_the_order_waits_for_its_turn(house: House):
    visitor = house.visitor()
    order = house.order(visitor)

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            Order.objects.select_for_update().get(pk=order.pk)
            pressed = other.submit(visitor.press, "Payer", accept="on")
            time.sleep(2)
            waited = not pressed.done()
        page = pressed.result().leaves_to

    assert (waited, house.read_after(visitor, house.simulator.pay(page))) == (True, SUCCEEDED)
    house.reaches(order, "delivered")
    assert_books_balance(house)
