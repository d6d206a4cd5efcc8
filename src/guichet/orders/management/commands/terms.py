"""``guichet terms publish KIND FILE --edition NAME | list``: publish the texts that orders accept (CGV 1)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guichet.kit import clock
from guichet.kit.errors import Refused
from guichet.orders import terms
from guichet.orders.models import TermsEdition, TermsKind


class Command(BaseCommand):
    """The operator's door to the terms."""

    help = "Publish an edition of the office's or the State's terms; it binds at once."
    requires_system_checks = ()  # it serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        publish = verbs.add_parser("publish", help="publish an edition (Markdown text)")
        publish.add_argument("kind", choices=TermsKind.values)
        publish.add_argument("file", type=Path)
        publish.add_argument("--edition", required=True, help="its name, for example « octobre 2024 »")
        verbs.add_parser("list", help="all editions with their digests")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "publish":
            try:
                text = options["file"].read_text()
                title = TermsKind(options["kind"]).label
                edition = terms.publish(
                    options["kind"], edition=options["edition"], title=title, text=text, at=clock.now()
                )
            except (Refused, OSError, UnicodeDecodeError) as error:
                raise CommandError(str(error)) from None
            self.stdout.write(f"{edition} : publiée, SHA-256 {edition.sha256}")
        else:
            for edition in TermsEdition.objects.order_by("kind", "published_at").defer("text"):
                self.stdout.write(
                    f"{edition.kind:7} {edition.edition:20} {edition.published_at:%Y-%m-%d %H:%M} {edition.sha256}"
                )
