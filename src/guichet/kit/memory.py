"""What every process keeps in mind for a few seconds, so that showing a page costs no question (ADR 0012).

For what changes seldom and is only shown: the catalogue, the terms, announced maintenance. Whatever binds somebody
(beginning an order, accepting a text) asks the database. Another process's change is seen after ``FRESH_SECONDS``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")
FRESH_SECONDS = 5.0


class Remembered(Generic[T]):
    """What ``ask`` said at most ``seconds`` (``FRESH_SECONDS``) ago; it is shared by threads and not to be changed."""

    _all: list[Remembered[object]] = []  # noqa: RUF012 - every memory of the process, to be forgotten together

    def __init__(self, ask: Callable[[datetime], T], *, seconds: float | None = None) -> None:
        self._ask, self._seconds = ask, seconds
        self._held: tuple[float, T] | None = None
        self._all.append(self)  # type: ignore[arg-type]

    def at(self, at: datetime) -> T:
        """What is known; asked again when it is no longer fresh."""
        held = self._held
        if held is None or time.monotonic() >= held[0]:
            fresh = FRESH_SECONDS if self._seconds is None else self._seconds
            held = self._held = (time.monotonic() + fresh, self._ask(at))
        return held[1]

    @property
    def last(self) -> T | None:
        """What was said last, however long ago; None if nothing was asked yet."""
        return self._held[1] if self._held else None

    def forget(self) -> None:
        """Ask again at the next page: this process has just changed it."""
        self._held = None

    @classmethod
    def forget_all(cls) -> None:
        """Ask everything again, as a process that has just started."""
        for memory in cls._all:
            memory.forget()
