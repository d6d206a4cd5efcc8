"""``guichet register``: take a delivery of the residents' register in, or write a synthetic one."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.core.management.base import BaseCommand, CommandError

from guichet.gateways.register import generator
from guichet.gateways.register.port import Rejection, UnreadableDelivery
from guichet.gateways.register.reader import EchDelivery
from guichet.kit import clock
from guichet.people.register.deliveries import Summary, import_delivery

NOTHING_READ = 1
BROKE_OFF = 2


class Rejects:
    """The list of rejected records, one per line of a file that exists only if there are any."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open = ExitStack()
        self._rows: Any = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._open.close()

    def add(self, rejection: Rejection) -> None:
        """Write one rejected record down."""
        if self._rows is None:
            file = self._open.enter_context(self.path.open("w", encoding="utf-8", newline=""))
            self._rows = csv.writer(file, delimiter=";")
            self._rows.writerow(["ligne", "identifiant local", "motif"])
        self._rows.writerow([rejection.line, rejection.local_person_id or "", rejection.reason])


class Command(BaseCommand):
    """``register import FILE`` and ``register generate --persons N --seed S FILE``."""

    help = "Take a delivery of the residents' register (eCH-0099) in, or write a synthetic one."
    requires_system_checks = ()  # it serves no page
    tenth = 0

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        taken = acts.add_parser("import", help="take a delivery in; safe to run again on the same file")
        taken.add_argument("file", type=Path)
        taken.add_argument("--rejects", type=Path, help="where rejected records are listed (default: FILE.rejets.csv)")
        made = acts.add_parser("generate", help="write a delivery of invented people")
        made.add_argument("file", type=Path)
        made.add_argument("--persons", type=int, default=1000)
        made.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "generate":
            self._generate(options["file"], persons=options["persons"], seed=options["seed"])
        else:
            file: Path = options["file"]
            self._import(file, options["rejects"] or file.with_name(f"{file.name}.rejets.csv"))

    def _generate(self, file: Path, *, persons: int, seed: int) -> None:
        written = generator.write(file, persons=persons, seed=seed, on=clock.today())
        self.stdout.write(f"personnes inventées : {written}, dans {file}")

    def _import(self, file: Path, rejects: Path) -> None:
        try:
            with EchDelivery(file) as delivery, Rejects(rejects) as rejected:
                summary = import_delivery(
                    delivery,
                    clock=clock.now,
                    rejected=rejected.add,
                    progress=lambda so_far: self._progress(so_far, delivery),
                )
        except FileNotFoundError:
            raise CommandError(f"Le fichier {file} n'existe pas.", returncode=NOTHING_READ) from None
        except UnreadableDelivery as unreadable:
            raise CommandError(unreadable.message, returncode=NOTHING_READ) from None
        self._report(summary, rejects)

    def _progress(self, so_far: Summary, delivery: EchDelivery) -> None:
        """One line for each tenth of the file."""
        tenth = 10 * delivery.bytes_read // max(delivery.size, 1)
        if tenth > self.tenth:
            self.tenth = tenth
            self.stderr.write(f"{10 * tenth} % du fichier, personnes lues : {so_far.read}")

    def _report(self, summary: Summary, rejects: Path) -> None:
        self.stdout.write(
            f"lues : {summary.read}, nouvelles : {summary.new}, modifiées : {summary.changed}, "
            f"inchangées : {summary.unchanged}, rejetées : {summary.rejected}"
        )
        if summary.rejected:
            self.stdout.write(f"Enregistrements rejetés, avec leur motif : {rejects}")
        if summary.broken:
            raise CommandError(summary.broken, returncode=BROKE_OFF if summary.read else NOTHING_READ)
        if not summary.read:
            raise CommandError("La livraison ne contient aucune personne.", returncode=NOTHING_READ)
