"""Populated orders: as the acts would have left them, journal included; never outside a demonstration."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from guichet.casework import journal
from guichet.casework.models import Entry
from guichet.config.populating import AT_ONCE, LIVES, add_orders
from guichet.kit.clock import ZURICH
from guichet.law.procedures import CGV_ORDER
from guichet.orders.models import Order
from guichet.people.accounts.demo import NotADemonstration
from tests.orders.builders import the_office

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZURICH)


def populated(count: int) -> list[int]:
    the_office()
    heard: list[int] = []
    add_orders(count, at=AT, seed=1, told=heard.append)
    return heard


def test_so_many_orders_are_made_in_transactions_of_bounded_size() -> None:
    assert populated(AT_ONCE + 20) == [AT_ONCE, AT_ONCE + 20]
    assert Order.objects.count() == AT_ONCE + 20


def test_every_journal_is_an_unbroken_chain_that_ends_in_the_order_s_state() -> None:
    populated(120)

    for order in Order.objects.all():
        chain = journal.entries(order.reference)
        assert journal.verify(order.reference) == []
        assert chain[-1].target == order.state
        assert chain[0].at == order.opened_at


@pytest.mark.parametrize("life", [life for _, life in LIVES], ids=lambda life: life[-1] if life else "draft")
def test_every_life_is_one_that_the_procedure_allows(life: tuple[str, ...]) -> None:
    state = CGV_ORDER.initial

    for act in life:
        step = CGV_ORDER.transition(act)
        assert state in step.sources
        state = step.target


def test_the_lives_of_a_thousand_orders_are_a_thousand() -> None:
    assert sum(weight for weight, _ in LIVES) == 1000


def test_the_same_seed_makes_the_same_mixture() -> None:
    populated(60)
    first = Counter(Order.objects.values_list("state", flat=True))
    populated(60)

    assert Counter(Order.objects.values_list("state", flat=True)) == first + first
    assert Entry.objects.values("case_reference").distinct().count() == 120


def test_only_a_demonstration_is_populated(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(NotADemonstration):
        populated(1)

    assert not Order.objects.exists()
