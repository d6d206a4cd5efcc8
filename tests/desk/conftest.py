"""The desk's day: the clock stands still, the seal and its time-stamper are ready."""

from __future__ import annotations

import pytest

from guichet.kit import clock

from .builders import NOW


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page reads the same instant."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
