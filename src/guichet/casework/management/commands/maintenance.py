"""``guichet maintenance announce --from … --until … [--message …] | list | end``: suspend new cases (CGV 8/4)."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guichet.casework import maintenance
from guichet.casework.models import MESSAGE_LENGTH, Maintenance
from guichet.kit import clock
from guichet.kit.errors import Refused


class Command(BaseCommand):
    """The operator's door to maintenance."""

    help = "Announce a maintenance on every page, list what is announced, or end it early."
    requires_system_checks = ()  # it serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        announce = verbs.add_parser("announce", help="tell it on every page; during it no case is begun or paid")
        announce.add_argument(
            "--from", dest="from_at", type=local_instant, required=True, help="2026-11-30T22:00, Geneva"
        )
        announce.add_argument("--until", dest="until_at", type=local_instant, required=True, help="2026-12-01T02:00")
        announce.add_argument("--message", default="", help="one more sentence, in French")
        verbs.add_parser("list", help="what is announced or under way")
        verbs.add_parser("end", help="end the one under way, or call off the next one")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['verb']}")(options)

    def _announce(self, options: dict[str, Any]) -> None:
        message = options["message"].strip()
        if len(message) > MESSAGE_LENGTH:
            raise CommandError(f"Le message compte au plus {MESSAGE_LENGTH} caractères.")
        try:
            planned = maintenance.announce(
                from_at=options["from_at"], until_at=options["until_at"], message=message, at=clock.now()
            )
        except Refused as refused:
            raise CommandError(refused.message) from None
        self.stdout.write(f"Maintenance annoncée {maintenance.when(planned)}.")

    def _list(self, options: dict[str, Any]) -> None:
        at = clock.now()
        for planned in Maintenance.objects.to_come_or_under_way(at):
            state = "en cours" if planned.is_under_way(at) else "annoncée"
            self.stdout.write(f"{state:9} {maintenance.when(planned)}  {planned.message}".rstrip())

    def _end(self, options: dict[str, Any]) -> None:
        at = clock.now()
        ended = maintenance.end(at)
        if ended is None:
            raise CommandError("Aucune maintenance n'est annoncée ni en cours.")
        verb = "terminée" if ended.from_at <= at else "annulée"
        self.stdout.write(f"Maintenance {verb} (annoncée {maintenance.when(ended)}).")


def local_instant(text: str) -> datetime:
    """An instant as an operator types it: in Geneva unless an offset is given."""
    try:
        typed = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} : attendu 2026-11-30T22:00") from None
    return typed if typed.tzinfo else typed.replace(tzinfo=clock.ZURICH)
