"""Rows by one column, for the look-ups that every payment, job and case page makes: the statement is composed once.

Django composes a query-set's statement anew each time, which costs several times what the database needs to answer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.db import connection
from django.db.models import Field, Model

from .rows import Columns, parameter

M = TypeVar("M", bound=Model)


class Lookup(Generic[M]):
    """Finds rows of ``model`` by its ``column``, with the rows that it refers to by ``following``.

    ``following`` are names of foreign keys that are never empty, each one followed from the row of the one before it.
    """

    def __init__(self, model: type[M], column: str, *following: str) -> None:
        self.model, self.column, self.following = model, column, following

    @cached_property
    def _parts(self) -> list[Columns[Any]]:
        parts: list[Columns[Any]] = [Columns(self.model, "r0")]
        for place, name in enumerate(self.following, start=1):
            parts.append(Columns(cast("type[Model]", parts[-1].model._meta.get_field(name).related_model), f"r{place}"))
        return parts

    @cached_property
    def _statement(self) -> str:
        parts = self._parts
        joins = [
            f'JOIN {part.table} ON r{place}."{_column(before.model, name)}" = r{place + 1}."{_column(part.model, "pk")}"'
            for place, (before, part, name) in enumerate(zip(parts, parts[1:], self.following, strict=False))
        ]
        columns = ", ".join(part.sql for part in parts)
        where = f'WHERE r0."{_column(self.model, self.column)}" = %s'
        return " ".join([f"SELECT {columns} FROM {parts[0].table}", *joins, where])  # noqa: S608 - own names

    def find(self, value: object, *, lock: bool = False) -> M | None:
        """The row, or None (1 statement). ``lock`` locks it, and it alone, until the end of the transaction."""
        locking = " FOR UPDATE OF r0" if lock and connection.features.has_select_for_update else ""
        with connection.cursor() as cursor:
            cursor.execute(self._statement + locking, [parameter(self.model, self.column, value)])
            values = cursor.fetchone()
        return None if values is None else self._row(values)

    def find_all(self, value: object, *, order: str) -> list[M]:
        """All rows of this value, the smallest ``order`` (a column of the model) first (1 statement)."""
        ordered = f' ORDER BY r0."{_column(self.model, order)}"'
        with connection.cursor() as cursor:
            cursor.execute(self._statement + ordered, [parameter(self.model, self.column, value)])
            return [self._row(values) for values in cursor.fetchall()]

    def _row(self, values: Sequence[Any]) -> M:
        found: list[Any] = []
        for part in self._parts:
            found.append(part.row(values[: len(part)]))
            values = values[len(part) :]
        for before, name, row in zip(found, self.following, found[1:], strict=False):
            setattr(before, name, row)
        return cast("M", found[0])


def _column(model: type[Model], name: str) -> str:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return str(cast("Field[Any, Any]", field).column)
