"""The line to the provider: one question, one answer or a plain reason why there is none, within a total time."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import logging
import socket
import threading
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

CONNECT_SECONDS = 10.0
TOTAL_SECONDS = 100.0  # the time the provider asks its callers to wait
LARGEST_ANSWER = 1_000_000

_log = logging.getLogger("guichet.gateways.payment")


class NotHeard(Exception):  # noqa: N818 - said of the answer
    """No usable answer. ``nothing_sent``: the question never left; otherwise it may have been acted upon."""

    def __init__(self, cause: str, *, nothing_sent: bool = False) -> None:
        super().__init__(cause)
        self.cause = cause
        self.nothing_sent = nothing_sent


@dataclass(frozen=True)
class Heard:
    """A JSON answer, still to be read; its fields stay out of every representation, because they hold personal data."""

    fields: dict[str, Any] = field(repr=False)
    status: int
    said_at: datetime | None

    @property
    def error_name(self) -> str:
        """The provider's stable error name; empty when the answer is not a refusal."""
        name = self.fields.get("ErrorName")
        return name if isinstance(name, str) and name.isascii() and name.replace("_", "").isalnum() else ""


class Line:
    """One pool of connections to one address; safe to share between threads.

    Nothing is repeated and no redirect is followed: the caller alone knows what may be asked twice.

    Raises: ValueError for an address that is neither https nor on this machine.
    """

    def __init__(self, base_url: str, *, connect: float = CONNECT_SECONDS, total: float = TOTAL_SECONDS) -> None:
        parts = urlsplit(base_url)
        if not parts.hostname or not (
            parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
        ):
            raise ValueError("the payment provider's address must be https (http only on this machine)")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self._base_path = parts.path.rstrip("/")
        self._total = total
        self._timeout = urllib3.Timeout(connect=connect, read=total)
        self._pool = _pool(parts.scheme, parts.hostname, parts.port)

    def ask(self, method: str, path: str, *, request_id: str, headers: dict[str, str], body: object = None) -> Heard:
        """Asks once.

        Raises: NotHeard.
        """
        began = time.monotonic()
        outcome, status, level = "", 0, logging.INFO
        try:
            status, kind, said_at, answer = self._exchange(method, path, headers=headers, body=body)
            heard = Heard(_object(kind, answer), status, said_at)
            outcome = heard.error_name
            return heard
        except NotHeard as failure:
            outcome, level = failure.cause, logging.WARNING
            raise
        finally:
            took = time.monotonic() - began
            line = "request=%s path=%s status=%s seconds=%.3f error=%s"
            _log.log(level, line, request_id, path, status, took, outcome or "-")

    def close(self) -> None:
        self._pool.close()

    def _exchange(
        self, method: str, path: str, *, headers: dict[str, str], body: object
    ) -> tuple[int, str, datetime | None, bytes]:
        sent = json.dumps(body, ensure_ascii=False).encode() if body is not None else None
        with _Deadline(self._total) as deadline:
            try:
                response = self._pool.urlopen(
                    method,
                    self._base_path + path,
                    body=sent,
                    headers=headers,
                    retries=False,
                    redirect=False,
                    timeout=self._timeout,
                    preload_content=False,
                )
                answer = _whole(response)
            except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
                raise NotHeard("unreachable", nothing_sent=True) from error
            except (urllib3.exceptions.HTTPError, OSError) as error:
                raise NotHeard(_cause(error, deadline)) from error
        return response.status, response.headers.get("Content-Type", ""), _said_at(response), answer


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


class _Deadline:
    """Cuts the connection when the total time is over, however slowly bytes drip in."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._before = _current.set(self)
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock:
            self._socket = None
        _current.reset(self._before)

    def watch(self, line: socket.socket | None) -> None:
        with self._lock:
            self._socket = line
            if self.is_over:
                self._shut()

    def _cut(self) -> None:
        with self._lock:
            self.is_over = True
            self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                # The plain call, also for TLS: its own shutdown would free what the reading thread still uses.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


_current: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


class _WatchedConnection(HTTPConnection):
    def getresponse(self) -> Any:
        if deadline := _current.get():
            deadline.watch(self.sock)
        return super().getresponse()


class _WatchedTlsConnection(HTTPSConnection):
    def getresponse(self) -> Any:
        if deadline := _current.get():
            deadline.watch(self.sock)
        return super().getresponse()


def _pool(scheme: str, host: str, port: int | None) -> urllib3.HTTPConnectionPool:
    if scheme == "https":
        secure = urllib3.HTTPSConnectionPool(host, port, maxsize=16, cert_reqs="CERT_REQUIRED")
        secure.ConnectionCls = _WatchedTlsConnection
        return secure
    plain = urllib3.HTTPConnectionPool(host, port, maxsize=16)
    plain.ConnectionCls = _WatchedConnection
    return plain


def _whole(response: BaseHTTPResponse) -> bytes:
    """The body, if it is of a sensible size. Raises: NotHeard, urllib3 errors."""
    try:
        answer = response.read(LARGEST_ANSWER + 1)
        if len(answer) > LARGEST_ANSWER:
            response.close()
            raise NotHeard("answer_too_large")
        return answer
    finally:
        response.release_conn()


def _cause(error: Exception, deadline: _Deadline) -> str:
    if deadline.is_over or isinstance(error, urllib3.exceptions.ReadTimeoutError):
        return "timeout"
    return "tls" if isinstance(error, urllib3.exceptions.SSLError) else "connection_lost"


def _object(kind: str, answer: bytes) -> dict[str, Any]:
    if kind.partition(";")[0].strip().lower() != "application/json":
        raise NotHeard("not_json")  # a page of the firewall, for instance
    fields = None
    # The error of the parser would carry the whole answer along: it ends here.
    with contextlib.suppress(ValueError, RecursionError):
        fields = json.loads(answer)
    if not isinstance(fields, dict):
        raise NotHeard("unreadable")
    return fields


def _said_at(response: BaseHTTPResponse) -> datetime | None:
    try:
        moment = parsedate_to_datetime(response.headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else None
