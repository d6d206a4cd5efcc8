"""The simulator's own time: it can be moved forward, run faster, and be written in another zone than ours."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class VirtualClock:
    """Seconds since the epoch as the simulated provider sees them."""

    def __init__(self, *, speed: float = 1.0) -> None:
        self.speed = speed
        self.offset = 0.0
        self._started = time.time()

    def now(self) -> float:
        real = time.time()
        return self._started + (real - self._started) * self.speed + self.offset

    def advance(self, seconds: float) -> None:
        self.offset += seconds

    def real_seconds(self, virtual: float) -> float:
        """How long to wait in reality for that much virtual time."""
        return virtual / self.speed


def written(instant: float, *, zone: str = "UTC", skew: float = 0.0) -> str:
    """ISO 8601 with milliseconds in the zone asked for, off by ``skew`` seconds when the provider's clock is wrong."""
    moment = datetime.fromtimestamp(instant + skew, UTC if zone == "UTC" else ZoneInfo(zone))
    return moment.isoformat(timespec="milliseconds")
