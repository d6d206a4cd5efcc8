"""What a process keeps in mind is asked again after a few seconds, or when it has changed it itself."""

from __future__ import annotations

from datetime import datetime

import pytest

from guichet.kit import memory
from guichet.kit.clock import ZURICH
from guichet.kit.memory import FRESH_SECONDS, Remembered

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZURICH)


class Clock:
    """Monotonic seconds that a test lets pass."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(memory, "time", clock)
    return clock


@pytest.fixture
def answers() -> Remembered[int]:
    counted = iter(range(1, 100))
    return Remembered(lambda at: next(counted))


def test_what_was_asked_is_kept_while_it_is_fresh(clock: Clock, answers: Remembered[int]) -> None:
    assert answers.last is None
    assert answers.at(AT) == 1

    clock.now += FRESH_SECONDS - 0.1

    assert answers.at(AT) == 1
    assert answers.last == 1


def test_what_is_no_longer_fresh_is_asked_again(clock: Clock, answers: Remembered[int]) -> None:
    answers.at(AT)
    clock.now += FRESH_SECONDS

    assert answers.at(AT) == 2


def test_what_this_process_changed_is_asked_again_at_once(clock: Clock, answers: Remembered[int]) -> None:
    answers.at(AT)
    answers.forget()
    assert answers.at(AT) == 2

    Remembered.forget_all()
    assert answers.at(AT) == 3
