"""Letters as the mailbox page shows them; the room that owes them gives the function that lists them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the demonstration: printed by the desk in reality, legible here at once."""

    key: str
    to: str
    subject: str
    body: str
    owed_at: datetime
    is_posted: bool


Letters = Callable[[], Sequence[Letter]]


def letters() -> Sequence[Letter]:
    """The letters owed and posted, newest first, from ``settings.MAILBOX_LETTERS`` (none without it)."""
    source = getattr(settings, "MAILBOX_LETTERS", None)
    if source is None:
        return ()
    listed: Letters = import_string(source)
    return listed()
