"""The statement of a month for 45 communes on a populated ledger of shares, beside the bare SQL of the same sums.

``python -m tests.load.statements ENTRIES`` in the environment of an office prints JSON; ``measure`` needs a database.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Any, NamedTuple

import django
from django.db import connection

MONTH, MONTHS = date(2026, 11, 1), 12
FIRST_COMMUNE, COMMUNES = 6601, 45
AT_ONCE, ROUNDS = 5_000, 5
# The fee of an adult's card and an assumed share of the canton, in centimes: only the number of rows matters here.
FEE, CANTON = 6500, 3500


class Measured(NamedTuple):
    """Milliseconds for a month of so many entries: the bare sums, ours, and all 45 spreadsheets."""

    entries: int
    floor: float
    totals: float
    spreadsheets: float

    @property
    def ratio(self) -> float:
        """How many times the bare SQL the totals cost."""
        return self.totals / self.floor


def populate(entries: int) -> None:
    """So many paid fees, over a year of months and the communes, as booking would have left them."""
    from guichet.identity.models import Share, ShareKind
    from guichet.kit.clock import ZURICH

    chance, half = random.Random(2), CANTON // 2
    months = [date(2026 - (number > 10), (22 - number) % 12 + 1, 1) for number in range(MONTHS)]
    begins = {month: datetime(month.year, month.month, 1, 8, tzinfo=ZURICH) for month in months}
    for first in range(0, entries, AT_ONCE):
        rows = []
        for number in range(first, min(first + AT_ONCE, entries)):
            month = months[number % MONTHS]
            at = begins[month] + timedelta(minutes=chance.randrange(27 * 24 * 60))
            rows.append(
                Share(
                    case_reference=f"PID-{number:08d}-0",
                    place=1,
                    kind=ShareKind.PAID,
                    request="identity_card",
                    commune=FIRST_COMMUNE + chance.randrange(COMMUNES),
                    month=month,
                    law_day=at.date(),
                    booked_at=at,
                    fee_centimes=FEE,
                    federal_centimes=FEE - CANTON,
                    canton_centimes=CANTON - half,
                    commune_part_centimes=half,
                )
            )
        Share.objects.bulk_create(rows)


def measure(rounds: int = ROUNDS) -> Measured:
    """Time the month of the populated ledger; the best of the rounds: whatever else runs only adds to them."""
    from guichet.identity.operations import statements

    floors, ours = [], []
    for _ in range(rounds):
        begun = perf_counter()
        bare = _bare_sums()
        between = perf_counter()
        each = statements.totals(MONTH)
        ours.append(1000 * (perf_counter() - between))
        floors.append(1000 * (between - begun))
        assert sum(row[1] for row in bare) == statements.together(each).fee.centimes
    begun = perf_counter()
    for one in each:
        statements.as_csv(statements.entries_of(MONTH, one.commune), one)
    spreadsheets = 1000 * (perf_counter() - begun)
    return Measured(sum(one.entries for one in each), min(floors), min(ours), spreadsheets)


def _bare_sums() -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT commune, SUM(fee_centimes), SUM(federal_centimes), SUM(canton_centimes), "
            "SUM(commune_part_centimes), SUM(undivided_centimes), COUNT(*) "
            "FROM identity_share WHERE month = %s GROUP BY commune",
            [MONTH],
        )
        rows: list[tuple[int, ...]] = cursor.fetchall()
    return rows


def measured_in(office: Any, entries: int) -> dict[str, float]:
    """The same in the database of an office, as a process of its own."""
    found: dict[str, float] = json.loads(office.call("-m", "tests.load.statements", entries))
    return found


def main() -> None:
    """Populate, measure, print."""
    django.setup()
    populate(int(sys.argv[1]))
    found = measure()
    print(json.dumps({**found._asdict(), "ratio": found.ratio}))


if __name__ == "__main__":
    main()
