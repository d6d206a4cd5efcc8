"""What the simulated provider remembers: pages, transactions, notifications, request ids, and our violations."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

# Mostly letters, so that no identifier can be taken for a card number.
_ALPHABET = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_id(length: int) -> str:
    """A new identifier in the characters the provider allows."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


@dataclass
class Page:
    """One opened payment page, found by its token."""

    id: str
    customer_id: str
    terminal_id: str
    order_id: str
    value: int
    currency: str
    description: str
    language: str
    means: list[str]
    return_url: str
    success_url: str
    fail_url: str
    created: float
    expires: float
    transaction_id: str
    state: str = "created"  # opened, challenged, approved, declined, failed_3ds, aborted, pending
    asserted: int = 0
    shift: bool = True
    chosen: str = ""
    was_pending: bool = False


@dataclass
class Transaction:
    """A payment or a refund that the provider knows of; the amounts are minor units."""

    id: str
    order_id: str
    customer_id: str
    terminal_id: str
    value: int
    currency: str
    description: str
    means: str
    state: str  # AUTHORIZED, CAPTURED, PENDING, CANCELED, FAILED
    authorised: float
    changed: float
    kind: str = "PAYMENT"
    shift: bool = True
    capture_id: str = ""
    captured: float | None = None
    closed: bool = False
    refunded: int = 0
    slow_capture: bool = False


@dataclass
class Notification:
    """One call owed to the merchant, with every try that was made."""

    id: str
    order_id: str
    url: str
    kind: str  # success, failure
    due: float
    state: str = "waiting"  # held, delivered, failed, suppressed
    tries: list[dict[str, Any]] = field(default_factory=list)


Kept = Page | Transaction | Notification
_KINDS: dict[str, type[Kept]] = {"page": Page, "transaction": Transaction, "notification": Notification}


class Book:
    """The memory of the process, and with a folder a file beside it, so that a restart keeps every transaction.

    ``lock`` is held by whoever reads and changes in one step; ``keep`` writes one record through to the file.
    """

    def __init__(self, folder: Path | None) -> None:
        self.lock = threading.RLock()
        self.pages: dict[str, Page] = {}
        self.transactions: dict[str, Transaction] = {}
        self.notifications: dict[str, Notification] = {}
        self.request_ids: set[str] = set()
        self.violations: list[dict[str, str]] = []
        self.calls: deque[dict[str, Any]] = deque(maxlen=10_000)
        self._file = _opened(folder) if folder else None
        if self._file:
            self._load()

    def keep(self, *records: Kept) -> None:
        with self.lock:
            for record in records:
                self._shelf(record)[record.id] = record
                self._write(type(record).__name__.lower(), record.id, json.dumps(asdict(record)))

    def keep_setting(self, name: str, value: object) -> None:
        with self.lock:
            self._write("setting", name, json.dumps(value))

    def setting(self, name: str, default: float) -> float:
        if self._file is None:
            return default
        with self.lock:
            row = self._file.execute("SELECT body FROM kept WHERE kind = 'setting' AND id = ?", (name,)).fetchone()
        return float(json.loads(row[0])) if row else default

    def first_use(self, request_id: str) -> bool:
        """Notes a request id; False if it was seen before."""
        with self.lock:
            if request_id in self.request_ids:
                return False
            self.request_ids.add(request_id)
            self._write("request", request_id, "")
            return True

    def violation(self, rule: str, *, call: str, request_id: str, detail: str = "") -> None:
        with self.lock:
            self.violations.append({"rule": rule, "call": call, "request_id": request_id, "detail": detail})

    def of_order(self, order_id: str) -> Iterator[Transaction]:
        return (one for one in self.transactions.values() if one.order_id == order_id)

    def by_capture(self, capture_id: str) -> Transaction | None:
        return next((one for one in self.transactions.values() if capture_id and one.capture_id == capture_id), None)

    def forget(self) -> None:
        """Everything is new again."""
        with self.lock:
            for shelf in (
                self.pages,
                self.transactions,
                self.notifications,
                self.request_ids,
                self.violations,
                self.calls,
            ):
                shelf.clear()
            if self._file:
                self._file.execute("DELETE FROM kept")

    def _shelf(self, record: Kept) -> dict[str, Any]:
        if isinstance(record, Page):
            return self.pages
        return self.transactions if isinstance(record, Transaction) else self.notifications

    def _write(self, kind: str, key: str, body: str) -> None:
        if self._file:
            self._file.execute("INSERT OR REPLACE INTO kept (kind, id, body) VALUES (?, ?, ?)", (kind, key, body))

    def _load(self) -> None:
        assert self._file is not None
        for kind, key, body in self._file.execute("SELECT kind, id, body FROM kept"):
            if kind == "request":
                self.request_ids.add(key)
            elif kind in _KINDS:
                record = _KINDS[kind](**json.loads(body))
                self._shelf(record)[record.id] = record


def _opened(folder: Path) -> sqlite3.Connection:
    folder.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(folder / "simulator.sqlite3", check_same_thread=False, isolation_level=None, timeout=10)
    file.execute("PRAGMA journal_mode=WAL")
    file.execute("PRAGMA synchronous=NORMAL")
    file.execute(
        "CREATE TABLE IF NOT EXISTS kept (kind TEXT, id TEXT, body TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID"
    )
    return file
