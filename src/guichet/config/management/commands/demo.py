"""``guichet demo``: migrate and make the demonstration's data."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from guichet.config import demo
from guichet.kit import clock


class Command(BaseCommand):
    """Prepares a demonstration; safe to run again."""

    help = "Prepare the database of a demonstration: tables, invented residents, catalogue, terms, accounts."
    requires_system_checks = ()  # it serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--persons", type=int, default=200)

    def handle(self, *args: Any, **options: Any) -> None:
        demo.migrate()
        demo.prepare(persons=options["persons"], at=clock.now())
