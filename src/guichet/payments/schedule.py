"""When an attempt without an end is looked at again: few times, since the provider forbids polling."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from .states import Kind, State

NEVER_OPENED_AFTER = timedelta(hours=1)
FIRST_QUESTION = timedelta(minutes=2)
SECOND_QUESTION = timedelta(hours=1)
LAST_QUESTION = timedelta(hours=23)
# The provider answers for a day after the opening, for five when it said "pending" itself.
TOKEN_LIFE = timedelta(hours=24)
PENDING_QUESTIONS = (*(timedelta(days=days) for days in (2, 3, 4)), timedelta(hours=119))

_PAGE_LEFT_OPEN = (Kind.NOT_STARTED, Kind.IN_PROGRESS)


def next_look(
    state: State, latest: Kind, *, opened_at: datetime, expires_at: datetime | None, at: datetime
) -> datetime | None:
    """The next instant after ``at`` at which the mop-up looks at the attempt; None when it never does again.

    ``latest`` is the kind of the newest answer; ``opened_at`` the opening, or the preparation of a page never opened.
    At an unpaid attempt's last look only its token is erased.
    """
    if state == State.NEW:
        return opened_at + NEVER_OPENED_AFTER
    if state in (State.AUTHORISED, State.CAPTURED, State.VOIDED) or expires_at is None:
        return None
    return next((when for when in sorted(_looks(state, latest, opened_at, expires_at)) if when > at), None)


def _looks(state: State, latest: Kind, opened_at: datetime, expires_at: datetime) -> Iterator[datetime]:
    yield expires_at + FIRST_QUESTION
    if state != State.NOT_PAID or latest in _PAGE_LEFT_OPEN:
        yield expires_at + SECOND_QUESTION
        yield opened_at + LAST_QUESTION
    if state == State.NOT_PAID:
        yield opened_at + TOKEN_LIFE
    if latest == Kind.PENDING:
        yield from (opened_at + wait for wait in PENDING_QUESTIONS)
