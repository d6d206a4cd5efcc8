"""Rows written in one statement, without a savepoint to fall back to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


@cache
def _columns(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.has_db_default())


def insert_new(rows: Sequence[Model]) -> list[Any]:
    """Insert those rows of one model that break no unique constraint; their primary keys (1 statement).

    Whoever holds the same place already keeps it, and the transaction goes on: no error, no savepoint. Columns with a
    default of the database get it.
    """
    model = type(rows[0])
    fields = _columns(model)
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {places} '  # noqa: S608 - own names
            f'ON CONFLICT DO NOTHING RETURNING "{model._meta.pk.column}"',
            values,
        )
        given = cursor.fetchall()
    for row in rows:
        row._state.adding = False  # noqa: SLF001 - as Django's own bulk_create does
    return [model._meta.pk.to_python(key) for (key,) in given]
