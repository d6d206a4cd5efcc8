"""Rows of models from statements written by hand, for the few look-ups that stand before every page (ADR 0012).

Django composes a query-set's statement anew each time it is asked, which costs several times what the database needs
for a look-up by key. Here the list of columns is composed once; a row is made by Django's own ``from_db``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import Col

M = TypeVar("M", bound=Model)
Convert = Callable[[Any, Any, Any], Any]


class Columns(Generic[M]):
    """The columns of a model in a statement, its table called ``alias`` there; ``table`` is ready for FROM or JOIN."""

    def __init__(self, model: type[M], alias: str) -> None:
        self.model = model
        fields = model._meta.concrete_fields
        self._fields = [field.get_col(alias) for field in fields]
        self._names = [field.attname for field in fields]
        self._key = self._names.index(model._meta.pk.attname)
        self._converters: dict[str, list[tuple[int, Col, list[Convert]]]] = {}
        self.sql = ", ".join(f'{alias}."{field.column}"' for field in fields)
        self.table = f'"{model._meta.db_table}" {alias}'

    def __len__(self) -> int:
        return len(self._names)

    def row(self, values: Sequence[Any]) -> M | None:
        """The row that these columns held; None where an outer join found none."""
        if values[self._key] is None:
            return None
        converted = list(values)
        for place, column, converters in self._converters_here():
            for convert in converters:
                converted[place] = convert(converted[place], column, connection)
        return self.model.from_db(connection.alias, self._names, converted)

    def _converters_here(self) -> list[tuple[int, Col, list[Convert]]]:
        """What this kind of database needs to be told about each column, as Django's compiler asks it."""
        known = self._converters.get(connection.vendor)
        if known is None:
            told = (
                (place, column, [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)])
                for place, column in enumerate(self._fields)
            )
            known = self._converters[connection.vendor] = [one for one in told if one[2]]
        return known


def parameter(model: type[Model], name: str, value: object) -> Any:
    """A value as this database compares it with a field of the model."""
    return model._meta.get_field(name).get_db_prep_value(value, connection)  # type: ignore[union-attr]
