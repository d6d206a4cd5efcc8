"""``guichet catalogue load FILE | withdraw SLUG | list``: publish and withdraw services (CGV 2)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guichet.kit import clock
from guichet.kit.errors import Refused
from guichet.orders import catalogue


class Command(BaseCommand):
    """The operator's door to the catalogue."""

    help = "Publish services from a file, withdraw one, or list what is on offer."
    requires_system_checks = ()  # it serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="publish new versions of the services that changed")
        load.add_argument("file", type=Path, nargs="?", default=catalogue.PACKAGED)
        withdraw = verbs.add_parser("withdraw", help="take a service off the catalogue; orders under way continue")
        withdraw.add_argument("slug")
        verbs.add_parser("list", help="what is on offer now")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        if options["verb"] == "load":
            try:
                published = catalogue.load(options["file"], at=at)
            except (Refused, OSError, ValueError) as error:
                raise CommandError(f"{options['file']} : {error}") from None
            self.stdout.write(f"{len(published)} version(s) publiée(s) : {', '.join(map(str, published)) or 'aucune'}")
        elif options["verb"] == "withdraw":
            if not catalogue.withdraw(options["slug"], at=at):
                raise CommandError(f"La prestation « {options['slug']} » n'est pas proposée.")
            self.stdout.write(f"{options['slug']} : retirée du catalogue ; les commandes en cours continuent.")
        else:
            for version in catalogue.on_offer(at):
                self.stdout.write(f"{version.service.slug:50} v{version.number}  {version.title}")
