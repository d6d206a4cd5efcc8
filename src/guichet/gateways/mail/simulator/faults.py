"""The fault script: what goes wrong with a delivery, to whom, and how often."""

from __future__ import annotations

from dataclasses import dataclass

# What the server answers instead of taking a recipient (RFC 5321 4.2.1: 4 is "not now", 5 is "never") …
TO_RECIPIENT = {"deferred": "451 4.3.0 Try again later", "refused": "550 5.1.1 No such mailbox here"}
# … and instead of taking the text.
TO_CONTENT = {"content_deferred": "451 4.3.0 Try again later", "content_refused": "554 5.7.1 Content refused"}
# The connection ends: nothing is kept; it is kept, but the answer is lost; after the answer. And an answer that takes its time.
OTHERS = frozenset({"lost", "answer_lost", "cut_after", "slow"})
NAMES = OTHERS | TO_RECIPIENT.keys() | TO_CONTENT.keys()


@dataclass
class Fault:
    """One thing going wrong, at the next ``times`` deliveries to this address (0: always; no address: to anybody)."""

    fault: str
    to: str = ""
    times: int = 1
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.fault not in NAMES:
            raise ValueError(f"unknown fault: {self.fault}")


class FaultScript:
    """The faults in force, in the order they were written."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def draw(self, recipients: list[str], among: frozenset[str]) -> Fault | None:
        """The first of these faults that strikes a delivery, if any; it is used up."""
        for fault in self._faults:
            if fault.fault in among and (not fault.to or fault.to in recipients):
                fault.times -= 1
                if fault.times == 0:
                    self._faults.remove(fault)
                return fault
        return None
