"""How the engine of the tests would read a table too large to be read whole."""

from __future__ import annotations

from django.db import connection


def plan_of(sql: str) -> str:
    """The plan of a statement; PostgreSQL, which reads a small table whole, is told not to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
