"""The work list: what comes first, what the filters keep, what a page may cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guichet.desk import worklist
from guichet.desk.models import SavedFilter
from guichet.desk.worklist import Filters, WorkList, offers
from guichet.orders.models import Order
from tests.orders.builders import AT, a_draft, an_account, an_order, pay, the_office
from tests.plans import plan_of

from .builders import FORBIDDEN, GREEN, NOW, an_agent, at_most, at_the_desk, browser_of, in_examination, to_be_posted

pytestmark = pytest.mark.django_db
LIST = reverse("desk:worklist")


def listed(browser: Client, query: str = "") -> list[str]:
    """The references of a page of the list, in order."""
    page = browser.get(f"{LIST}?{query}").context["page"]
    return [line.order.reference for line in page.object_list]


def test_what_is_due_first_stands_first() -> None:
    young = in_examination(at=AT)
    old = in_examination(at=AT - timedelta(days=10))
    middle = pay(an_order(at=AT - timedelta(days=5)), at=AT)

    assert listed(at_the_desk()) == [old.reference, middle.reference, young.reference]


def test_an_order_without_a_day_comes_last_and_is_not_lost() -> None:
    dated, undated = in_examination(), in_examination()
    Order.objects.filter(pk=undated.pk).update(due_on=None)

    assert listed(at_the_desk()) == [dated.reference, undated.reference]


def test_drafts_and_unpaid_orders_are_no_work() -> None:
    a_draft()
    unpaid = an_order()
    browser = at_the_desk()

    assert listed(browser) == []
    assert listed(browser, "liste=en-paiement") == [unpaid.reference]


def test_an_empty_list_is_not_counted_too() -> None:
    page = at_the_desk().get(LIST).content.decode()

    assert "Tout est fait." in page
    assert "0 commande" not in page


def test_lateness_is_said_in_words() -> None:
    in_examination(at=AT - timedelta(days=28))

    page = at_the_desk().get(LIST).content.decode()

    assert "en retard de " in page
    assert "tag--late" in page


def test_the_last_day_itself_is_still_in_time() -> None:
    order = in_examination()
    Order.objects.filter(pk=order.pk).update(due_on=NOW.date())
    browser = at_the_desk()

    assert listed(browser, "retard=1") == []
    assert "en retard de" not in browser.get(LIST).content.decode()


def test_filters_keep_what_they_name_together() -> None:
    guest = in_examination()
    departure = in_examination(slug="attestation-de-depart")
    holder = pay(an_order(account=an_account()))
    browser = at_the_desk()

    assert listed(browser, "voie=account") == [holder.reference]
    assert listed(browser, "prestation=attestation-de-depart") == [departure.reference]
    assert listed(browser, "liste=a-examiner&prestation=attestation-de-residence&voie=guest") == [guest.reference]


def test_values_that_mean_nothing_count_as_not_given() -> None:
    order = in_examination()

    assert listed(at_the_desk(), "liste=xyz&voie=42&retard=peut-etre&page=zwei") == [order.reference]


def test_a_whole_reference_opens_its_case_even_with_slips() -> None:
    order = in_examination()

    answer = at_the_desk().get(LIST, {"texte": f" {order.reference.lower()} "})

    assert answer["Location"] == reverse("desk:case", args=[order.reference])


def test_a_reference_of_nothing_is_told_beside_the_field() -> None:
    browser, draft = at_the_desk(), a_draft()

    assert "n'est pas une référence complète" in browser.get(f"{LIST}?texte=abc").content.decode()
    assert "Aucune commande ne porte" in browser.get(f"{LIST}?texte={draft.reference}").content.decode()


def test_pages_turn_and_keep_the_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "PER_PAGE", 2)
    orders = [in_examination(at=AT + timedelta(minutes=n)) for n in range(3)]
    browser = at_the_desk()

    first = browser.get(f"{LIST}?voie=guest")

    assert listed(browser, "voie=guest&page=2") == [orders[2].reference]
    assert "voie=guest&amp;page=2" in first.content.decode()


def test_a_list_too_long_to_count_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "MOST_LISTED", 2)
    for _ in range(3):
        in_examination()

    page = at_the_desk().get(LIST)

    assert "Plus de 2 commandes" in page.content.decode()
    assert len(page.context["page"].object_list) == 2


def test_the_list_costs_eight_statements_whatever_its_length(sealing: None) -> None:
    for _ in range(3):
        in_examination()
    to_be_posted()
    pay(an_order())
    browser = at_the_desk()

    with at_most(8):
        assert len(listed(browser)) == 5


def test_final_lists_show_the_newest_first() -> None:
    first, second = an_order(), an_order()

    assert listed(at_the_desk(), "liste=en-paiement") == [second.reference, first.reference]


def test_a_saved_filter_is_offered_again_to_its_agent_only() -> None:
    carole = browser_of(an_agent())
    other = browser_of(an_agent(email="denis@office.example"))

    carole.post(reverse("desk:keep_filter"), {"name": "Mes urgences", "query": "retard=1&voie=guest&x=1"})

    assert "Mes urgences" in carole.get(LIST).content.decode()
    assert "Mes urgences" not in other.get(LIST).content.decode()
    assert SavedFilter.objects.get().query == "voie=guest&retard=1"


def test_the_same_name_replaces_the_filter_it_named() -> None:
    carole = at_the_desk()
    for query in ("retard=1", "voie=guest"):
        carole.post(reverse("desk:keep_filter"), {"name": "Urgences", "query": query})

    assert SavedFilter.objects.get().query == "voie=guest"


def test_a_filter_needs_a_name() -> None:
    answer = at_the_desk().post(reverse("desk:keep_filter"), {"name": " ", "query": "retard=1"}, follow=True)

    assert "Donnez un nom" in answer.content.decode()
    assert not SavedFilter.objects.exists()


def test_an_agent_forgets_their_own_filters_and_no_others() -> None:
    carole, denis = at_the_desk(), browser_of(an_agent(email="denis@office.example"))
    carole.post(reverse("desk:keep_filter"), {"name": "Urgences", "query": "retard=1"})
    address = reverse("desk:forget_filter", args=[SavedFilter.objects.get().pk])

    denis.post(address)
    assert SavedFilter.objects.exists()
    carole.post(address)
    assert not SavedFilter.objects.exists()


def test_too_many_filters_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.desk.operations.MOST_FILTERS", 1)
    carole = at_the_desk()
    carole.post(reverse("desk:keep_filter"), {"name": "Un", "query": ""})

    answer = carole.post(reverse("desk:keep_filter"), {"name": "Deux", "query": ""})

    assert answer.status_code not in (GREEN, FORBIDDEN)
    assert "supprimez-en un" in answer.content.decode()


def test_a_filter_finds_what_lies_behind_any_number_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "MOST_LISTED", 1)
    for days in (4, 3, 2):
        in_examination(at=AT - timedelta(days=days))
    far = in_examination(slug="attestation-de-depart")

    assert listed(at_the_desk(), "prestation=attestation-de-depart&voie=guest") == [far.reference]


def test_a_service_that_is_none_has_no_orders() -> None:
    in_examination()

    assert listed(at_the_desk(), "prestation=passeport") == []


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "order_worklist"),
        ("retard=1", "order_worklist"),
        ("liste=remises", "order_worklist"),
        ("voie=guest", "order_worklist_of_channel"),
        ("voie=account&liste=remises", "order_worklist_of_channel"),
        ("prestation=attestation-de-depart", "order_worklist_of_service"),
        ("prestation=attestation-de-depart&voie=guest&retard=1", "order_worklist_of_service"),
    ],
)
def test_each_part_is_read_in_order_from_an_index_alone(query: str, index: str) -> None:
    the_office()
    work = WorkList(Filters.read(QueryDict(query)), on=NOW.date(), known=offers())
    with CaptureQueriesContext(connection) as seen:
        assert work.keys == []

    (statement,) = (one["sql"] for one in seen.captured_queries)
    plan = plan_of(statement)
    parts = len(re.findall("AS part_", statement))
    if connection.vendor == "postgresql":  # of indexes that serve alike it takes any while the table is empty
        assert len(re.findall("Index (?:Only )?Scan (?:Backward )?using order_worklist", plan)) == parts
        assert len(re.findall(r"->\s+Sort ", plan)) <= 1, "only what is merged may be sorted"
    else:
        assert plan.count(f"COVERING INDEX {index} ") == parts
        assert plan.count("TEMP B-TREE") == 1, (
            "what is merged is sorted; a part that had to be sorted would be read whole"
        )
