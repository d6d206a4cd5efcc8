"""The reducer: the state of an attempt is a pure function of all its events, whatever their order of arrival."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from .states import Kind, State


class Seen(NamedTuple):
    """One event as the reducer sees it; ``asked_at`` is when the question was put that it answers."""

    kind: Kind
    asked_at: datetime


# Money facts: the last of these wins for ever. Only an explicit void lowers a money state, and it always does: a
# provider's transaction never leaves "cancelled", whatever older answer arrives later.
_MONEY = {Kind.AUTHORISED: State.AUTHORISED, Kind.CAPTURED: State.CAPTURED, Kind.VOIDED: State.VOIDED}
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


class Reduced(NamedTuple):
    """What is known of all events so far: the state, and of those without money the one that tells most.

    Adding them one by one, in any order, repeated or not, gives the same as looking at all of them.
    """

    state: State = State.NEW
    said: Seen | None = None

    def after(self, event: Seen, *, expires_at: datetime | None) -> Reduced:
        """With one event more; ``expires_at`` is when the attempt's page can no longer be opened (exclusive).

        Without money the latest answer counts, by the instant of its question: a decline may be followed by a second
        try on the same page, and an unknown answer after a decline makes the attempt uncertain again.
        """
        if event.kind in MONEY:
            return Reduced(max(self.state, _MONEY[event.kind], key=_rank), self.said)
        if event.kind not in _WITHOUT_MONEY:
            return self
        said = event if self.said is None else max(self.said, event, key=partial(_telling, expires_at=expires_at))
        return Reduced(self.state if _rank(self.state) else _meaning(said, expires_at), said)


def reduce(events: Iterable[Seen], *, expires_at: datetime | None) -> State:
    """The state of the attempt that saw ``events``."""
    known = Reduced()
    for event in events:
        known = known.after(event, expires_at=expires_at)
    return known.state


def _rank(state: State) -> int:
    """Which money fact is the last: 0 for a state without money."""
    return [State.AUTHORISED, State.CAPTURED, State.VOIDED].index(state) + 1 if state in _MONEY.values() else 0


def _telling(event: Seen, *, expires_at: datetime | None) -> tuple[datetime, int, str]:
    """The order of events without money: the newest question, of one instant the more cautious answer."""
    return event.asked_at, _weight(event, expires_at), event.kind.value


def _weight(event: Seen, expires_at: datetime | None) -> int:
    return 0 if event.kind == Kind.OPENED else _CAUTION[_meaning(event, expires_at)]


def _meaning(event: Seen, expires_at: datetime | None) -> State:
    """An open page that nobody began before it expired, or that nobody finished long after, was not paid."""
    if expires_at is not None:
        over = {Kind.NOT_STARTED: expires_at, Kind.IN_PROGRESS: expires_at + GRACE_IN_PROGRESS}.get(event.kind)
        if over is not None and event.asked_at >= over:
            return State.NOT_PAID
    return _WITHOUT_MONEY[event.kind]
