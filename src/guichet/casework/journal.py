"""The journal: one hash chain per case, appended to by acts only, verified by anyone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import transaction

from guichet.kit.lookups import Lookup
from guichet.kit.writing import insert_new

from .models import FIRST_LINK, Entry


class Head(NamedTuple):
    """The end of a case's chain: the number and the digest of its last entry."""

    seq: int
    digest: str

    @classmethod
    def read(cls, text: str | None) -> Head:
        """What a statement gave for ``END``."""
        seq, _, digest = (text or "").partition(" ")
        return cls(int(seq), digest) if text else START


START = Head(0, FIRST_LINK)


def digest_of(entry: Entry) -> str:
    """SHA-256 over the canonical JSON of an entry's content and of the digest before it."""
    content = [
        entry.case_reference,
        entry.seq,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.act,
        entry.role,
        entry.actor,
        entry.source,
        entry.target,
        entry.facts,
        entry.basis,
        entry.previous,
    ]
    return hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def head(case_reference: str) -> Head:
    """The end of the chain, ``START`` if there is none yet (1 query)."""
    last = Entry.objects.filter(case_reference=case_reference).order_by("-seq").values_list("seq", "digest").first()
    return Head(*last) if last else START


# The end of the chain of one case, as ``Head.read`` takes it: to be asked for with another statement about the case.
END = (
    f"(SELECT e.seq || ' ' || e.digest FROM \"{Entry._meta.db_table}\" e WHERE e.case_reference = %s "  # noqa: S608 - own names
    "ORDER BY e.seq DESC LIMIT 1)"
)


class _Overtaken(Exception):  # noqa: N818 - reads as what happened
    """Somebody else has taken one of the places."""


def append(entries: Sequence[Entry], *, after: Head | None = None) -> Head:
    """Put entries at the end of their case's chain, all or none, and return the new end (1 statement).

    ``after`` is where the caller believes the chain ends: right, it saves a query; wrong, it costs one.
    Two writers on one case cannot take the same place: the one who comes second reads the end again.
    """
    end = head(entries[0].case_reference) if after is None else after
    while True:
        last = _chain(entries, end)
        if _inserted(entries):
            return last
        end = head(entries[0].case_reference)


def _inserted(entries: Sequence[Entry]) -> bool:
    """All of them, or none: some might otherwise stand there without those before them."""
    if len(entries) == 1:
        return bool(insert_new(entries))
    try:
        with transaction.atomic():
            if len(insert_new(entries)) < len(entries):
                raise _Overtaken
    except _Overtaken:
        return False
    return True


def _chain(entries: Sequence[Entry], end: Head) -> Head:
    """Give the entries the places after ``end``; the new end."""
    for entry in entries:
        entry.seq, entry.previous = end.seq + 1, end.digest
        entry.digest = digest_of(entry)
        end = Head(entry.seq, entry.digest)
    return end


_ENTRIES = Lookup(Entry, "case_reference")


def entries(case_reference: str) -> list[Entry]:
    """What happened to a case, in order."""
    return _ENTRIES.find_all(case_reference, order="seq")


def events(chain: Sequence[Entry]) -> list[dict[str, Any]]:
    """The acts that moved the case, as events of a replay: the opening of the case and what was only noted are none.

    The order of the chain is the order of the acts. An act whose instant was read before another one came in between (a
    job that works for a while, two agents at once) happened no earlier than that one.
    """
    told, latest = list[dict[str, Any]](), None
    for entry in chain:
        if entry.source:
            latest = entry.at if latest is None else max(latest, entry.at)
            told.append({"event": entry.act, "at": latest, "by": entry.role, **entry.facts})
    return told


def verify(case_reference: str) -> list[str]:
    """The breaks of a case's chain, in French; empty when it is intact (1 query)."""
    return breaks(case_reference, entries(case_reference))


def breaks(case_reference: str, chain: Sequence[Entry]) -> list[str]:
    """The breaks of a chain that was read, in French; empty when it is intact."""
    found, previous = [], FIRST_LINK
    for place, entry in enumerate(chain, start=1):
        where = f"{case_reference}, inscription {entry.seq}"
        if entry.seq != place:
            found.append(f"{where} : la numérotation a un trou avant cette inscription.")
        if entry.previous != previous:
            found.append(f"{where} : ne suit pas l'inscription précédente.")
        if entry.digest != digest_of(entry):
            found.append(f"{where} : le contenu ne correspond plus à son empreinte.")
        previous = entry.digest
    return found


def at_utc(at: datetime) -> str:
    """An instant as the journal writes it."""
    return at.astimezone(UTC).isoformat()
