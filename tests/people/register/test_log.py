"""The log of readings and searches is written once: the database itself refuses to change or remove a line."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from guichet.people import register

from .builders import CAROLE, NOON, registered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["people_reading", "people_registersearch"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET role = 'applicant'", "DELETE FROM {}"])
def test_a_line_of_the_log_can_neither_be_changed_nor_removed(table: str, statement: str) -> None:
    person = registered()
    register.find(name="Rochat", reader=CAROLE, at=NOON)
    register.extract(person.id, reader=CAROLE, reason="Contrôle", case_reference=None, at=NOON)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_person_whose_data_were_read_cannot_be_deleted_with_the_log() -> None:
    person = registered()
    register.extract(person.id, reader=CAROLE, reason="Contrôle", case_reference=None, at=NOON)

    with pytest.raises(DatabaseError, match="protected|PROTECT|referenced"):
        person.delete()
