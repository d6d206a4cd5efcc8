"""The desk's day: the clock stands still, the seal and its time-stamper are ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guichet.gateways.timestamp.simulator import Simulator
from guichet.kit import clock
from tests.documents.places import a_time_stamper, an_authority, seal_settings

from .builders import NOW


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page reads the same instant."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(scope="session")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_authority(tmp_path_factory.mktemp("authority") / "seal")


@pytest.fixture(scope="session")
def time_stamping(seal_folder: Path) -> Iterator[Simulator]:
    with a_time_stamper(seal_folder) as server:
        yield server


@pytest.fixture
def sealing(time_stamping: Simulator, seal_folder: Path, settings: Any) -> None:
    """Documents can be sealed."""
    settings.SEAL = seal_settings(seal_folder)
    settings.TIMESTAMP = {"url": time_stamping.url}
