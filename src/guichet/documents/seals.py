"""What can be said of a seal, without the library that makes and reads them: that one takes a second to load, and
the processes that answer people need only the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class SealUnavailable(Exception):  # noqa: N818 - says what happened
    """The document can't be sealed now (key, revocation lists or time-stamper); nothing was kept, try again later."""


@dataclass(frozen=True, slots=True)
class SealReport:
    """The findings about one file; without a seal all others are empty or false.

    ``names_office``: its certificate carries the name of the office's seal, which by itself proves nothing.
    ``intact``: the sealed bytes are those that were sealed. ``trusted``: by a seal under an authority of this
    installation, good at the time of its time-stamp. ``changed_after``: something was added once it was sealed.
    ``sealed_at`` is the instant of the time-stamp, not one that the file merely claims.
    """

    sealed: bool = False
    names_office: bool = False
    intact: bool = False
    trusted: bool = False
    changed_after: bool = False
    sealed_by: str = ""
    sealed_at: datetime | None = None

    @property
    def good(self) -> bool:
        """Sealed by the office, and exactly as the office sealed it."""
        return self.sealed and self.intact and self.trusted and not self.changed_after
