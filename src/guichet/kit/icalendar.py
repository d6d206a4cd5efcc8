"""Calendar files (RFC 5545) as calendar programs take them: lines folded at 75 octets, ended by CRLF, instants in UTC.

Instants in UTC need no time zone of their own in the file. Pure functions (why no library: ADR 0016).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_PRODUCT = "-//Guichet//Rendez-vous//FR"
_LINE_OCTETS = 75


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event; ``sequence`` grows with each change of an event that keeps its ``uid``. ``ends_at`` is exclusive."""

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    description: str = ""
    is_cancelled: bool = False


def calendar(events: Iterable[CalendarEvent], *, method: str = "PUBLISH", name: str = "") -> bytes:
    """The whole file; ``method`` is what the receiver is to do (PUBLISH, CANCEL)."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    if name:
        head.append(f"X-WR-CALNAME:{_text(name)}")
    lines = [*head, *(line for event in events for line in _event(event)), "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _event(event: CalendarEvent) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_instant(event.stamped_at)}"
    yield f"DTSTART:{_instant(event.starts_at)}"
    yield f"DTEND:{_instant(event.ends_at)}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    r"""A text value: ``\``, ``;`` and ``,`` escaped, line breaks as ``\n``, no other control character."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = "\\n".join(escaped.splitlines())
    return "".join(sign for sign in lines if sign.isprintable())


def _folded(line: str) -> bytes:
    """A content line; what is longer than 75 octets goes on after CRLF and a space, never inside a character."""
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > _LINE_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
