"""The adapter to the production over HTTPS: an order is put under its reference, so that putting it twice orders once."""

from __future__ import annotations

import base64
import ipaddress
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import urllib3

from .port import DocumentOrder, NotHeard, Stage, Told

CONNECT_SECONDS, READ_SECONDS = 5.0, 30.0
LARGEST_ANSWER = 100_000
LONGEST_REASON = 200


@dataclass(frozen=True)
class Setup:
    """Where the production is, and the secret by which it knows us."""

    base_url: str
    token: str = field(repr=False)
    connect_seconds: float = CONNECT_SECONDS
    read_seconds: float = READ_SECONDS


class HttpProduction:
    """A :class:`~guichet.gateways.production.port.Production`; one per process, safe to share between threads.

    Raises: ValueError for an address that is neither https nor on this machine.
    """

    def __init__(self, setup: Setup) -> None:
        parts = urlsplit(setup.base_url)
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname))):
            raise ValueError("the production's address must be https (http only on this machine)")
        self._setup = setup
        self._pool = urllib3.PoolManager(
            maxsize=4,
            retries=False,
            timeout=urllib3.Timeout(connect=setup.connect_seconds, read=setup.read_seconds),
        )

    def order(self, order: DocumentOrder) -> Told:
        """See ``Production.order``."""
        body = {
            "document": order.document,
            "bearer": dict(order.bearer),
            "address": list(order.address),
            "data": {kind: base64.b64encode(content).decode() for kind, content in order.data.items()},
        }
        status, fields = self._exchange("PUT", f"/orders/{quote(order.reference)}", body)
        if status not in (200, 201):
            raise NotHeard(f"status_{status}")
        return _told(fields, order.reference)

    def ask(self, reference: str) -> Told | None:
        """See ``Production.ask``."""
        status, fields = self._exchange("GET", f"/orders/{quote(reference)}")
        if status == 404 and fields.get("error") == "unknown_reference":
            return None
        if status != 200:
            raise NotHeard(f"status_{status}")
        return _told(fields, reference)

    def check_setup(self) -> list[str]:
        """See ``Production.check_setup``: one call."""
        if not self._setup.token:
            return ["Le secret par lequel la production des documents nous reconnaît manque."]
        try:
            status, _ = self._exchange("GET", "/health")
        except NotHeard as failure:
            return [f"La production des documents ne répond pas comme prévu ({failure})."]
        return [] if status == 200 else [f"La production des documents refuse nos identifiants (réponse {status})."]

    def _exchange(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self._setup.token}", "Accept": "application/json"}
        sent = None if body is None else json.dumps(body).encode()
        if sent is not None:
            headers["Content-Type"] = "application/json"
        address = self._setup.base_url.rstrip("/") + path
        try:
            response = self._pool.request(
                method, address, body=sent, headers=headers, redirect=False, preload_content=False
            )
            try:
                answer = response.read(LARGEST_ANSWER + 1)
            finally:
                response.release_conn()
        except (urllib3.exceptions.HTTPError, OSError):
            # The error's text may hold the address; who reads of it needs only that there was no answer.
            raise NotHeard("no_answer") from None
        return response.status, _fields(answer)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _fields(answer: bytes) -> dict[str, Any]:
    if len(answer) > LARGEST_ANSWER:
        raise NotHeard("answer_too_large")
    try:
        fields = json.loads(answer)
    except (ValueError, RecursionError):
        raise NotHeard("unreadable_answer") from None
    if not isinstance(fields, dict):
        raise NotHeard("unreadable_answer")
    return fields


def _told(fields: dict[str, Any], reference: str) -> Told:
    if fields.get("reference") != reference:
        raise NotHeard("foreign_answer")
    reason = fields.get("reason", "")
    try:
        stage = Stage(fields.get("state", ""))
    except ValueError:
        raise NotHeard("unknown_state") from None
    return Told(stage, reason[:LONGEST_REASON] if isinstance(reason, str) else "")
