"""The socket side: a threading HTTP server that can also answer badly (cut, drip, reset)."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from . import page, panel, provider
from .exchange import Answer, Call
from .notifier import Notifier
from .world import World

LARGEST_REQUEST = 1_000_000


class Server(ThreadingHTTPServer):
    """Listens on loopback only; each connection has its thread."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, world: World, notifier: Notifier, *, port: int, has_panel: bool) -> None:
        self.world, self.notifier, self.has_panel = world, notifier, has_panel
        super().__init__(("127.0.0.1", port), Handler)
        self.origin = f"http://127.0.0.1:{self.server_port}"
        world.origin = self.origin

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hangs up in the middle is no news; anything else is."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError, TimeoutError):
            raise


class Handler(BaseHTTPRequestHandler):
    """One connection of a merchant, a payer or a test."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120

    def do_GET(self) -> None:  # noqa: N802 - the name http.server looks for
        self._answer()

    def do_POST(self) -> None:  # noqa: N802
        self._answer()

    def do_DELETE(self) -> None:  # noqa: N802
        self._answer()

    def version_string(self) -> str:
        return "SaferpaySimulator"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Says nothing: addresses hold tokens."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_REQUEST:
            self.close_connection = True
            return
        parts = urlsplit(self.path)
        call = Call(
            method=self.command,
            path=parts.path,
            query=parts.query,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )
        self._deliver(self._routed(call))

    def _routed(self, call: Call) -> Answer:
        server = self.server
        if call.path.startswith("/api/"):
            return provider.respond(server.world, call)
        if call.path.startswith("/vt2/"):
            return page.respond(server.world, server.notifier, call)
        if call.path.startswith("/_sim/") and server.has_panel:
            return panel.respond(server.world, server.notifier, call)
        return Answer(404, b"Not found\n", "text/plain; charset=utf-8")

    def _deliver(self, answer: Answer) -> None:
        if answer.delivery == "reset":
            self._reset()
            return
        head = self._head(answer)
        if answer.delivery in ("drip", "drip_headers"):
            self._drip(head, answer)
            return
        self.wfile.write(head + answer.body)

    def _head(self, answer: Answer) -> bytes:
        self.log_request(answer.status)
        lines = [f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('Answer',))[0]}"]
        lines += [f"Server: {self.version_string()}", f"Date: {self.date_time_string(self.server.world.clock.now())}"]
        if answer.body:
            lines.append(f"Content-Type: {answer.content_type}")
        lines.append(f"Content-Length: {len(answer.body)}")
        lines += [f"{name}: {value}" for name, value in answer.headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def _drip(self, head: bytes, answer: Answer) -> None:
        self.close_connection = True
        slow = answer.body if answer.delivery == "drip" else head + answer.body
        if answer.delivery == "drip":
            self.wfile.write(head)
        with contextlib.suppress(OSError):
            for byte in slow:
                self.wfile.write(bytes((byte,)))
                time.sleep(answer.seconds)

    def _reset(self) -> None:
        """Ends the connection with a reset, not with an orderly end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
