"""Rows written by a statement composed here, for what every order writes: one statement, no savepoint to fall back to.

Django composes each statement anew from a query-set, which costs several times what the database needs to carry it out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from django.db import connection
from django.db.models import Field, Model


@cache
def _inserted(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.has_db_default())


def _column(model: type[Model], name: str) -> Field[Any, Any]:
    return cast("Field[Any, Any]", model._meta.get_field(name))


def insert_all(rows: Sequence[Model]) -> None:
    """Insert rows of one model, at least one (1 statement). Columns with a default of the database get it.

    Raises:
        IntegrityError: a constraint refuses one of them; none is inserted.
    """
    _insert(rows, "")


def insert_new(rows: Sequence[Model]) -> list[Any]:
    """Insert those rows of one model that break no unique constraint; their primary keys (1 statement).

    Whoever holds the same place already keeps it, and the transaction goes on: no error, no savepoint. Columns with a
    default of the database get it.
    """
    return _insert(rows, "ON CONFLICT DO NOTHING ")


def _insert(rows: Sequence[Model], otherwise: str) -> list[Any]:
    model = type(rows[0])
    fields = _inserted(model)
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {places} {otherwise}'  # noqa: S608 - own names
            f'RETURNING "{model._meta.pk.column}"',
            values,
        )
        given = cursor.fetchall()
    for row in rows:
        row._state.adding = False  # noqa: SLF001 - as Django's own bulk_create does
    return [model._meta.pk.to_python(key) for (key,) in given]


def values_of(row: Model, *names: str) -> dict[str, Any]:
    """Fields of a row as ``change`` writes them: what is encrypted is encrypted for this row."""
    return {name: _column(type(row), name).pre_save(row, add=False) for name in names}


def change(model: type[Model], values: Mapping[str, Any], **where: Any) -> int:
    """Write plain values into the rows whose fields equal those of ``where``; how many (1 statement)."""
    sql, parameters = change_statement(model, values, **where)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def change_statement(model: type[Model], values: Mapping[str, Any], **where: Any) -> tuple[str, list[Any]]:
    """The statement of ``change`` and its parameters, for who lets it give something back as well."""
    places = ", ".join(f'"{_column(model, name).column}" = %s' for name in values)
    conditions, parameters = _conditions(model, where)
    written = [_column(model, name).get_db_prep_save(value, connection) for name, value in values.items()]
    return f'UPDATE "{model._meta.db_table}" SET {places} WHERE {conditions}', [*written, *parameters]  # noqa: S608 - own names


def remove(model: type[Model], **where: Any) -> int:
    """Delete the rows whose fields equal those of ``where``, and nothing that refers to them; how many (1 statement)."""
    conditions, parameters = _conditions(model, where)
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE {conditions}', parameters)  # noqa: S608 - own names
        return int(cursor.rowcount)


def _conditions(model: type[Model], where: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """``AND`` of equalities; None asks for a field that is empty."""
    parts, parameters = [], []
    for name, value in where.items():
        field = _column(model, name)
        parts.append(f'"{field.column}" ' + ("IS NULL" if value is None else "= %s"))
        if value is not None:
            parameters.append(field.get_db_prep_value(value, connection))
    return " AND ".join(parts), parameters
