"""The reducer: the state of an attempt is a pure function of all its events, whatever their order of arrival."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from .states import Kind, State


class Seen(NamedTuple):
    """One event as the reducer sees it; ``asked_at`` is when the question was put that it answers."""

    kind: Kind
    asked_at: datetime


# Money facts: the last of these wins for ever. Only an explicit void lowers a money state, and it always does: a
# provider's transaction never leaves "cancelled", whatever older answer arrives later.
_MONEY = (Kind.AUTHORISED, Kind.CAPTURED, Kind.VOIDED)
MONEY = frozenset(_MONEY)

_WITHOUT_MONEY = {
    Kind.OPENED: State.OPEN,
    Kind.NOT_STARTED: State.OPEN,
    Kind.IN_PROGRESS: State.OPEN,
    Kind.PENDING: State.UNSETTLED,
    Kind.UNKNOWN: State.UNSETTLED,
    Kind.DECLINED: State.NOT_PAID,
    Kind.ABORTED: State.NOT_PAID,
    Kind.START_REFUSED: State.NOT_PAID,
    Kind.NEVER_OPENED: State.NOT_PAID,
    Kind.DECLARED_NOT_PAID: State.NOT_PAID,
}
# Of two answers to questions of the same instant the more cautious one counts; the opening itself says least.
_CAUTION = {State.NOT_PAID: 1, State.OPEN: 2, State.UNSETTLED: 3}

# A page opened in time may be finished after its expiration (3-D Secure, banking app); an hour later no more.
GRACE_IN_PROGRESS = timedelta(hours=1)


def reduce(events: Iterable[Seen], *, expires_at: datetime | None) -> State:
    """The state of the attempt that saw ``events``; ``expires_at`` is when its page can no longer be opened (exclusive).

    Without money the latest answer counts, by the instant of its question: a decline may be followed by a second try
    on the same page, and an unknown answer after a decline makes the attempt uncertain again.
    """
    told = list(events)
    reached = {event.kind for event in told} & MONEY
    if reached:
        return State(max(reached, key=_MONEY.index).value)
    telling = [event for event in told if event.kind in _WITHOUT_MONEY]
    if not telling:
        return State.NEW
    return _meaning(latest(telling, expires_at=expires_at), expires_at)


def latest(events: Iterable[Seen], *, expires_at: datetime | None) -> Seen:
    """The event that answers the newest question; at least one event without money must be given."""
    without_money = (event for event in events if event.kind in _WITHOUT_MONEY)
    return max(without_money, key=lambda event: (event.asked_at, _weight(event, expires_at), event.kind.value))


def _weight(event: Seen, expires_at: datetime | None) -> int:
    return 0 if event.kind == Kind.OPENED else _CAUTION[_meaning(event, expires_at)]


def _meaning(event: Seen, expires_at: datetime | None) -> State:
    """An open page that nobody began before it expired, or that nobody finished long after, was not paid."""
    if expires_at is not None:
        over = {Kind.NOT_STARTED: expires_at, Kind.IN_PROGRESS: expires_at + GRACE_IN_PROGRESS}.get(event.kind)
        if over is not None and event.asked_at >= over:
            return State.NOT_PAID
    return _WITHOUT_MONEY[event.kind]
