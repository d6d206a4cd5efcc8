"""``guichet check``: Django's checks, then ours: outside parties, books, journals."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import check as django_check
from django.db import connection

from guichet.casework import journal
from guichet.casework.models import Entry, Job
from guichet.config.wiring import WIRING
from guichet.documents import sweeping
from guichet.gateways.mail import check as mail
from guichet.gateways.production import check as production
from guichet.gateways.signing import check as signing
from guichet.gateways.timestamp import check as timestamp
from guichet.kit import clock
from guichet.payments.books import check_books


class Command(django_check.Command):
    """Says in French what would keep the counter from working; exits 1 if there is anything."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--journals", type=int, default=100, help="how many of the latest cases' journals to verify"
        )

    def handle(self, *app_labels: Any, **options: Any) -> None:
        super().handle(*app_labels, **options)
        problems = [
            *(f"Paiement : {problem}" for problem in WIRING["provider"]().check_setup()),
            *(f"Sceau : {problem}" for problem in signing.check_setup(at=clock.now())),
            *(f"Horodatage : {problem}" for problem in timestamp.check_setup(at=clock.now())),
            *(f"Courriel : {problem}" for problem in mail.check_setup()),
            *(f"Production des documents : {problem}" for problem in production.check_setup()),
            *(f"Comptes : {problem}" for problem in check_books(clock.today())),
            *(f"Journal : {problem}" for problem in _journals(options["journals"])),
        ]
        if dead := Job.objects.dead().count():
            problems.append(f"Tâches : {dead} tâche(s) abandonnée(s), à voir au bureau.")
        problems += self._contents()
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} problème(s).")
        self.stdout.write(f"Tout va bien (base de données : {connection.vendor}).")

    def _contents(self) -> list[str]:
        """Say how many contents of the store no row names; a problem only where nobody has swept them for days."""
        at = clock.now()
        found = len(list(sweeping.orphans(WIRING, before=at)))
        self.stdout.write(f"Dépôt : {found} contenu(s) que rien ne nomme ; le balayage les détruit après un jour.")
        overdue = len(list(sweeping.orphans(WIRING, before=at - sweeping.OVERDUE))) if found else 0
        days = sweeping.OVERDUE.days
        return [f"Dépôt : {overdue} contenu(s) orphelin(s) depuis plus de {days} jours."] if overdue else []


def _journals(most: int) -> list[str]:
    """The breaks in the chains of the cases that last opened."""
    latest = Entry.objects.filter(seq=1).order_by("-at").values_list("case_reference", flat=True)[:most]
    return [found for reference in latest for found in journal.verify(reference)]
