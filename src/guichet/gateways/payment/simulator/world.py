"""Everything the simulated provider consists of, and the switches by which a test changes its nature."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from .book import Book
from .clock import VirtualClock, written
from .faults import FaultScript

MEANS = ("VISA", "MASTERCARD", "POSTFINANCEPAY")


@dataclass(frozen=True)
class Switches:
    """How this provider behaves where its specification leaves room or its contract differs."""

    business_licence: bool = False
    business_status: int = 402  # the HTTP status of every refused action; the real pairs are not documented
    in_progress_answer: bool = False  # Assert of an opened page says "in progress" and not "not started"
    cancel_after_capture: bool = False  # until the daily closing
    cancel_pending: bool = False
    token_single_use: bool = False  # a second Assert of a success answers TOKEN_INVALID
    capture_pending: bool = False
    inquire_delay_seconds: float = 0
    page_seconds: float = 1200
    polling_limit: int = 30  # Asserts of one token within a minute
    terminal_means: tuple[str, ...] = MEANS
    terminal_currency: str = "CHF"
    credentials_valid: bool = True
    date_zone: str = "UTC"
    date_skew_seconds: float = 0
    notify_mode: str = "normal"  # hold, never, duplicate, delay, before_return
    notify_delay_seconds: float = 0
    notify_copies: int = 3
    notify_retry_seconds: float = 2
    notify_timeout_seconds: float = 10

    def with_changes(self, changes: dict[str, object]) -> Switches:
        """Raises: ValueError for a switch that does not exist."""
        unknown = set(changes) - {one.name for one in fields(self)}
        if unknown:
            raise ValueError(f"unknown switch: {', '.join(sorted(unknown))}")
        return replace(self, **{name: tuple(v) if isinstance(v, list) else v for name, v in changes.items()})  # type: ignore[arg-type] # checked by name above


@dataclass
class World:
    """One simulated provider: its memory, its clock, its switches and its faults."""

    book: Book
    clock: VirtualClock
    customer_id: str = "245294"
    terminal_id: str = "17791544"
    username: str = "API_245294_00000001"
    password: str = "simulator"  # noqa: S105 - the published password of a provider that holds no money
    origin: str = ""
    last_health: float = -math.inf
    asserts: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    switches: Switches = field(default_factory=Switches)
    faults: FaultScript = field(default_factory=FaultScript)

    @classmethod
    def opened(cls, folder: Path | None, *, speed: float = 1.0) -> World:
        """The world kept in the folder, or a new one."""
        world = cls(book=Book(folder), clock=VirtualClock(speed=speed))
        world.clock.offset = world.book.setting("clock_offset", 0.0)
        return world

    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.book.keep_setting("clock_offset", self.clock.offset)

    def date(self, instant: float) -> str:
        return written(instant, zone=self.switches.date_zone, skew=self.switches.date_skew_seconds)
