"""The check that follows every scenario finds what it is there to find."""

from __future__ import annotations

import pytest

from guichet.gateways.payment.simulator.answers import HOLDER
from guichet.orders.models import Order

from .books import assert_books_balance, assert_nothing_leaked
from .house import House

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("leak", ["4111111111111111", "4111 1111 1111 1111", "5555-5555-5555-4444", HOLDER])
def test_a_card_number_or_a_holder_in_a_log_is_found(house: House, leak: str):
    log = house.logs / "leak.log"
    log.write_text(f"paid with {leak}.\n")

    try:
        with pytest.raises(AssertionError, match=r"leak\.log"):
            assert_nothing_leaked(house)
    finally:
        log.unlink()


@pytest.mark.parametrize("number", ["7569217076985", "4111111111111112", "2026-11-22 04:11:11.411111"])
def test_an_avs_number_and_other_digits_are_no_card_number(house: House, number: str):
    log = house.logs / "harmless.log"
    log.write_text(f"read {number}\n")

    try:
        assert_nothing_leaked(house)
    finally:
        log.unlink()


def test_an_order_said_to_be_paid_without_money_is_found(house: House):
    _, order, _ = house.ordered()
    paid = {"state": "paid", "paid_at": house.now(), "validated_at": house.now()}
    Order.objects.filter(pk=order.pk).update(**paid)

    try:
        with pytest.raises(AssertionError, match=order.reference):
            assert_books_balance(house)
    finally:
        Order.objects.filter(pk=order.pk).update(state="submitted", paid_at=None, validated_at=None)
