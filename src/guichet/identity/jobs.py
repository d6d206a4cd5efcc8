"""The background work of the identity room."""

from __future__ import annotations

from datetime import datetime

from guichet.casework.jobs import job
from guichet.kit.clock import day_of

from .operations import booking, drafts, opening, receiving, reminding, waiting


@job()
def forget_drafts(*, at: datetime) -> None:
    """Give up the drafts that nobody touched for as long as drafts are kept, and erase what was typed in them."""
    drafts.lapse(at=at)


@job()
def open_slots(*, at: datetime) -> None:
    """Make the slots of the counters three months ahead."""
    opening.open_ahead(on=day_of(at))


@job()
def forget_forms(*, at: datetime) -> None:
    """Forget which forms were received last week."""
    receiving.forget(at=at)


@job()
def remind(*, at: datetime) -> None:
    """Remind of tomorrow's appointments, and of the documents that the centre keeps for a month more at most."""
    reminding.remind(at=at)
    reminding.remind_of_kept(on=day_of(at))


@job()
def free_places(*, at: datetime) -> None:
    """Cancel what nobody needs any more, and hand what was held too long to the next ones who wait."""
    booking.release(at=at)
    waiting.expire(at=at)
