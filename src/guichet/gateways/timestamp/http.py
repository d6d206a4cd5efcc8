"""A time-stamper reached over HTTP, as RFC 3161 section 3.4 has it."""

from __future__ import annotations

import urllib3

from .port import TimeStampUnavailable

CONNECT_SECONDS, READ_SECONDS = 3.0, 10.0
MOST_BYTES = 64 * 1024
_TYPES = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class HttpTimeStamper:
    """Keeps its connection; never follows a redirection, and never tries again: the job that seals does."""

    def __init__(self, url: str, *, read_seconds: float = READ_SECONDS) -> None:
        self.url = url
        self._pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=read_seconds), retries=False, maxsize=4
        )

    def stamp(self, request: bytes) -> bytes:
        """See ``TimeStamper.stamp``."""
        try:
            reply = self._pool.request(
                "POST", self.url, body=request, headers=_TYPES, redirect=False, preload_content=False
            )
            try:
                content = reply.read(MOST_BYTES + 1)
            finally:
                reply.drain_conn()
                reply.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise TimeStampUnavailable(type(error).__name__) from None
        if reply.status != 200:
            raise TimeStampUnavailable(f"HTTP {reply.status}")
        if reply.headers.get("Content-Type", "").partition(";")[0].strip() != "application/timestamp-reply":
            raise TimeStampUnavailable("the reply is not a time-stamp reply")
        if len(content) > MOST_BYTES:
            raise TimeStampUnavailable("the reply is too long")
        return content
