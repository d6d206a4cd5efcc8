"""The twenty named scenarios of payment, each through the whole office with real processes."""

from __future__ import annotations

import pytest

from .books import assert_books_balance
from .house import SUCCEEDED, House

pytestmark = pytest.mark.processes


def test_happy_the_payer_pays_comes_back_and_has_the_document_within_seconds(house: House):
    visitor, order, page = house.ordered()

    said = house.read_after(visitor, house.simulator.pay(page))
    house.reaches(order, "delivered")

    assert said == SUCCEEDED
    assert visitor.get(f"/suivi/{order.token}/document.pdf").html.startswith("%PDF-")
    assert_books_balance(house)
