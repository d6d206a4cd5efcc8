"""A row found by a statement composed once is the row that Django finds."""

from __future__ import annotations

import pytest
from django.db import transaction

from guichet.casework.acts import SYSTEM, record
from guichet.casework.models import Entry
from guichet.kit.lookups import Lookup
from guichet.orders.models import Order
from tests.orders.builders import AT, a_draft

pytestmark = pytest.mark.django_db


def test_a_row_comes_with_those_it_refers_to_in_one_statement(django_assert_num_queries: object) -> None:
    order = a_draft()
    orders = Lookup(Order, "reference", "version", "service")

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = orders.find(order.reference)
        assert found is not None
        names = (found.pk, found.version.title, found.version.service.slug)

    assert names == (order.pk, order.version.title, order.version.service.slug)
    known = Order.objects.get(pk=order.pk)
    assert {name: getattr(found, name) for name in ("state", "opened_at", "answers", "lines", "person_id")} == {
        name: getattr(known, name) for name in ("state", "opened_at", "answers", "lines", "person_id")
    }


def test_a_row_can_be_locked_and_saved() -> None:
    order = a_draft()

    with transaction.atomic():
        found = Lookup(Order, "id").find(str(order.pk), lock=True)
        assert found is not None
        found.bearer = "Amélie Rochat"
        found.save(update_fields=["bearer"])

    assert Order.objects.get().bearer == "Amélie Rochat"


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert Lookup(Order, "reference", "version").find("CMD-00000000-0") is None


def test_all_rows_of_a_value_come_in_the_order_asked_for() -> None:
    order = a_draft()
    record("note_written", order.reference, actor=SYSTEM, at=AT, facts={"text": "un"})
    record("document_opened", order.reference, actor=SYSTEM, at=AT)
    entries = Lookup(Entry, "case_reference")

    found = entries.find_all(order.reference, order="seq")

    assert found == list(Entry.objects.filter(case_reference=order.reference).order_by("seq"))
    assert [entry.seq for entry in found] == [1, 2, 3]
    by_act = [entry.act for entry in entries.find_all(order.reference, order="act")]
    assert by_act == ["document_opened", "draft_begun", "note_written"]
