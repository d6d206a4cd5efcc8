"""The work list: its filters as they stand in the address, and a page of orders that costs the same at any size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Paginator
from django.db import connection
from django.http import QueryDict

from guichet.kit import cards
from guichet.kit.ids import normalise_reference
from guichet.orders.models import Channel, Order, ServiceVersion
from guichet.orders.models.orders import WITH_AGENT
from guichet.payments.models import Incident

PER_PAGE = 50
# What lies further than this is found by a filter, not by turning pages; the list says so.
MOST_LISTED = 500


class Selection(NamedTuple):
    """A named list: what it is called, and the states of its orders."""

    label: str
    states: tuple[str, ...]

    @property
    def is_work(self) -> bool:
        """True where the office owes something: ordered by due date; other lists show the newest first."""
        return set(self.states) <= set(WITH_AGENT)


TO_DO = "a-traiter"
SELECTIONS: Mapping[str, Selection] = {
    TO_DO: Selection("À traiter", WITH_AGENT),
    "a-examiner": Selection("À examiner", ("examination",)),
    "payees": Selection("Payées, en traitement automatique", ("paid",)),
    "accordees": Selection("Accordées, document en préparation", ("granted",)),
    "a-poster": Selection("Document établi, à poster", ("issued",)),
    "remises": Selection("Remises", ("delivered",)),
    "refusees": Selection("Refusées", ("refused",)),
    "en-paiement": Selection("Pas encore payées", ("submitted", "validated")),
    "closes": Selection("Annulées ou abandonnées", ("cancelled", "lapsed")),
}


class Offer(NamedTuple):
    """A service as the filter names it, with all its versions."""

    slug: str
    title: str
    versions: tuple[UUID, ...]


def offers() -> list[Offer]:
    """Every service that ever was on offer, by its newest title (1 query)."""
    versions = ServiceVersion.objects.select_related("service").order_by("service__place", "service__slug", "-number")
    found: dict[str, Offer] = {}
    for version in versions:
        slug = version.service.slug
        known = found.get(slug, Offer(slug, version.title, ()))
        found[slug] = known._replace(versions=(*known.versions, version.pk))
    return list(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the address asks for; a value it cannot mean counts as not given."""

    selection: str = TO_DO
    service: str = ""
    channel: str = ""
    late: bool = False
    text: str = ""

    @classmethod
    def read(cls, asked: QueryDict) -> Filters:
        """The filters of an address."""
        selection, channel = asked.get("liste", TO_DO), asked.get("voie", "")
        return cls(
            selection=selection if selection in SELECTIONS else TO_DO,
            service=cards.masked(asked.get("prestation", "")[:60]),
            channel=channel if channel in Channel.values else "",
            late=asked.get("retard") == "1",
            text=cards.masked(asked.get("texte", "").strip()[:40]),
        )

    @property
    def reference(self) -> str | None:
        """The reference that was typed, if it is one."""
        return normalise_reference(self.text) if self.text else None

    @property
    def query(self) -> str:
        """The address's query for these filters, in one fixed form; empty for the plain list."""
        given = QueryDict(mutable=True)
        if self.selection != TO_DO:
            given["liste"] = self.selection
        for name, value in (("prestation", self.service), ("voie", self.channel), ("retard", "1" * self.late)):
            if value:
                given[name] = value
        return given.urlencode()


class Line(NamedTuple):
    """One row of the list; ``days_late`` is 0 for what is in time or has no day."""

    order: Order
    title: str
    days_late: int
    has_incident: bool


class WorkList:
    """A list of orders under some filters on a day."""

    def __init__(self, filters: Filters, *, on: date, known: Sequence[Offer]) -> None:
        self.filters, self.on, self._offers = filters, on, known
        self.selection = SELECTIONS[filters.selection]

    @cached_property
    def keys(self) -> list[Any]:
        """The keys of the list in its order, one more than are listed if there are more (1 query).

        A list over several states or versions sorted as one would read and sort all its rows. Each part alone is
        already sorted in an index, which alone answers: the first rows of each are read and merged, so that the cost
        has a bound.
        """
        parts = [self._part(f"part_{number}", fixed) for number, fixed in enumerate(self._parts())]
        if not parts:
            return []
        united = " UNION ALL ".join(sql for sql, _ in parts)
        by = "due_on ASC NULLS LAST, id ASC" if self.selection.is_work else "due_on DESC NULLS LAST, id DESC"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM ({united}) AS united ORDER BY {by} LIMIT {MOST_LISTED + 1}",  # noqa: S608 - no input
                [value for _, given in parts for value in given],
            )
            return [row[0] for row in cursor.fetchall()]

    def _parts(self) -> list[dict[str, Any]]:
        """What is fixed in each part: the columns with which an index begins that goes on by due date."""
        channels = [self.filters.channel] if self.filters.channel else Channel.values
        narrowed: list[dict[str, Any]] = [{"channel": self.filters.channel}] if self.filters.channel else [{}]
        if self.filters.service:
            versions = [v for offer in self._offers if offer.slug == self.filters.service for v in offer.versions]
            narrowed = [{"version": version, "channel": channel} for version in versions for channel in channels]
        return [{"state": state, **only} for state in self.selection.states for only in narrowed]

    def _part(self, name: str, fixed: dict[str, Any]) -> tuple[str, list[Any]]:
        """The SQL for the first rows of one part; its parameters."""
        orders = Order.objects.filter(**fixed)
        if self.filters.late and self.selection.is_work:
            orders = orders.filter(due_on__lt=self.on)
        orders = orders.by_due_date() if self.selection.is_work else orders.order_by("-due_on", "-id")
        sql, given = orders.values_list("id", "due_on")[: MOST_LISTED + 1].query.sql_with_params()
        return f"SELECT * FROM ({sql}) AS {name}", list(given)  # noqa: S608 - names of ours

    @property
    def has_more(self) -> bool:
        """Whether there is more than the list shows."""
        return len(self.keys) > MOST_LISTED

    def page(self, number: str | None) -> Any:
        """One page of the list as Django's pages go; its ``object_list`` holds ``Line`` objects (2 queries)."""
        page = Paginator(self.keys[:MOST_LISTED], PER_PAGE).get_page(number)
        page.object_list = self._lines(list(page.object_list))
        return page

    def _lines(self, keys: list[Any]) -> list[Line]:
        if not keys:
            return []
        rows = Order.objects.defer("answers", "address", "bearer", "email", "lines").in_bulk(keys)
        titles = {version: offer.title for offer in self._offers for version in offer.versions}
        orders = [rows[key] for key in map(_uuid, keys) if key in rows]
        held = set(
            Incident.objects.unresolved()
            .filter(case_reference__in=[order.reference for order in orders])
            .values_list("case_reference", flat=True)
        )
        return [
            Line(order, titles.get(order.version_id, ""), days_late(order, self.on), order.reference in held)
            for order in orders
        ]


def days_late(order: Order, on: date) -> int:
    """How many days an order is past its indicative last day on ``on``; 0 if it is not, or nothing is owed."""
    if order.due_on is None or order.state not in WITH_AGENT:
        return 0
    return max(0, (on - order.due_on).days)


def _uuid(key: Any) -> UUID:
    return key if isinstance(key, UUID) else UUID(key)
