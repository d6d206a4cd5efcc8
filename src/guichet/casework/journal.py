"""The journal: one hash chain per case, appended to by acts only, verified by anyone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection

from .models import FIRST_LINK, Entry

_FIELDS = list(Entry._meta.concrete_fields)
_COLUMNS = ", ".join(f'"{field.column}"' for field in _FIELDS)
_INSERT = (
    f'INSERT INTO "{Entry._meta.db_table}" ({_COLUMNS}) VALUES ({", ".join(["%s"] * len(_FIELDS))}) '  # noqa: S608 - own names
    "ON CONFLICT (case_reference, seq) DO NOTHING"
)


class Head(NamedTuple):
    """The end of a case's chain: the number and the digest of its last entry."""

    seq: int
    digest: str


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


def append(entry: Entry, *, after: Head | None = None) -> Head:
    """Put ``entry`` at the end of its case's chain and return the new end.

    ``after`` is where the caller believes the chain ends: right, it saves a query; wrong, it costs one.
    Two writers on one case cannot take the same place: the one who comes second reads the end again.
    """
    end = head(entry.case_reference) if after is None else after
    while True:
        entry.seq, entry.previous = end.seq + 1, end.digest
        entry.digest = digest_of(entry)
        values = [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in _FIELDS]
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, values)
            if cursor.rowcount == 1:
                return Head(entry.seq, entry.digest)
        end = head(entry.case_reference)


def entries(case_reference: str) -> list[Entry]:
    """What happened to a case, in order."""
    return list(Entry.objects.filter(case_reference=case_reference).order_by("seq"))


def events(chain: Sequence[Entry]) -> list[dict[str, Any]]:
    """The entries as events of ``Procedure.replay``."""
    return [{"event": e.act, "at": e.at, "by": e.role, **e.facts} for e in chain if e.target]


def verify(case_reference: str) -> list[str]:
    """The breaks of a case's chain, in French; empty when it is intact."""
    breaks, previous = [], FIRST_LINK
    for place, entry in enumerate(entries(case_reference), start=1):
        where = f"{case_reference}, inscription {entry.seq}"
        if entry.seq != place:
            breaks.append(f"{where} : la numérotation a un trou avant cette inscription.")
        if entry.previous != previous:
            breaks.append(f"{where} : ne suit pas l'inscription précédente.")
        if entry.digest != digest_of(entry):
            breaks.append(f"{where} : le contenu ne correspond plus à son empreinte.")
        previous = entry.digest
    return breaks


def at_utc(at: datetime) -> str:
    """An instant as the journal writes it."""
    return at.astimezone(UTC).isoformat()
