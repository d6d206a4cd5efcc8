"""Papers of identity documents are sealed in tests as they are in an office: by a key, with a time-stamp."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guichet.gateways.timestamp.simulator import Simulator
from tests.documents.places import a_time_stamper, an_authority, seal_settings


@pytest.fixture(scope="module")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_authority(tmp_path_factory.mktemp("authority") / "seal")


@pytest.fixture(scope="module")
def time_stamping(seal_folder: Path) -> Iterator[Simulator]:
    with a_time_stamper(seal_folder) as server:
        yield server


@pytest.fixture
def sealing(time_stamping: Simulator, seal_folder: Path, settings: Any) -> None:
    """What is sealed in this test is sealed for real."""
    settings.SEAL = seal_settings(seal_folder)
    settings.TIMESTAMP = {"url": time_stamping.url}
