"""A case moves by one conditional UPDATE and one journal entry."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from guichet.casework import journal
from guichet.casework.acts import Act, record, take, take_in_turn
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


def test_an_act_costs_two_statements(django_assert_num_queries: object) -> None:
    order = a_draft()

    with django_assert_num_queries(2):  # type: ignore[operator]
        _cancel(order)


def test_acts_that_follow_one_upon_another_are_one_update_and_an_entry_each(django_assert_num_queries: object) -> None:
    order = a_draft()
    there_and_back = [
        Act("order_submitted", APPLICANT, {"delivery": "download", "quote_digest": "d", "ordered_on": AT.date()}),
        Act("order_reopened", APPLICANT, {"quote_digest": ""}, {"why": "test"}),
    ]

    with django_assert_num_queries(4):  # type: ignore[operator]  # two, within a savepoint for the INSERT
        take_in_turn(there_and_back, order, at=AT)

    stored = Order.objects.get(pk=order.pk)
    assert (stored.state, stored.delivery, stored.quote_digest) == ("draft", "download", "")
    moves = [(entry.act, entry.source, entry.target) for entry in journal.entries(order.reference)[1:]]
    assert moves == [("order_submitted", "draft", "submitted"), ("order_reopened", "submitted", "draft")]
    assert journal.verify(order.reference) == []


def test_acts_in_turn_are_refused_together_if_the_first_is() -> None:
    order = a_draft()
    _cancel(order)
    before = journal.entries(order.reference)

    with pytest.raises(NotAllowedNow):
        take_in_turn([Act("order_submitted", APPLICANT), Act("order_reopened", APPLICANT)], order, at=AT)

    assert [entry.digest for entry in journal.entries(order.reference)] == [entry.digest for entry in before]


def test_acts_that_do_not_follow_one_upon_another_are_an_error_of_ours() -> None:
    order = a_draft()

    with pytest.raises(ValueError, match="order_reopened does not follow upon order_cancelled"):
        take_in_turn([Act("order_cancelled", APPLICANT), Act("order_reopened", APPLICANT)], order, at=AT)

    assert Order.objects.get(pk=order.pk).state == "draft"


def test_every_act_in_turn_must_be_one_of_its_actor_s() -> None:
    order = a_draft()

    with pytest.raises(NotEntitled):
        take_in_turn([Act("order_submitted", APPLICANT), Act("order_reopened", CLERK)], order, at=AT)

    assert Order.objects.get(pk=order.pk).state == "draft"


def test_a_row_in_hand_that_is_behind_its_chain_finds_the_end_again() -> None:
    order = a_draft()
    record("note_written", order, actor=CLERK, at=AT)
    record("note_written", order.reference, actor=CLERK, at=AT)

    record("note_written", order, actor=CLERK, at=AT)
    _cancel(order)

    assert [entry.seq for entry in journal.entries(order.reference)] == [1, 2, 3, 4, 5]
    assert journal.verify(order.reference) == []
