"""A production on loopback that speaks the adapter's protocol: ``python -m guichet.gateways.production.simulator``.

An order goes on by one stage each time it is asked about, to its delivery. ``POST /_sim/plan`` (with ``--control``)
tells it otherwise for the next orders of a document: ``{"document": "passport", "plan": "rejected", "reason": "photo"}``;
plans are ``delivered``, ``rejected``, ``returned``, ``delayed`` (stays received), ``lost`` (the first order is
forgotten and not answered) and ``silent`` (ordered, but the answer is lost). ``POST /_sim/release`` lets what is
delayed go on. It keeps references and stages only, never what was sent.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from guichet.gateways.simulation import serve_until_ended

TOKEN = "simulator"  # noqa: S105 - the simulator's own, known to all
LARGEST_QUESTION = 20_000_000
_STAGES: Mapping[str, tuple[str, ...]] = {
    "delivered": ("received", "accepted", "produced", "delivered"),
    "returned": ("received", "accepted", "produced", "returned"),
    "rejected": ("received", "rejected"),
    "delayed": ("received",),
}


@dataclass
class World:
    """The orders known, by reference, and what happens to the next ones; kept in a file if there is one."""

    file: Path | None = None
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    plans: dict[str, dict[str, str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def opened(cls, folder: Path | None) -> World:
        """The world of a folder, as it was left; a new one without."""
        if folder is None:
            return cls()
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "orders.json"
        return cls(file, json.loads(file.read_text()) if file.exists() else {})

    def put(self, reference: str, document: str) -> dict[str, Any] | None:
        """Order once; None where the order, or only the answer, is lost."""
        with self.lock:
            known = self.orders.get(reference)
            if known is not None:
                known["puts"] += 1
                return known
            plan = self.plans.pop(document, {"plan": "delivered"})
            if plan["plan"] == "lost":
                return None
            order = {
                "document": document,
                "plan": "delivered" if plan["plan"] == "silent" else plan["plan"],
                "reason": plan.get("reason", ""),
                "place": 0,
                "puts": 1,
            }
            self.orders[reference] = order
            self._keep()
            return None if plan["plan"] == "silent" else order

    def asked(self, reference: str) -> dict[str, Any] | None:
        """The order, one stage further."""
        with self.lock:
            order = self.orders.get(reference)
            if order is not None:
                order["place"] = min(order["place"] + 1, len(_STAGES[order["plan"]]) - 1)
                self._keep()
            return order

    def release(self) -> None:
        """Let what is delayed go on."""
        with self.lock:
            for order in self.orders.values():
                order["plan"] = "delivered" if order["plan"] == "delayed" else order["plan"]

    def _keep(self) -> None:
        if self.file is not None:
            new = self.file.with_suffix(".new")
            new.write_text(json.dumps(self.orders))
            new.replace(self.file)


class Server(ThreadingHTTPServer):
    """The simulator on a port of loopback."""

    daemon_threads = True

    def __init__(self, world: World, *, port: int = 0, has_control: bool = False) -> None:
        self.world, self.has_control = world, has_control
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def origin(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if not self._is_known():
            return
        if self.path == "/health":
            self._say(200, {"state": "ready"})
        elif self.path == "/_sim/orders" and self.server.has_control:
            self._say(200, self.server.world.orders)
        else:
            reference = self._reference()
            self._say_order(reference, self.server.world.asked(reference), 200)

    def do_PUT(self) -> None:
        body = self._body()
        if not self._is_known():
            return
        reference = self._reference()
        order = self.server.world.put(reference, str(body.get("document", "")))
        if order is None:
            self.close_connection = True
            return
        self._say_order(reference, order, 201 if order["puts"] == 1 else 200)

    def do_POST(self) -> None:
        body = self._body()
        if not self.server.has_control:
            self._say(404, {"error": "unknown"})
        elif self.path == "/_sim/plan":
            self.server.world.plans[str(body["document"])] = {name: str(value) for name, value in body.items()}
            self._say(200, {})
        else:
            self.server.world.release()
            self._say(200, {})

    def _is_known(self) -> bool:
        known = self.headers.get("Authorization") == f"Bearer {TOKEN}"
        if not known:
            self._say(401, {"error": "unauthorised"})
        return known

    def _reference(self) -> str:
        return unquote(self.path.rpartition("/")[2])

    def _body(self) -> dict[str, Any]:
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST_QUESTION)
        read = json.loads(self.rfile.read(length) or b"{}")
        return read if isinstance(read, dict) else {}

    def _say_order(self, reference: str, order: dict[str, Any] | None, status: int) -> None:
        if order is None:
            self._say(404, {"error": "unknown_reference"})
            return
        stages = _STAGES[order["plan"]]
        stage = stages[min(order["place"], len(stages) - 1)]
        reason = order["reason"] if stage == "rejected" else ""
        self._say(status, {"reference": reference, "state": stage, "reason": reason})

    def _say(self, status: int, fields: object) -> None:
        body = json.dumps(fields).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing: references belong in no log of a simulator."""


def main(arguments: list[str] | None = None) -> int:
    """Serves until SIGTERM or Ctrl-C; prints one line ``ready ADDRESS`` when the first call can be answered."""
    parser = argparse.ArgumentParser(prog="simulator")
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--dir", type=Path, help="folder that keeps the orders over a restart")
    parser.add_argument("--control", action="store_true", help="serve /_sim/ (tests only)")
    chosen = parser.parse_args(arguments)
    server = Server(World.opened(chosen.dir), port=chosen.port, has_control=chosen.control)
    serve_until_ended(server, server.origin)
    return 0


if __name__ == "__main__":
    sys.exit(main())
