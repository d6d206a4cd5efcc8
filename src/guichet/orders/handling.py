"""What the office does with a paid order: examine, identify, grant, refuse, post, correct its own error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from guichet.casework.acts import Actor, record, take
from guichet.casework.models import Note
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.law.kernel.clocks import Deadline, run
from guichet.law.procedures import CGV_ORDER
from guichet.payments.models import Incident

from .grounds import GROUNDS
from .jobs import produce, write_decision
from .mails import owe
from .models import Decision, Order


class PersonNotIdentified(NotAllowedNow):
    """Nobody has said yet which registered person the order concerns."""

    code = "person_not_identified"


class OnHold(NotAllowedNow):
    """An open incident of payment stops the order (CGV 3/2)."""

    code = "on_hold"


def check_not_on_hold(order: Order) -> None:
    """Raise ``OnHold`` while an incident of payment is open: nothing is produced before a person has looked."""
    if Incident.objects.holding(order.reference).exists():
        raise OnHold("Un incident de paiement est ouvert pour cette commande : résolvez-le d'abord.")


def identify(order: Order, *, person_id: UUID, clerk: Actor, at: datetime) -> None:
    """Say which registered person the order concerns, after having compared what was typed with the register."""
    if not Order.objects.filter(pk=order.pk, state__in=("paid", "examination")).update(person_id=person_id):
        raise NotAllowedNow("La personne ne peut être désignée que pendant l'examen de la commande.")
    order.person_id = person_id
    record("person_identified", order.reference, actor=clerk, at=at, facts={"person": str(person_id)})


def grant(order: Order, *, clerk: Actor, at: datetime) -> None:
    """Grant the service: the worker makes, seals and keeps the document."""
    if order.person_id is None:
        raise PersonNotIdentified("Désignez d'abord, dans le registre, la personne que le document concerne.")
    check_not_on_hold(order)
    with transaction.atomic():
        take("service_granted", order, actor=clerk, at=at)
        produce.enqueue(str(order.pk))


def refuse(
    order: Order, *, grounds: Sequence[str], reasons: str, clerk: Actor, signatory: str, at: datetime
) -> Decision:
    """Refuse by a formal decision; the fee stays due (CGV 3/5, 5/2). The worker writes and seals the letter.

    Raises:
        Refused: no ground, or one outside the closed list, or no reasons.
    """
    if not grounds or any(code not in GROUNDS for code in grounds):
        raise Refused("Choisissez au moins un motif de la liste.")
    if len(reasons.strip()) < 20:
        raise Refused("Expliquez la décision en une phrase au moins (20 caractères) : la lettre doit être motivée.")
    with transaction.atomic():
        take("service_refused", order, actor=clerk, at=at, fields={"due_on": None}, facts={"grounds": list(grounds)})
        decision = Decision.objects.create(
            case_reference=order.reference,
            grounds=list(grounds),
            reasons=reasons.strip(),
            decided_at=at,
            decided_by=clerk.name,
            signatory=signatory,
        )
        write_decision.enqueue(str(decision.pk))
    return decision


def post(orders: Iterable[Order], *, clerk: Actor, at: datetime) -> tuple[list[Order], list[Order]]:
    """Record that documents were posted: those that were, and those that could not be (already posted, not issued)."""
    posted, left = [], []
    for order in orders:
        try:
            with transaction.atomic():
                take("document_posted", order, actor=clerk, at=at, fields={"due_on": None})
                owe(order, "document_posted")
            posted.append(order)
        except NotAllowedNow:
            left.append(order)
    return posted, left


def correct(order: Order, *, reason: str, clerk: Actor, at: datetime) -> None:
    """Make the document again without charge, because the office was wrong (CGV 3/3): never for the applicant's error."""
    if len(reason.strip()) < 10:
        raise Refused("Dites en quelques mots quelle erreur l'office a commise : c'est la condition de la gratuité.")
    with transaction.atomic():
        take("office_error_recorded", order, actor=clerk, at=at)
        note(order, text=f"Erreur de l'office : {reason.strip()}", author=clerk, at=at)
        produce.enqueue(str(order.pk))


def note(order: Order, *, text: str, author: Actor, at: datetime) -> Note:
    """Write a note for colleagues; the journal keeps that it was written, not what it says."""
    if not text.strip():
        raise Refused("La note est vide.")
    with transaction.atomic():
        written = Note.objects.create(
            case_reference=order.reference, at=at, role=author.role, author=author.name, text=text.strip()
        )
        record("note_written", order.reference, actor=author, at=at)
    return written


def notify(decision: Decision, *, on: date, actor: Actor, at: datetime) -> Deadline | None:
    """Record the day on which a decision reached its addressee, from which the time of appeal runs.

    The derivation of the last day of appeal; None if the notification was already recorded: the first one counts.
    """
    (appeal,) = CGV_ORDER.transition("service_refused").opens
    deadline = run(appeal, on)
    if not Decision.objects.filter(pk=decision.pk, notified_on=None).update(
        notified_on=on, appeal_by=deadline.last_day
    ):
        return None
    record(
        "decision_notified",
        decision.case_reference,
        actor=actor,
        at=at,
        facts={"notified_on": on.isoformat(), "appeal_by": deadline.last_day.isoformat()},
        basis=appeal.basis,
    )
    return deadline
