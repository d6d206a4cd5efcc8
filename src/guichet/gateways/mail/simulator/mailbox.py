"""What the simulated mail server received, in a file of its own: written by its process, read by whoever looks."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import make_msgid
from pathlib import Path
from typing import Any, overload

_TABLE = """
CREATE TABLE IF NOT EXISTS mail (
    number INTEGER PRIMARY KEY, message_id TEXT NOT NULL, recipient TEXT NOT NULL, sender TEXT NOT NULL,
    subject TEXT NOT NULL, body TEXT NOT NULL, received REAL NOT NULL, deliveries INTEGER NOT NULL DEFAULT 1,
    UNIQUE (message_id, recipient)
)
"""
_KEEP = """
INSERT INTO mail (message_id, recipient, sender, subject, body, received) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (message_id, recipient) DO UPDATE SET deliveries = deliveries + 1
"""
_FIELDS = "number, message_id, recipient, sender, subject, body, received, deliveries"
_TO = "instr(lower(recipient), lower(?)) > 0"


@dataclass(frozen=True, slots=True)
class Mail:
    """One copy for one recipient, and how often it was delivered."""

    number: int
    message_id: str
    to: str
    sender: str
    subject: str
    body: str
    received: float
    deliveries: int

    @property
    def received_at(self) -> datetime:
        """When its first delivery came."""
        return datetime.fromtimestamp(self.received, UTC)


class Mailbox:
    """The mail of everybody. Like the mailbox servers people have, it keeps one copy per Message-ID and recipient."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "mailbox.sqlite3"

    def mails(self, to: str = "") -> Mails:
        """Those to addresses that contain this text, the newest first."""
        return Mails(self, to)

    def mail(self, number: int) -> Mail | None:
        """One of them."""
        found = self.read(f"SELECT {_FIELDS} FROM mail WHERE number = ?", number)  # noqa: S608 - own names
        return Mail(*found[0]) if found else None

    def read(self, question: str, *values: str | int) -> list[Any]:
        """The rows of a question; none where no mail server was ever started."""
        if not self._file.exists():
            return []
        with closing(sqlite3.connect(self._file)) as database:
            return database.execute(question, values).fetchall()


class Receiving(Mailbox):
    """The mailbox as its server holds it: by one connection, used by one thread at a time, that stays open."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(self._file, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.execute(_TABLE)

    def keep(self, content: bytes, *, sender: str, recipients: list[str]) -> None:
        """Keep a copy for each recipient of a message as it came over the wire, or count one more delivery of it."""
        read = message_from_bytes(content, policy=policy.default)
        text = read.get_body(("plain", "html"))
        body = text.get_content().replace("\r\n", "\n") if text else ""
        message_id = str(read["Message-ID"] or make_msgid(domain="simulator"))
        subject = str(read["Subject"] or "")
        rows = [(message_id, to, str(read["From"] or sender), subject, body, time.time()) for to in recipients]
        with self._database:
            self._database.executemany(_KEEP, rows)

    def close(self) -> None:
        """Leave the file as a whole to whoever reads it."""
        self._database.close()


class Mails(Sequence[Mail]):
    """A selection of mails, counted and read in parts, as a paginator wants it."""

    def __init__(self, mailbox: Mailbox, to: str) -> None:
        self._mailbox, self._to = mailbox, to

    def __len__(self) -> int:
        found = self._mailbox.read(f"SELECT count(*) FROM mail WHERE {_TO}", self._to)  # noqa: S608 - own names
        return int(found[0][0]) if found else 0

    @overload
    def __getitem__(self, part: int) -> Mail: ...

    @overload
    def __getitem__(self, part: slice) -> list[Mail]: ...

    def __getitem__(self, part: int | slice) -> Mail | list[Mail]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        first, most = part.start or 0, -1 if part.stop is None else part.stop - (part.start or 0)
        question = f"SELECT {_FIELDS} FROM mail WHERE {_TO} ORDER BY number DESC LIMIT ? OFFSET ?"  # noqa: S608 - own names
        return [Mail(*row) for row in self._mailbox.read(question, self._to, most, first)]

    def __iter__(self) -> Iterator[Mail]:
        return iter(self[:])
