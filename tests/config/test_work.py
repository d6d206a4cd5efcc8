"""What the worker's log says of a database that does not answer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import OperationalError

from guichet.config.management.commands.work import trouble_of


def raised(cause: Exception) -> OperationalError:
    """The error as Django hands it on."""
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


def test_a_database_in_which_another_writes_is_busy(tmp_path: Path) -> None:
    file = tmp_path / "office.sqlite3"
    one, other = (sqlite3.connect(file, timeout=0, isolation_level=None) for _ in range(2))
    one.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError) as locked:
        other.execute("BEGIN IMMEDIATE")

    assert trouble_of(raised(locked.value)) == "busy"
    one.close()
    other.close()


def test_a_database_that_cannot_be_opened_is_away(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as missing:
        sqlite3.connect(tmp_path / "nowhere" / "office.sqlite3")

    assert trouble_of(raised(missing.value)) == "away"
    assert trouble_of(OperationalError("connection refused")) == "away"
