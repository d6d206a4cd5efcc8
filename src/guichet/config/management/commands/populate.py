"""``guichet populate``: a demonstration as large as a canton, to measure it."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guichet.config import demo
from guichet.config.populating import add_orders
from guichet.kit import clock
from guichet.orders.models import Order
from guichet.people.models import Person

_TOLD_EVERY = 10_000


class Command(BaseCommand):
    """Fills the register through its import, and the orders in bulk, up to the numbers asked for; safe to repeat."""

    help = "Fill a demonstration: so many residents through the import's door, so many orders in bulk (for measuring)."
    requires_system_checks = ()  # it serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--persons", type=int, default=100_000, help="residents in all (default 100,000)")
        parser.add_argument("--orders", type=int, default=10_000, help="orders in all (default 10,000)")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only a demonstration is filled with invented people (GUICHET_DEMO=1).")
        demo.migrate()
        demo.prepare(persons=200, at=clock.now())
        self._timed("personnes", options["persons"], Person.objects.count, self._persons)
        self._timed("commandes", options["orders"], Order.objects.count, lambda missing: self._orders(missing, options))

    def _timed(self, what: str, wanted: int, count: Any, add: Any) -> None:
        before, begun = count(), time.monotonic()
        if wanted > before:
            add(wanted - before)
        self.stdout.write(f"{count()} {what} ({count() - before} de plus en {time.monotonic() - begun:.0f} s)")

    def _persons(self, missing: int) -> None:
        wanted = Person.objects.count() + missing
        demo.import_synthetic(settings.DATA_DIR / "register.xml", persons=wanted, at=clock.now())

    def _orders(self, missing: int, options: dict[str, Any]) -> None:
        def told(done: int) -> None:
            if done % _TOLD_EVERY == 0:
                self.stdout.write(f"{done} commandes")

        add_orders(missing, at=clock.now(), seed=options["seed"] + Order.objects.count(), told=told)
