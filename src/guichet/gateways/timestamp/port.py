"""What the house asks of a time-stamper: a request in, a signed reply out, both DER of RFC 3161."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Protocol


class TimeStampUnavailable(Exception):  # noqa: N818 - says what happened
    """No usable reply: unreachable, too slow, or not a time-stamp; a later try may succeed."""


class TimeStamper(Hashable, Protocol):
    """Attests when a digest existed. It sees the digest only, never the document."""

    def stamp(self, request: bytes) -> bytes:
        """The ``TimeStampResp`` to a ``TimeStampReq``.

        The caller checks what the reply says; this port only promises that something came back as a reply.

        Raises:
            TimeStampUnavailable: nothing usable came back.
        """
        ...
