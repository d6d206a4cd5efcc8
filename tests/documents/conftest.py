"""One authority and one time-stamper for all tests of the room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guichet.gateways.timestamp.simulator import Simulator

from .places import a_time_stamper, an_authority, seal_settings


@pytest.fixture(scope="session")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_authority(tmp_path_factory.mktemp("authority") / "seal")


@pytest.fixture(scope="session")
def time_stamping(seal_folder: Path) -> Iterator[Simulator]:
    with a_time_stamper(seal_folder) as server:
        yield server


@pytest.fixture
def sealing(time_stamping: Simulator, seal_folder: Path, settings: Any) -> Iterator[Simulator]:
    """The seal and the time-stamper are ready; gives the time-stamper, whose faults last for one test."""
    settings.SEAL = seal_settings(seal_folder)
    settings.TIMESTAMP = {"url": time_stamping.url}
    time_stamping.fault = "none"
    yield time_stamping
    time_stamping.fault = "none"
