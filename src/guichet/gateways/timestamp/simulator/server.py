"""The simulator's server: one POST for time-stamps, one for faults."""

from __future__ import annotations

import argparse
import secrets
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import tsp

from guichet.gateways.simulation import wait_until_ended

from .replies import Stamp, reply

FAULTS = frozenset({"none", "down", "slow", "garbage", "other"})
SLOW_SECONDS = 30.0
MOST_BYTES = 16 * 1024


class Simulator(ThreadingHTTPServer):
    """The server, its key, and the fault in force."""

    daemon_threads = True

    def __init__(self, port: int, stamp: Stamp) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.stamp = stamp
        self.fault = "none"
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def answer(self, request: bytes) -> tuple[int, bytes]:
        """Status and body for a request, under the fault in force."""
        fault = self.fault
        if fault == "down":
            return HTTPStatus.SERVICE_UNAVAILABLE, b"down"
        if fault == "garbage":
            return HTTPStatus.OK, secrets.token_bytes(200)
        if fault == "slow":
            self.closing.wait(SLOW_SECONDS)
        if fault == "other":
            request = _for_another_digest(request)
        at = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the clock of an outside authority
        return HTTPStatus.OK, reply(request, self.stamp, at=at)


def _for_another_digest(request: bytes) -> bytes:
    asked = tsp.TimeStampReq.load(request)
    asked["message_imprint"]["hashed_message"] = secrets.token_bytes(32)
    return bytes(asked.dump(force=True))


class _Handler(BaseHTTPRequestHandler):
    """POST / for a time-stamp, POST /_simulator/fault to change the behaviour."""

    server: Simulator
    protocol_version = "HTTP/1.1"
    # Status line, headers and body go out in few writes; without it each reply waits for a delayed acknowledgement.
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self) -> None:  # noqa: N802 - the name http.server calls
        """Read the body, within bounds, and answer."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST_BYTES:
            self.close_connection = True
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"", "text/plain")
            return
        body = self.rfile.read(length)
        if self.path == "/_simulator/fault":
            wanted = body.decode(errors="replace")
            if wanted in FAULTS:
                self.server.fault = wanted
            self._send(HTTPStatus.OK if wanted in FAULTS else HTTPStatus.BAD_REQUEST, b"", "text/plain")
            return
        status, content = self.server.answer(body)
        self._send(status, content, "application/timestamp-reply" if status == HTTPStatus.OK else "text/plain")

    def _send(self, status: int, content: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature of http.server
        """Say nothing: the process that starts the simulator reads its output."""


def main(arguments: Sequence[str]) -> int:
    """The process: prints ``ready URL`` and serves until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m guichet.gateways.timestamp.simulator")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--dir", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    server = Simulator(chosen.port, Stamp.of(chosen.dir))

    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="server", daemon=True).start()
    wait_until_ended(server.url)
    server.closing.set()
    server.shutdown()
    server.server_close()
    return 0
