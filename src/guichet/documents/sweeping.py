"""Contents of the store that no row names: what a process leaves that is killed between the store and its row.

Every upload and every sealed document is stored first and named by its row afterwards (``store.put`` waits for the disk,
which nothing does inside a transaction). What was never named is encrypted, read by nobody, and destroyed here with
minutes: a count in the journal, under a reference of the store's own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TypedDict

from guichet.casework.acts import SYSTEM, record
from guichet.casework.jobs import job

from . import store
from .models import IssuedDocument

# Nothing takes so long between the store and its row: a younger content may belong to an upload under way.
LEAST_AGE = timedelta(days=1)
# Swept every day: what is older than this shows that nobody sweeps.
OVERDUE = timedelta(days=3)
REFERENCE = "DEPOT"
_AT_ONCE = 500

Named = Callable[[Collection[str]], set[str]]


class Wiring(TypedDict):
    """The calls that go up: which of some digests are named by the rows of each room that keeps contents."""

    named_contents: Collection[Named]


def named(digests: Collection[str]) -> set[str]:
    """Which of these digests are those of issued documents (1 query)."""
    return set(IssuedDocument.objects.filter(digest__in=digests).values_list("digest", flat=True))


def orphans(wiring: Wiring, *, before: datetime) -> Iterator[str]:
    """The digests of the contents untouched since ``before`` that no row names, in no order (1 query a room for 500)."""
    untouched = store.untouched(before)
    while some := list(islice(untouched, _AT_ONCE)):
        in_use = {digest for named_by in wiring["named_contents"] for digest in named_by(some)}
        yield from (digest for digest in some if digest not in in_use)


@job(lease_seconds=3600)
def sweep(*, wiring: Wiring, at: datetime) -> None:
    """Destroy what no row names and nobody has touched for ``LEAST_AGE``.

    The minutes come first: killed in between, they are written again for what is left, and nothing goes without them.
    A content that an upload takes up meanwhile is touched by it, and stays.
    """
    before = at - LEAST_AGE
    found = list(orphans(wiring, before=before))
    if not found:
        return
    record("contents_swept", REFERENCE, actor=SYSTEM, at=at, facts={"contents": len(found)})
    for digest in found:
        store.delete_untouched(digest, before)
