"""Rows inserted unless somebody holds their place, without an error to recover from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from guichet.casework.models import Beat, OutboxMessage
from guichet.kit import clock
from guichet.kit.writing import change, insert_new

pytestmark = pytest.mark.django_db


def a_message(key: str) -> OutboxMessage:
    return OutboxMessage(kind="x/y", case_reference="CMD-1", to="a@exemple.ch", context={"a": "é"}, key=key)


def test_only_the_rows_whose_place_is_free_are_inserted_and_named() -> None:
    first = a_message("one")
    assert insert_new([first]) == [first.pk]
    again, second = a_message("one"), a_message("two")

    assert insert_new([again, second]) == [second.pk]

    assert set(OutboxMessage.objects.values_list("pk", flat=True)) == {first.pk, second.pk}


def test_encrypted_values_are_readable_and_defaults_of_the_database_are_given() -> None:
    message = a_message("one")
    insert_new([message])

    kept = OutboxMessage.objects.get()
    assert (kept.to, kept.context) == ("a@exemple.ch", {"a": "é"})
    assert abs((clock.now() - kept.owed_at).total_seconds()) < 60


@pytest.mark.parametrize(
    "write",
    [
        lambda: OutboxMessage.objects.update(to="b@exemple.ch"),
        lambda: change(OutboxMessage, {"to": "b@exemple.ch"}, key="one"),
    ],
)
def test_no_way_of_writing_puts_plain_text_into_an_encrypted_column(write: Callable[[], int]) -> None:
    insert_new([a_message("one")])

    with pytest.raises(TypeError, match=r"OutboxMessage\.to is written by save") as refused, transaction.atomic():
        write()

    assert "b@exemple.ch" not in str(refused.value)
    assert OutboxMessage.objects.get().to == "a@exemple.ch"


def test_a_refused_row_leaves_the_transaction_standing(django_assert_num_queries: object) -> None:
    Beat.objects.create(name="a", next_at=clock.now())

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert insert_new([Beat(name="a", next_at=clock.now())]) == []

    assert Beat.objects.count() == 1
