"""What lies on the desk: how many cases in each list, what is late, and how many orders came in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Func, IntegerField, QuerySet, Value

from guichet.casework.models import Beat, Job, OutboxMessage
from guichet.kit.clock import day_of
from guichet.kit.memory import Remembered
from guichet.orders.models import Order
from guichet.orders.models.orders import WITH_AGENT
from guichet.payments.models import Incident

LOAD_DAYS = 30
# Beyond this nobody needs the number, and counting further would cost by the size of the office.
MOST_COUNTED = 500
# A plain function rather than Django's Count, which would group.
_COUNT = Func("pk", function="COUNT", output_field=IntegerField())
# How many orders lie in a state, how many of them are late, the oldest day among these: rows are counted where they lie
# in the index, neither sorted nor handed on.
_COUNTED = """SELECT %s, (SELECT COUNT(*) FROM (SELECT 1 FROM orders_order WHERE state = %s LIMIT %s) AS lying),
    (SELECT COUNT(*) FROM (SELECT 1 FROM orders_order WHERE state = %s AND due_on < %s LIMIT %s) AS late),
    (SELECT MIN(due_on) FROM orders_order WHERE state = %s AND due_on < %s)"""
# A worker leaves a sign of life every few seconds; silent for longer, nothing is made or sent any more.
WORKER_SILENT_AFTER = timedelta(minutes=2)


class Pile(NamedTuple):
    """The orders in one state, counted to ``MOST_COUNTED``: how many, how many past their day, the oldest of these days."""

    number: int = 0
    late: int = 0
    oldest_on: date | None = None
    has_more: bool = False
    has_more_late: bool = False

    @property
    def told(self) -> str:
        """« 12 », « plus de 500 »."""
        return told(self.number, has_more=self.has_more)


class Overview(NamedTuple):
    """The numbers of the desk's home page."""

    piles: dict[str, Pile]
    letters: int
    incidents: int
    alarms: int
    waiting: int
    worker_seen_at: datetime | None

    @property
    def to_do(self) -> int:
        """All orders of which the office owes an act."""
        return sum(pile.number for pile in self.piles.values())

    @property
    def late(self) -> int:
        """Those past their indicative last day."""
        return sum(pile.late for pile in self.piles.values())

    @property
    def oldest_on(self) -> date | None:
        """The oldest day that has passed."""
        return min((pile.oldest_on for pile in self.piles.values() if pile.oldest_on), default=None)

    def pile(self, state: str) -> Pile:
        """The orders in one state."""
        return self.piles.get(state, Pile())

    @property
    def to_do_told(self) -> str:
        """How many orders there are to do, in words where they were not counted to the end."""
        return told(self.to_do, has_more=any(pile.has_more for pile in self.piles.values()))

    @property
    def late_told(self) -> str:
        """How many are late, in words where they were not counted to the end."""
        return told(self.late, has_more=any(pile.has_more_late for pile in self.piles.values()))

    def is_worker_silent(self, at: datetime) -> bool:
        """Whether the worker gave no sign of life lately."""
        return self.worker_seen_at is None or at - self.worker_seen_at > WORKER_SILENT_AFTER


def overview(on: date) -> Overview:
    """The numbers as they are now (3 queries)."""
    counted = _counted(
        letters=OutboxMessage.objects.letters().unsent(),
        incidents=Incident.objects.unresolved(),
        alarms=Job.objects.alarming(),
        waiting=Job.objects.waiting(),
    )
    return Overview(
        piles=_piles(on),
        **counted,
        worker_seen_at=Beat.objects.filter(name="worker").values_list("next_at", flat=True).first(),
    )


def _counted(**lists: QuerySet[Any]) -> dict[str, int]:
    """How many rows each of some lists has (1 query)."""
    first, *others = (
        rows.order_by().annotate(what=Value(name), number=_COUNT).values_list("what", "number")
        for name, rows in lists.items()
    )
    return dict(first.union(*others, all=True))


def _piles(on: date) -> dict[str, Pile]:
    """The orders of each state, counted in the index of the work list and no further than a bound (1 query)."""
    day, most = Order._meta.get_field("due_on").get_db_prep_value(on, connection), MOST_COUNTED + 1
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([_COUNTED] * len(WITH_AGENT)),
            [value for state in WITH_AGENT for value in (state, state, most, state, day, most, state, day)],
        )
        return {state: _pile(number, late, oldest) for state, number, late, oldest in cursor.fetchall()}


def _pile(number: int, late: int, oldest: date | str | None) -> Pile:
    oldest_on = date.fromisoformat(oldest) if isinstance(oldest, str) else oldest
    return Pile(
        number=min(number, MOST_COUNTED),
        late=min(late, MOST_COUNTED),
        oldest_on=oldest_on,
        has_more=number > MOST_COUNTED,
        has_more_late=late > MOST_COUNTED,
    )


def told(number: int, *, has_more: bool) -> str:
    """A number that was counted to a bound."""
    return f"plus de {number}" if has_more else str(number)


def load(at: datetime) -> list[tuple[date, int]]:
    """How many orders were confirmed on each of the last ``LOAD_DAYS`` days, today included, as of five minutes ago
    at most (no query, mostly).
    """
    counted, first = _load.at(at), _first_day(at)
    return [(day, counted.get(day, 0)) for day in (first + timedelta(days=n) for n in range(LOAD_DAYS))]


def _first_day(at: datetime) -> date:
    return day_of(at) - timedelta(days=LOAD_DAYS - 1)


def _asked(at: datetime) -> dict[date, int]:
    rows = Order.objects.filter(ordered_on__gte=_first_day(at), ordered_on__lte=day_of(at)).values_list("ordered_on")
    return {day: number for day, number in rows.annotate(number=Count("*")).order_by("ordered_on") if day is not None}


_load = Remembered(_asked, seconds=300.0)
