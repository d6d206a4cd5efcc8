"""Append-only tables, held by the database itself: UPDATE, DELETE and TRUNCATE are refused on both engines."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.operations.base import Operation

PREFIX = "append_only_"


def statements(table: str, vendor: str) -> list[str]:
    """The SQL that makes ``table`` append-only on ``sqlite`` or ``postgresql``; table names are our own, never input."""
    if vendor == "sqlite":
        return [
            (
                f'CREATE TRIGGER "{PREFIX}{table}_{verb.lower()}" BEFORE {verb} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
            )
            for verb in ("UPDATE", "DELETE")
        ]
    refuse = (
        "CREATE OR REPLACE FUNCTION guichet_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$"
    )
    call = "EXECUTE FUNCTION guichet_append_only()"
    return [
        refuse,
        f'CREATE TRIGGER "{PREFIX}{table}_change" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW {call}',
        f'CREATE TRIGGER "{PREFIX}{table}_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {call}',
    ]


def append_only(table: str) -> list[Operation]:
    """Migration operations that make ``table`` append-only; reversed when the migration is."""

    def install(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements(table, editor.connection.vendor):
            editor.execute(statement, params=None)  # a % in the text is a %

    def remove(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                editor.execute(f'DROP TRIGGER "{PREFIX}{table}_{verb}"')
        else:
            for what in ("change", "truncate"):
                editor.execute(f'DROP TRIGGER "{PREFIX}{table}_{what}" ON "{table}"')

    return [RunPython(install, remove)]
