"""The journal cannot be changed, and shows it if somebody managed to."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from guichet.casework import journal, triggers
from guichet.casework.acts import record
from guichet.casework.models import Entry

from .builders import AT, CLERK, a_draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE casework_entry SET act = 'other'",
        "DELETE FROM casework_entry",
    ],
)
@pytest.mark.applies("CGV 4")
def test_the_database_refuses_to_change_or_remove_an_entry(statement: str) -> None:
    a_draft()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Entry.objects.get().act == "draft_begun"


def test_postgresql_refuses_to_truncate_the_journal() -> None:
    statements = triggers.statements("casework_entry", "postgresql")

    assert any("BEFORE TRUNCATE" in statement for statement in statements)
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE casework_entry")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE casework_entry SET actor = 'mallory' WHERE seq = 2", "empreinte"),
        ("UPDATE casework_entry SET facts = '{\"a\": 1}' WHERE seq = 2", "empreinte"),
        ("DELETE FROM casework_entry WHERE seq = 2", "trou"),
    ],
)
@pytest.mark.applies("CGV 4")
def test_a_change_made_behind_the_triggers_is_found(change: str, said: str) -> None:
    order = a_draft()
    for _ in range(2):
        record("note_written", order.reference, actor=CLERK, at=AT)
    assert journal.verify(order.reference) == []
    _lift_triggers()

    with connection.cursor() as cursor:
        cursor.execute(change)

    assert any(said in found for found in journal.verify(order.reference))


def _lift_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(f'DROP TRIGGER "append_only_casework_entry_{verb}"')
        else:
            cursor.execute("ALTER TABLE casework_entry DISABLE TRIGGER USER")


def test_an_entry_read_back_has_the_digest_it_was_written_with() -> None:
    order = a_draft()

    stored = Entry.objects.get(case_reference=order.reference)

    assert stored.digest == journal.digest_of(stored)


def test_entries_overtaken_in_the_chain_are_all_written_after_the_other_s() -> None:
    order = a_draft()
    behind = journal.head(order.reference)
    record("note_written", order.reference, actor=CLERK, at=AT)
    together = [
        Entry(case_reference=order.reference, act=act, role="system", actor="guichet", at=AT) for act in ("one", "two")
    ]

    end = journal.append(together, after=behind)

    assert [entry.act for entry in journal.entries(order.reference)] == ["draft_begun", "note_written", "one", "two"]
    assert end == journal.head(order.reference)
    assert journal.verify(order.reference) == []
