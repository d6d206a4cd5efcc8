"""The work list of an authority: what it has in hand, the most urgent first, at a cost that its size does not change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import F, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guichet.identity.models import IdentityApplication
from guichet.identity.operations import objections
from guichet.identity.rights import arrived_from_elsewhere, in_hand
from guichet.institutions.models import Office
from guichet.kit import clock
from guichet.kit.ids import normalise_reference

from .seat import CounterRequest, at_counter

PER_PAGE = 50
# What lies further than this is found by a filter or by its reference; the list says so.
MOST_LISTED = 500
TO_DO = "a-traiter"


class Selection(NamedTuple):
    """A named list, and the states of its applications."""

    label: str
    states: tuple[str, ...]


SELECTIONS: Mapping[str, Selection] = {
    TO_DO: Selection("À traiter", ("old_document_due", "certificate_due", "open", "stopped")),
    "soumises": Selection("Soumises au département", ("referred",)),
    "en-production": Selection("En production", ("ordered", "issued")),
    "gardes": Selection("Documents gardés", ("kept",)),
    "decisions": Selection("Décisions et recours", ("refused", "refusal_appealed", "revoked", "withdrawal_appealed")),
    "terminees": Selection("Terminées", ("delivered", "destroyed", "closed", "void", "abandoned")),
}


class Filters(NamedTuple):
    """What the address asks for; a value it cannot mean counts as not given."""

    selection: str
    is_late: bool
    text: str

    @classmethod
    def read(cls, asked: QueryDict, office: Office) -> Filters:
        """The filters of an address; the department begins with what was submitted to it."""
        first = "soumises" if office.authority == Office.Authority.DEPARTMENT else TO_DO
        selection = asked.get("liste", first)
        return cls(
            selection if selection in SELECTIONS else first,
            asked.get("retard") == "1",
            asked.get("texte", "").strip()[:20],
        )


class Row(NamedTuple):
    """One line of the list; ``days_late`` is 0 for what is in time or has no day.

    ``is_opposed``: the objection of a parent stops the application, or is to be examined before the delivery.
    """

    application: IdentityApplication
    days_late: int
    is_opposed: bool


def keys_of(office: Office, filters: Filters, *, on: date) -> list[UUID]:
    """The keys of a list in its order, one more than are listed if there are more (1 query).

    Each state of each source is sorted in its index already: the first rows of each are read and merged.
    """
    parts = [part for state in SELECTIONS[filters.selection].states for part in _parts(office, state, filters, on)]
    united = " UNION ".join(f"SELECT * FROM ({sql}) AS part{place}" for place, (sql, _) in enumerate(parts))  # noqa: S608 - see below
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({united}) AS united "  # noqa: S608 - the ORM's own SQL, values apart
            f"ORDER BY due_on ASC NULLS LAST, id ASC LIMIT {MOST_LISTED + 1}",
            [value for _, given in parts for value in given],
        )
        return [key if isinstance(key, UUID) else UUID(key) for (key,) in cursor.fetchall()]


def _parts(office: Office, state: str, filters: Filters, on: date) -> list[tuple[str, list[Any]]]:
    sources: list[QuerySet[IdentityApplication]] = [in_hand(office).filter(office=office)]
    if office.authority == Office.Authority.CENTRE:
        sources = [IdentityApplication.objects.filter(office=office), arrived_from_elsewhere(office)]
    if office.authority == Office.Authority.DEPARTMENT:
        sources = [in_hand(office)]
    late = {"due_on__lt": on} if filters.is_late else {}
    parts = []
    for source in sources:
        rows = source.filter(state=state, **late).order_by(F("due_on").asc(nulls_last=True), "id")
        sql, given = rows.values_list("id", "due_on")[: MOST_LISTED + 1].query.sql_with_params()
        parts.append((sql, list(given)))
    return parts


@at_counter
@require_safe
def show(request: CounterRequest, **wiring: Any) -> HttpResponse:
    """What this authority has in hand under the filters of the address; a whole reference opens its case at once."""
    office, on = request.seat.office, clock.today()
    if office.authority == Office.Authority.POLICE:
        # Applications never are with the police: its work is the declarations.
        return redirect("declarations:index")
    filters = Filters.read(request.GET, office)
    reference = normalise_reference(filters.text) if filters.text else None
    if reference and in_hand(office).filter(reference=reference).exists():
        return redirect("guichets:case", reference=reference)
    keys = keys_of(office, filters, on=on)
    page = Paginator(keys[:MOST_LISTED], PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "selection": SELECTIONS[filters.selection],
        "selections": SELECTIONS.items(),
        "page": page,
        "rows": _rows(list(page.object_list), on),
        "has_more": len(keys) > MOST_LISTED,
        "not_found": filters.text,
    }
    return render(request, "identity/counter/worklist.html", context)


def _rows(keys: list[UUID], on: date) -> list[Row]:
    heavy = ("answers", "address", "email", "lines")
    shown = IdentityApplication.objects.annotate(has_objection=objections.stands())
    found = shown.select_related("office").defer(*heavy).in_bulk(keys)
    return [_row(found[key], on) for key in keys if key in found]


def _row(one: IdentityApplication, on: date) -> Row:
    stands: bool = one.has_objection  # type: ignore[attr-defined]  # the annotation of _rows; mypy does not follow those
    return Row(one, days_late(one, on), objections.is_opposed(one, has_objection=stands))


def days_late(application: IdentityApplication, on: date) -> int:
    """How many days an application is past its due date on ``on``; 0 if it is not."""
    return max(0, (on - application.due_on).days) if application.due_on else 0
