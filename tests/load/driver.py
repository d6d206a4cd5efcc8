"""What the database's own driver needs for one row: ``INSERT`` with its commit, ``SELECT`` by key. Prints JSON.

``python -m tests.load.driver URL`` on a table of its own; an order cannot write or read a row for less.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

INSERTS, SELECTS = 2_000, 20_000


def opened(url: str) -> tuple[Any, str]:
    """A connection that commits each statement, as the house's is set, and the mark of a parameter."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(urlsplit(url).path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection, "?"
    import psycopg

    return psycopg.connect(url, autocommit=True), "%s"


def rate(act: Callable[[int], object], times: int) -> float:
    """How often a second."""
    begun = time.perf_counter()
    for number in range(1, times + 1):
        act(number)
    return times / (time.perf_counter() - begun)


def main() -> None:
    """Measure, and leave nothing behind."""
    connection, mark = opened(sys.argv[1])
    cursor = connection.cursor()
    cursor.execute("DROP TABLE IF EXISTS floor_driver")
    cursor.execute("CREATE TABLE floor_driver (id integer PRIMARY KEY, name text)")
    inserted = rate(
        lambda number: cursor.execute(f"INSERT INTO floor_driver VALUES ({mark}, 'un nom')", (number,)), INSERTS
    )
    selected = rate(
        lambda number: cursor.execute(
            f"SELECT name FROM floor_driver WHERE id = {mark}", (number % INSERTS + 1,)
        ).fetchone(),
        SELECTS,
    )
    cursor.execute("DROP TABLE floor_driver")
    connection.close()
    print(json.dumps({"inserts": inserted, "selects": selected}))


if __name__ == "__main__":
    main()
