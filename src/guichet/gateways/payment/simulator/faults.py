"""The fault script: what goes wrong, at which call, how often, and with which luck."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from typing import Any

# Said in place of doing the work.
INSTEAD = frozenset(
    [
        "reset_before",
        "internal_error",
        "firewall_403",
        "firewall_503",
        "unknown_error",
        "communication_timeout",
        "communication_failed",
        "authentication_failed",
    ]
)
# The work is done, and the answer is spoilt or lost.
AFTER = frozenset(
    [
        "delay_after",
        "reset_after",
        "answer_lost",
        "truncated_json",
        "communication_timeout_hidden",
        "slow_drip",
        "slow_headers",
        "unknown_status",
        "unknown_brand",
        "tamper_amount",
        "tamper_currency",
        "tamper_order",
        "foreign_request_id",
        "naive_date",
        "report_shrunk_page",
        "report_missing",
        "report_extra",
        "report_amount",
        "wrong_content_type",
        "redirect",
        "huge",
    ]
)
# Changes how the work is done.
DURING = frozenset(("delay_before", "capture_pending", "authorisation_lapsed"))
NAMES = INSTEAD | AFTER | DURING
CALLS = frozenset(
    [
        "init",
        "assert",
        "capture",
        "cancel",
        "refund",
        "inquire",
        "assert_capture",
        "close",
        "report",
        "terminal",
        "health",
        "any",
    ]
)


@dataclass
class Fault:
    """One thing going wrong: at the ``nth`` matching call from now on, and for ``times`` calls (0: from then on, always).

    With a ``probability`` each matching call is a draw instead, from a generator seeded by ``seed``.
    """

    call: str
    fault: str
    nth: int = 1
    times: int = 1
    order: str = ""
    probability: float | None = None
    seed: int = 0
    seconds: float = 0.2
    value: str = ""
    seen: int = 0
    luck: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.fault not in NAMES:
            raise ValueError(f"unknown fault: {self.fault}")
        if self.call not in CALLS:
            raise ValueError(f"unknown call: {self.call}")
        self.luck = random.Random(self.seed)  # noqa: S311 - reproducible bad luck, not a secret

    def strikes(self, call: str, order: str) -> bool:
        """Counts a call and answers whether this fault happens at it."""
        if self.call not in (call, "any") or (self.order and self.order != order):
            return False
        if self.probability is not None:
            return self.luck.random() < self.probability
        self.seen += 1
        return self.seen >= self.nth and (self.times == 0 or self.seen < self.nth + self.times)

    @property
    def is_spent(self) -> bool:
        return self.probability is None and self.times > 0 and self.seen >= self.nth + self.times - 1


class FaultScript:
    """The faults in force, in the order they were written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, wanted: dict[str, Any]) -> None:
        """Raises: ValueError, TypeError for a fault that does not exist."""
        fault = Fault(**wanted)
        with self._lock:
            self._faults.append(fault)

    def draw(self, call: str, order: str) -> Fault | None:
        """The first fault that strikes this call, if any; every matching one counts the call."""
        with self._lock:
            struck = [fault for fault in self._faults if fault.strikes(call, order)]
            self._faults = [fault for fault in self._faults if not fault.is_spent]
        return struck[0] if struck else None

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def waiting(self) -> list[dict[str, Any]]:
        with self._lock:
            return [
                {"call": f.call, "fault": f.fault, "nth": f.nth, "times": f.times, "seen": f.seen} for f in self._faults
            ]
