"""The house of the scenarios: built once, on the kind of database that the run of the tests selects."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from .databases import Database, OwnPostgres, SqliteFile
from .house import House


@pytest.fixture(scope="session")
def database_of_the_house() -> Iterator[Database]:
    folder = Path(tempfile.mkdtemp(prefix="guichet-house-"))
    is_postgres = connections["default"].vendor == "postgresql"
    yield OwnPostgres(folder) if is_postgres else SqliteFile(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def open_house(database_of_the_house: Database, tmp_path_factory: Any) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"), database_of_the_house)
    try:
        house.open()
        yield house
    finally:
        house.close()


@pytest.fixture
def house(open_house: House, settings: Any, django_db_blocker: Any) -> Iterator[House]:
    """The house, with this test's view of the database turned to it."""
    default = connections["default"]
    mine = dict(default.settings_dict)
    settings.STORE_DIR = open_house.data / "store"
    settings.PUBLIC_URL = open_house.site
    settings.PAYMENT = {**settings.PAYMENT, "base_url": open_house.simulator.base_url}
    with django_db_blocker.unblock():
        default.close()
        default.settings_dict.update(open_house.database.settings)
        try:
            yield open_house
        finally:
            open_house.provider_is_itself_again()
            open_house.hire_all()
            default.close()
            default.settings_dict.clear()
            default.settings_dict.update(mine)
