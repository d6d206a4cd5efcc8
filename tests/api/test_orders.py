"""Services, terms and orders as programs read them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.casework import worker
from guichet.config.wiring import WIRING
from guichet.orders import catalogue, operations, terms
from guichet.orders.models import TermsKind
from tests.orders.builders import AT, RESIDENCE, a_filled_draft, an_account, an_order, pay, the_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the doors stands at the builders' instant."""
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def get(path: str, status: int = 200) -> Any:
    answer = Client().get(f"/api/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.mark.applies("CGV 2/1")
def test_the_catalogue_tells_each_fee_with_the_article_that_fixes_it() -> None:
    the_office()

    catalogued = get("services")

    (residence,) = [one for one in catalogued["services"] if one["slug"] == RESIDENCE]
    assert catalogued["on"] == "2026-11-23"
    assert (residence["fee"]["amount"], residence["fee"]["currency"]) == ("25.00", "CHF")
    assert [ref["cite"] for ref in residence["fee"]["because"]]
    assert residence["conditions"][0].keys() == {"code", "text"}


@pytest.mark.applies("CGV 2/1")
def test_a_withdrawn_service_is_gone_today_and_still_told_of_the_days_before() -> None:
    the_office()
    catalogue.withdraw(RESIDENCE, at=AT - timedelta(hours=1))

    gone = get(f"services/{RESIDENCE}", 410)
    earlier = get(f"services/{RESIDENCE}?on=2026-11-20")

    assert gone["error"]["code"] == "withdrawn"
    assert earlier["slug"] == RESIDENCE


@pytest.mark.parametrize("slug", ["rien", "%00", "é"])
def test_an_unknown_service_is_answered_404_in_json(slug: str) -> None:
    the_office()

    assert get(f"services/{slug}", 404)["error"]["code"] == "not_yours"


@pytest.mark.parametrize("day", ["2026-02-30", "demain", "1650-01-01"])
def test_a_day_that_is_none_is_refused_with_what_is_accepted(day: str) -> None:
    error = get(f"services?on={day}", 422)["error"]

    assert error["field"] == "on"
    assert error["accepted"]


def test_the_terms_are_listed_with_their_digests_and_one_of_each_kind_binds() -> None:
    the_office()
    newer = terms.publish("office", edition="2", title="CGV", text="# nouvelle", at=AT)

    editions = get("terms")["editions"]

    binding = [one for one in editions if one["binding"]]
    assert len(editions) == 3
    assert {one["kind"] for one in binding} == set(TermsKind.values)
    assert newer.sha256 in {one["sha256"] for one in binding}


def test_an_order_says_where_it_stands_and_what_is_next_but_nothing_of_the_person() -> None:
    order = an_order()

    answer = Client().get(f"/api/orders/{order.token}")

    told = answer.json()
    assert (told["state"], told["total"], told["is_final"]) == ("submitted", "25.00", False)
    assert told["next_step"]
    assert [one["by"] for one in told["history"]] == ["vous", "vous"]
    assert told["lines"][0]["because"]
    for secret in ("Rochat", "Amélie", "alice", "1985", "1207", order.tracking_code):
        assert secret not in answer.content.decode()


def test_a_paid_order_tells_its_clock_and_the_way_to_its_receipt() -> None:
    order = pay(an_order())
    worker.drain(wiring=WIRING, clock=lambda: AT)

    told = get(f"orders/{order.token}")

    assert told["state"] == "examination"
    assert told["clocks"][0]["due_on"] > "2026-11-23"
    assert told["links"]["receipt"].endswith("/quittance.pdf")


def test_a_draft_has_no_price_agreed_and_no_total() -> None:
    told = get(f"orders/{a_filled_draft().token}")

    assert (told["state"], told["total"], told["lines"]) == ("draft", None, [])


def test_the_order_of_an_account_is_answered_like_one_that_does_not_exist() -> None:
    order = an_order(account=an_account())

    owned = get(f"orders/{order.token}", 404)

    assert owned == get("orders/nobody-has-this-address", 404)


def test_a_cancelled_order_is_final_and_asks_nothing_of_anybody() -> None:
    order = an_order()
    operations.cancel(order, at=AT)

    told = get(f"orders/{order.token}")

    assert (told["state"], told["next_step"], told["clocks"]) == ("cancelled", "", [])


def test_the_health_of_the_api_is_one_word() -> None:
    assert get("health") == {"database": True}


def test_the_page_of_the_api_lists_every_operation_without_script() -> None:
    page = Client().get("/api/").content.decode()

    assert "GET /api/orders/{token}" in page
    assert "POST /api/law/cgv.fee" in page
    assert "<script" not in page
