"""The worker's jobs as the desk shows them: what they do in words, never their arguments.

What failed names its case, so that an agent can open it: of a mail that was refused for good the person must be
reached in another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Min, Q, Value, When

from guichet.casework.models import Beat, Job, JobStatus, OutboxMessage
from guichet.identity.models import IdentityApplication, IdentityDecision, LossDeclaration, ProductionOrder
from guichet.kit.formats import count
from guichet.orders.models import Decision, Order
from guichet.payments.models import PaymentAttempt

SHOWN = 100
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMES: Mapping[str, str] = {
    "guichet.orders.jobs.examine_paid": "Examiner une commande payée",
    "guichet.orders.jobs.produce": "Établir un document",
    "guichet.orders.jobs.write_decision": "Rédiger une décision de refus",
    "guichet.orders.jobs.lapse": "Clore les commandes abandonnées",
    "guichet.documents.sweeping.sweep": "Détruire les contenus que rien ne nomme",
    "guichet.people.accounts.jobs.forget_sessions": "Effacer les sessions terminées",
    "guichet.casework.outbox.send": "Envoyer un courriel",
    "guichet.payments.operations.settling.settle_attempt": "Vérifier un paiement",
    "guichet.payments.operations.settling.capture": "Encaisser un paiement",
    "guichet.payments.operations.settling.void": "Libérer un paiement",
    "guichet.identity.operations.producing.follow": "Commander un document d'identité et en demander l'état",
    "guichet.identity.operations.producing.destroy_data": "Détruire des données biométriques",
    "guichet.identity.operations.producing.ask_again": "Demander l'état des documents commandés",
    "guichet.identity.operations.deciding.write_letter": "Rédiger une décision sur un document d'identité",
    "guichet.identity.operations.deciding.end_appeals": "Constater l'entrée en force des décisions",
    "guichet.identity.operations.attesting.certify": "Établir l'attestation d'une déclaration de perte",
    "guichet.identity.operations.appeals.make_court_file": "Réunir le dossier pour la justice",
    "guichet.identity.jobs.forget_drafts": "Effacer les brouillons oubliés",
    "guichet.identity.jobs.forget_forms": "Oublier quels formulaires sont déjà reçus",
    "guichet.identity.jobs.open_slots": "Ouvrir les places de rendez-vous",
    "guichet.identity.jobs.free_places": "Libérer les rendez-vous dont personne n'a plus besoin",
    "guichet.identity.jobs.remind": "Rappeler les rendez-vous et les documents gardés",
    "guichet.people.register.changes.tell": "Annoncer ce qui a changé au registre",
    "guichet.payments.operations.asking.mop_up": "Relancer les paiements sans réponse",
}


_ERRORS: Mapping[str, str] = {
    "guichet.casework.outbox.MailRefused": "adresse ou message refusé par le serveur de courrier : joignez la personne autrement",
    "guichet.gateways.mail.sending.RefusedForNow": "le serveur de courrier n'a pas pris le message et demande de réessayer",
    "guichet.documents.seals.SealUnavailable": "le sceau ou l'horodatage ne répond pas",
    "guichet.payments.operations.settling.NotDoneYet": "le prestataire de paiement n'a pas confirmé",
    "guichet.gateways.production.port.NotHeard": "la production des documents d'identité ne répond pas",
    "builtins.ConnectionRefusedError": "le serveur demandé ne répond pas",
    "builtins.TimeoutError": "le serveur demandé n'a pas répondu à temps",
}
# Of what a job was given the keys may be, and whose case that is.
_ABOUT = (
    (Order.objects.all(), "reference"),
    (Decision.objects.all(), "case_reference"),
    (PaymentAttempt.objects.all(), "case_reference"),
    (IdentityApplication.objects.all(), "reference"),
    (IdentityDecision.objects.all(), "application__reference"),
    (ProductionOrder.objects.all(), "application__reference"),
    (LossDeclaration.objects.all(), "reference"),
    (OutboxMessage.objects.unsent(), "case_reference"),
)


class JobLine(NamedTuple):
    """One job: what it does, where it stands, how often it was tried, the kind of its last error."""

    id: UUID
    name: str
    status: str
    status_name: str
    attempts: int
    error: str
    enqueued_at: datetime
    run_after: datetime | None
    is_dead: bool
    cases: tuple[str, ...] = ()

    @property
    def error_words(self) -> str:
        """What happened and what helps, where there are words for it; empty otherwise."""
        return _ERRORS.get(self.error, "")


class Backlog(NamedTuple):
    """What there is to do in the background, and whether somebody does it."""

    lines: list[JobLine]
    waiting: int
    running: int
    dead: int
    oldest_at: datetime | None
    worker_seen_at: datetime | None

    @property
    def sentence(self) -> str:
        """« 2 tâches en attente, 1 en cours, aucune abandonnée »."""
        given_up = count(self.dead, "abandonnée") if self.dead else "aucune abandonnée"
        return f"{count(self.waiting, 'tâche')} en attente, {self.running} en cours, {given_up}."

    @property
    def not_shown(self) -> int:
        """How many more there are than the list shows."""
        return max(0, self.waiting + self.running + self.dead - len(self.lines))


def name_of(task_path: str) -> str:
    """What a task does, in French; of a task that this version of the house has no more, its last name."""
    return _NAMES.get(task_path, task_path.rpartition(".")[2])


def backlog() -> Backlog:
    """Dead jobs and alarms first, then what has waited longest, at most ``SHOWN`` (3 queries, 5 if something failed)."""
    urgency = Case(
        When(status=JobStatus.DEAD, then=Value(0)),
        When(alarm=True, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    jobs = Job.objects.defer("args", "kwargs").annotate(urgency=urgency).order_by("urgency", "enqueued_at", "id")
    counted: dict[str, Any] = Job.objects.aggregate(
        oldest=Min("enqueued_at", filter=Q(status=JobStatus.WAITING)),
        **{status: Count("pk", filter=Q(status=status)) for status in JobStatus.values},
    )
    return Backlog(
        lines=_lines(jobs[:SHOWN]),
        waiting=counted[JobStatus.WAITING],
        running=counted[JobStatus.RUNNING],
        dead=counted[JobStatus.DEAD],
        oldest_at=counted["oldest"],
        worker_seen_at=Beat.objects.filter(name="worker").values_list("next_at", flat=True).first(),
    )


def dead_among(job_ids: list[UUID]) -> list[JobLine]:
    """Those of these jobs that are dead, for the preview of what will be tried again."""
    return _lines(Job.objects.dead().filter(pk__in=job_ids).defer("args", "kwargs").order_by("id"))


def _lines(jobs: Iterable[Job]) -> list[JobLine]:
    lines = [_line(job) for job in jobs]
    failed = [line.id for line in lines if line.error]
    if not failed:
        return lines
    given = {pk: _keys(args) for pk, args in Job.objects.filter(pk__in=failed).values_list("pk", "args")}
    cases = _cases({key for keys in given.values() for key in keys})
    about = {pk: tuple(sorted({cases[key] for key in keys if key in cases})) for pk, keys in given.items()}
    return [line._replace(cases=about.get(line.id, ())) for line in lines]


def _keys(args: Iterable[Any]) -> list[UUID]:
    """The keys among a job's arguments, which are given alone or in a list."""
    texts = [text for value in args for text in (value if isinstance(value, list) else [value])]
    return [UUID(text) for text in texts if isinstance(text, str) and _KEY.fullmatch(text)]


def _cases(keys: set[UUID]) -> dict[UUID, str]:
    """The references of the cases that these keys belong to (1 query)."""
    first, *others = (rows.filter(pk__in=keys).values_list("pk", reference) for rows, reference in _ABOUT)
    return dict(first.union(*others, all=True))


def _line(job: Job) -> JobLine:
    return JobLine(
        id=job.pk,
        name=name_of(job.task_path),
        status=job.status,
        status_name=job.get_status_display(),
        attempts=job.attempts,
        error=job.last_error,
        enqueued_at=job.enqueued_at,
        run_after=job.run_after if job.status == JobStatus.WAITING else None,
        is_dead=job.status == JobStatus.DEAD,
    )
