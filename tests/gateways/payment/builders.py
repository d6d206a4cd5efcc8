"""Situations at the payment provider, reached by the real path: the adapter, the page, the socket."""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from guichet.gateways.payment.port import Authorised, Redirect, StartRequest
from guichet.gateways.payment.saferpay import Saferpay, Setup
from guichet.gateways.payment.simulator.control import Simulator
from guichet.law.kernel.money import Chf

MEANS = ("VISA", "MASTERCARD", "POSTFINANCEPAY")
_serial = itertools.count(1)


def an_adapter(base_url: str, **changes: Any) -> Saferpay:
    """The production adapter, only less patient than in production."""
    setup: dict[str, Any] = {
        "base_url": base_url,
        "customer_id": "245294",
        "terminal_id": "17791544",
        "username": "API_245294_00000001",
        "password": "simulator",
        "means": MEANS,
        "connect_seconds": 1.0,
        "total_seconds": 5.0,
    }
    return Saferpay(Setup(**setup | changes))


def a_request(*, reference: str = "", merchant: str = "http://127.0.0.1:9", **changes: Any) -> StartRequest:
    fields: dict[str, Any] = {
        "reference": reference or f"7K2M9X-{next(_serial)}",
        "amount": Chf(2500),
        "description": "Attestation de résidence",
        "language": "fr",
        "return_url": f"{merchant}/paiement/retour/r",
        "success_notify_url": f"{merchant}/paiement/avis/n/s",
        "fail_notify_url": f"{merchant}/paiement/avis/n/f",
        "retry_indicator": 0,
    }
    return StartRequest(**fields | changes)


class Opened(NamedTuple):
    """A page that was opened for an attempt."""

    adapter: Saferpay
    reference: str
    page: Redirect

    def observe(self, transaction_id: str | None = None) -> Any:
        return self.adapter.observe(token=self.page.token, reference=self.reference, transaction_id=transaction_id)

    def capture(self, attempt: int = 1) -> Any:
        return self.adapter.capture(transaction_id=self.transaction_id(), reference=self.reference, attempt=attempt)

    def void(self, attempt: int = 1) -> Any:
        return self.adapter.void(transaction_id=self.transaction_id(), reference=self.reference, attempt=attempt)

    def transaction_id(self) -> str:
        seen = self.observe()
        return str(seen.facts.transaction_id) if hasattr(seen, "facts") else "unknown"


def an_opened_page(adapter: Saferpay, **changes: Any) -> Opened:
    request = a_request(**changes)
    return Opened(adapter, request.reference, adapter.start(request))


def a_paid_page(simulator: Simulator, adapter: Saferpay, *, means: str = "VISA", **changes: Any) -> Opened:
    opened = an_opened_page(adapter, **changes)
    simulator.pay(opened.page.address, "approve", means)
    assert isinstance(opened.observe(), Authorised)
    return opened


class Raw(NamedTuple):
    """An answer of the simulator as it came over the socket."""

    status: int
    fields: dict[str, Any]
    headers: dict[str, str]
    body: str


def ask(simulator: Simulator, method: str, path: str, body: object = None, **headers: str | None) -> Raw:
    """One call without the adapter, with whatever headers; None takes a header away."""
    secret = base64.b64encode(b"API_245294_00000001:simulator").decode()
    sent: dict[str, str | None] = {"Accept": "application/json", "Authorization": f"Basic {secret}"}
    if method == "POST":
        sent["Content-Type"] = "application/json; charset=utf-8"
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    parts = urlsplit(simulator.base_url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        content = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        kept = {name: value for name, value in sent.items() if value is not None}
        connection.request(method, f"/api{path}", content, kept)
        answer = connection.getresponse()
        text = answer.read().decode()
        is_json = answer.getheader("Content-Type", "").startswith("application/json")
        return Raw(answer.status, json.loads(text) if is_json else {}, dict(answer.getheaders()), text)
    finally:
        connection.close()


def a_header(request_id: str, again: int = 0, **changes: Any) -> dict[str, Any]:
    header = {"SpecVersion": "1.53", "CustomerId": "245294", "RequestId": request_id, "RetryIndicator": again}
    return {"RequestHeader": header | changes}


class Merchant:
    """A small web server that notes every notification and answers as told."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.statuses: list[int] = []
        self.arrived = threading.Semaphore(0)
        merchant = self

        class Noting(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                merchant.seen.append(self.path)
                self.send_response(merchant.statuses.pop(0) if merchant.statuses else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()
                merchant.arrived.release()

            def log_message(self, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Noting)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def wait_for(self, count: int) -> None:
        for _ in range(count):
            assert self.arrived.acquire(timeout=5), f"only {len(self.seen)} notifications arrived"

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
