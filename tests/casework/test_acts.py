"""A case moves by one conditional UPDATE and one journal entry."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from guichet.casework import journal
from guichet.casework.acts import record, take
from guichet.kit.errors import NotAllowedNow, NotEntitled
from guichet.orders.models import Order

from .builders import APPLICANT, AT, CLERK, a_draft

pytestmark = pytest.mark.django_db


def _cancel(order: Order) -> None:
    take("order_cancelled", order, actor=APPLICANT, at=AT, fields={"cancelled_at": AT}, facts={"why": "test"})


def test_an_act_moves_the_row_and_writes_one_entry() -> None:
    order = a_draft()

    _cancel(order)

    assert Order.objects.get(pk=order.pk).state == order.state == "cancelled"
    last = journal.entries(order.reference)[-1]
    assert (last.act, last.source, last.target, last.role) == ("order_cancelled", "draft", "cancelled", "applicant")
    assert last.basis == ["CGV:3/1"]
    assert last.facts == {"why": "test"}


def test_an_act_out_of_order_is_refused_and_changes_nothing() -> None:
    order = a_draft()
    _cancel(order)
    before = journal.entries(order.reference)

    with pytest.raises(NotAllowedNow) as refused:
        _cancel(order)

    assert refused.value.basis
    assert len(journal.entries(order.reference)) == len(before)


def test_an_act_of_another_role_is_refused() -> None:
    order = a_draft()

    with pytest.raises(NotEntitled):
        take("order_cancelled", order, actor=CLERK, at=AT, fields={"cancelled_at": AT})

    assert Order.objects.get(pk=order.pk).state == "draft"


def test_a_stale_case_in_memory_does_not_deceive_the_stored_state() -> None:
    order = a_draft()
    stale = Order.objects.get(pk=order.pk)
    _cancel(order)

    with pytest.raises(NotAllowedNow):
        _cancel(stale)

    assert stale.state == "cancelled"


def test_a_record_between_two_acts_keeps_the_chain_whole() -> None:
    order = a_draft()
    record("note_written", order.reference, actor=CLERK, at=AT)

    _cancel(order)

    assert [entry.seq for entry in journal.entries(order.reference)] == [1, 2, 3]
    assert journal.verify(order.reference) == []


@pytest.mark.django_db(transaction=True)
def test_of_many_who_act_at_once_exactly_one_succeeds() -> None:
    order = a_draft()
    outcomes: list[str] = []
    barrier = threading.Barrier(8)

    def act() -> None:
        mine = Order.objects.get(pk=order.pk)
        barrier.wait()
        try:
            _cancel(mine)
            outcomes.append("done")
        except NotAllowedNow:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done"] + ["refused"] * 7
    assert [e.act for e in journal.entries(order.reference)] == ["draft_begun", "order_cancelled"]


@pytest.mark.django_db(transaction=True)
def test_many_who_write_into_one_journal_at_once_leave_one_whole_chain() -> None:
    order = a_draft()
    barrier = threading.Barrier(6)

    def write() -> None:
        barrier.wait()
        for _ in range(5):
            record("note_written", order.reference, actor=CLERK, at=AT)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [entry.seq for entry in journal.entries(order.reference)] == list(range(1, 32))
    assert journal.verify(order.reference) == []


def test_an_act_costs_two_statements_once_the_end_of_the_chain_is_known(django_assert_num_queries: object) -> None:
    order = a_draft()

    with django_assert_num_queries(4):  # type: ignore[operator]  # UPDATE and INSERT, within a savepoint of the test
        _cancel(order)
