"""Drives a simulator from a test: starts the process, plays the payer, writes the fault script, reads what was seen."""

from __future__ import annotations

import http.client
import json
import re
import signal
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode, urlsplit

from guichet.gateways.simulation import Process

Record = dict[str, Any]


class Simulator:
    """One running simulator process; as a context manager it ends with the block."""

    def __init__(self, process: Process, folder: Path | None) -> None:
        self._process = process
        self._folder = folder
        self.origin = process.address
        self.base_url = f"{self.origin}/api"

    @classmethod
    def start(cls, folder: Path | None = None, *, port: int = 0, speed: float = 1.0) -> Simulator:
        """Starts the process and waits for its first line. Raises: RuntimeError when it does not start."""
        where = ["--dir", str(folder)] if folder else []
        arguments = ("--port", str(port), "--control", "--speed", str(speed), *where)
        return cls(Process(f"{__package__}", *arguments), folder)

    def __enter__(self) -> Simulator:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self, *, brutally: bool = False) -> None:
        """Ends the process; ``brutally`` as a power cut would."""
        self._process.stop(signal.SIGKILL if brutally else signal.SIGTERM)

    def restarted(self) -> Simulator:
        """The same provider after a power cut: same port, same transactions."""
        self.stop(brutally=True)
        return Simulator.start(self._folder, port=urlsplit(self.origin).port or 0)

    # The payer

    def pay(self, address: str, outcome: str = "approve", means: str = "VISA") -> str:
        """Opens the page, makes one choice, and gives the address the browser is sent to, without following it.

        Empty when the page sends nowhere (``close``, or a page that no longer serves).
        """
        self.open_page(address)
        return self.choose(address, outcome, means)

    def open_page(self, address: str) -> tuple[int, str]:
        """The status and the text of the page."""
        status, _, body = self._call("GET", _path(address), accept="text/html")
        return status, body.decode()

    def choose(self, address: str, outcome: str, means: str = "VISA") -> str:
        """Presses one button; the address sent to, or empty."""
        form = urlencode({"means": means, "outcome": outcome}).encode()
        kind = "application/x-www-form-urlencoded"
        _, location, _ = self._call("POST", _path(address), form, content_type=kind, accept="text/html")
        return location

    # The script

    def script(self, call: str, fault: str, **how: object) -> None:
        """Lets something go wrong: ``script("capture", "answer_lost", nth=1)``; see faults.py for the names."""
        self._ask("POST", "faults", {"call": call, "fault": fault, **how})

    def clear_script(self) -> None:
        self._ask("DELETE", "faults")

    def switch(self, **changes: object) -> None:
        """Changes the nature of the provider: ``switch(business_licence=True)``; see world.Switches."""
        self._ask("POST", "switches", changes)

    def clock(self, seconds: float) -> None:
        """Moves the provider's time forward (or back)."""
        self._ask("POST", "clock", {"advance_seconds": seconds})

    def now(self) -> float:
        """The provider's time, seconds since the epoch."""
        return float(self._ask("POST", "clock", {})["now"])

    def closing(self) -> int:
        """Runs the daily closing; how many transactions left."""
        return int(self._ask("POST", "closing", {}))

    def resolve(self, order: str, outcome: str) -> None:
        """Ends something pending: ``authorised``, ``declined``, or ``captured`` for a slow capture."""
        self._ask("POST", "resolve", {"order": order, "outcome": outcome})

    def hold_notifications(self) -> None:
        """From now on notifications are noted but not sent, until :meth:`release`."""
        self.switch(notify_mode="hold")

    def release(self, ids: Iterable[str] | None = None) -> int:
        """Sends held notifications now, in the order given, each tried once before this returns."""
        return int(self._ask("POST", "notifications/release", {"ids": list(ids) if ids else None}))

    def reset(self) -> None:
        """Forgets everything, script and switches too."""
        self._ask("POST", "reset", {})

    # What was seen

    def transactions(self, order: str = "") -> list[Record]:
        return _of(order, self._ask("GET", "transactions"))

    def pages(self, order: str = "") -> list[Record]:
        return _of(order, self._ask("GET", "pages"))

    def notifications(self, order: str = "") -> list[Record]:
        return _of(order, self._ask("GET", "notifications"))

    def violations(self) -> list[Record]:
        """What the merchant did against the rules; an empty list is what every test wants."""
        return list(self._ask("GET", "violations"))

    def clear_violations(self) -> list[Record]:
        return list(self._ask("DELETE", "violations"))

    def calls(self, name: str = "") -> list[Record]:
        """The API calls seen, oldest first: name, request id, retry indicator, status, error."""
        return [one for one in self._ask("GET", "calls") if not name or one["call"] == name]

    def _ask(self, method: str, path: str, told: object | None = None) -> Any:
        body = json.dumps(told).encode() if told is not None else None
        status, _, answer = self._call(method, f"/_sim/{path}", body, content_type="application/json")
        heard = json.loads(answer)
        if status != 200:
            raise ValueError(f"simulator control {path}: {heard.get('error')}")
        return heard["result"]

    def _call(
        self, method: str, path: str, body: bytes | None = None, *, content_type: str = "", accept: str = "*/*"
    ) -> tuple[int, str, bytes]:
        parts = urlsplit(self.origin)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        try:
            headers = {"Accept": accept} | ({"Content-Type": content_type} if content_type else {})
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", ""), answer.read()
        finally:
            connection.close()


def means_offered(text: str) -> list[str]:
    """The codes of the means a payer's page offers."""
    return re.findall(r'name="means" value="([A-Z]+)"', text)


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _of(order: str, records: list[Record]) -> list[Record]:
    return [one for one in records if not order or one["order_id"] == order]
