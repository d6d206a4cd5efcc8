"""``guichet shares resolve | close YYYY-MM | list``: the shares of the fees and the statements of the communes."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guichet.casework.acts import SYSTEM
from guichet.identity.operations import sharing, statements
from guichet.kit import clock
from guichet.kit.errors import Refused
from guichet.kit.formats import count


def _month(written: str) -> date:
    try:
        return date.fromisoformat(f"{written}-01")
    except ValueError:
        raise ArgumentTypeError("un mois s'écrit AAAA-MM, par exemple 2026-11") from None


class Command(BaseCommand):
    """The operator's door to the ledger of shares."""

    help = "Divide the fees whose shares have become known; close a month."
    requires_system_checks = ()  # it serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("resolve", help="divide what waits for shares that are configured now")
        close = verbs.add_parser("close", help="close a month that is over; it never changes afterwards")
        close.add_argument("month", type=_month, help="AAAA-MM")
        shown = verbs.add_parser("list", help="the totals of a month per commune")
        shown.add_argument("month", type=_month, help="AAAA-MM")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "resolve":
            divided, waiting = sharing.resolve(at=clock.now())
            self.stdout.write(f"{count(divided, 'émolument réparti', 'émoluments répartis')}, {waiting} à répartir")
        elif options["verb"] == "close":
            self._close(options["month"])
        else:
            for one in statements.totals(options["month"]):
                if one.entries:
                    self.stdout.write(
                        f"{one.commune:5} {one.name:40} {one.fee.francs:>12} {one.commune_part.francs:>12}"
                    )

    def _close(self, month: date) -> None:
        try:
            made = statements.close(month, closed_by=SYSTEM.name, at=clock.now())
        except Refused as error:
            raise CommandError(error.message) from None
        self.stdout.write(f"{month:%Y-%m} : {count(len(made), 'décompte clos', 'décomptes clos')}")
