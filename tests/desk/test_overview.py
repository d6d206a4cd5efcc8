"""The first page and the journal of the day: true numbers, in words, at a fixed price."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guichet.desk import chart
from guichet.desk import overview as desk_overview
from guichet.desk.overview import load, overview
from guichet.orders.models.orders import WITH_AGENT
from tests.orders.builders import AT, a_draft, an_order, pay
from tests.plans import plan_of

from .builders import NOW, an_agent, at_most, at_the_desk, browser_of, in_examination

pytestmark = pytest.mark.django_db
HOME, DIARY = reverse("desk:home"), reverse("desk:diary")
ON = NOW.date()


def test_an_empty_desk_says_that_nothing_is_owed() -> None:
    assert "Rien à traiter" in at_the_desk().get(HOME).content.decode()


def test_piles_count_what_lies_in_each_state() -> None:
    in_examination()
    in_examination()
    pay(an_order())
    an_order()

    seen = overview(ON)

    assert (seen.to_do, seen.pile("examination").number, seen.pile("paid").number) == (3, 2, 1)
    assert seen.late == 0


def test_overdue_orders_are_told_in_words_with_the_oldest_day() -> None:
    in_examination(at=AT - timedelta(days=28))
    in_examination()

    page = at_the_desk().get(HOME).content.decode()

    assert "1 commande sur 2 a dépassé" in page
    assert "en retard de" in page


def test_piles_are_counted_to_a_bound_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_overview, "MOST_COUNTED", 2)
    for days in (28, 28, 28, 0):
        in_examination(at=AT - timedelta(days=days))
    pay(an_order())

    seen = overview(ON)
    page = at_the_desk().get(HOME).content.decode()

    assert (seen.pile("examination").told, seen.pile("paid").told) == ("plus de 2", "1")
    assert (seen.to_do_told, seen.late_told) == ("plus de 3", "plus de 2")
    assert "Plus de 2 commandes sur plus de 3 ont dépassé" in page


def test_piles_are_counted_where_they_lie_in_the_index() -> None:
    with CaptureQueriesContext(connection) as seen:
        overview(ON)

    (counting,) = (query["sql"] for query in seen.captured_queries if "AS lying" in query["sql"])
    plan = plan_of(counting)
    reads = "Index Only Scan using " if connection.vendor == "postgresql" else "USING COVERING INDEX "
    assert plan.count(f"{reads}order_worklist") == 3 * len(WITH_AGENT)
    assert "Sort Key" not in plan
    assert "TEMP B-TREE" not in plan


def test_the_load_counts_confirmed_orders_by_their_day() -> None:
    an_order(at=AT)
    an_order(at=AT)
    an_order(at=AT - timedelta(days=3))
    a_draft()

    counts = dict(load(NOW))

    assert counts[AT.date()] == 2
    assert counts[AT.date() - timedelta(days=3)] == 1
    assert sum(counts.values()) == 3
    assert len(counts) == 30


def test_the_chart_has_its_numbers_in_a_table_and_no_inline_style() -> None:
    an_order(at=AT)

    page = at_the_desk().get(HOME).content.decode()

    assert "<svg" in page
    assert "23.11.2026" in page
    assert "style=" not in page


def test_the_tallest_bar_reaches_the_scale_and_an_empty_day_has_none() -> None:
    drawn = chart.by_day([(date(2026, 11, 21), 0), (date(2026, 11, 23), 4)])

    empty, full = drawn.bars
    assert (full.y, full.height) == (drawn.top, drawn.floor - drawn.top)
    assert empty.height == 0
    assert empty.is_quiet
    assert (full.label, empty.label) == ("23.11.", "")


def test_a_silent_worker_is_announced_on_the_first_page() -> None:
    assert "ne donne plus signe de vie" in at_the_desk().get(HOME).content.decode()


def test_the_first_page_costs_four_statements_once_the_load_is_counted() -> None:
    in_examination()
    browser = at_the_desk()
    browser.get(HOME)

    with at_most(4):
        browser.get(HOME)


def test_the_journal_of_a_day_tells_acts_with_names_and_articles() -> None:
    order = in_examination()
    browser = browser_of(an_agent(name="Denise Dupraz"))
    browser.post(reverse("desk:note", args=[order.reference]), {"text": "Appelé."})

    page = browser.get(DIARY).content.decode()

    assert order.reference in page
    assert "Denise Dupraz" in page
    assert "art. 3 al. 5 CGV" in page


def test_drafts_are_not_in_the_journal_of_the_day() -> None:
    draft = a_draft(at=NOW)

    assert draft.reference not in at_the_desk().get(DIARY).content.decode()


@pytest.mark.parametrize("day", ["", "hier", "2026-13-01", "2099-01-01"])
def test_a_day_that_cannot_be_shown_is_todays(day: str) -> None:
    assert "mercredi 25 novembre 2026" in at_the_desk().get(DIARY, {"jour": day}).content.decode()


def test_the_journal_costs_two_statements() -> None:
    in_examination()
    browser = at_the_desk()

    browser.get(DIARY)  # the names of the agents are known
    with at_most(2):
        browser.get(DIARY)
