"""Opens, closes and acts on incidents of payment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guichet.casework.acts import SYSTEM, Actor, record
from guichet.law.kernel.addresses import Ref
from guichet.payments.models import Incident, PaymentAttempt
from guichet.payments.states import IncidentKind, Resolution

_BASIS: dict[IncidentKind, tuple[Ref, ...]] = {
    IncidentKind.MISMATCH: (Ref("CGV", "3/2"),),
    IncidentKind.CANCELLED: (Ref("CGV", "3/1"),),
    IncidentKind.OUTDATED_QUOTE: (Ref("CGV", "2/4"),),
}


def open_incident(attempt: PaymentAttempt, kind: IncidentKind, *, at: datetime, facts: dict[str, Any]) -> None:
    """Put an incident on the desk's list and in the case's journal; an open one of the same kind is left as it is."""
    incident, is_new = Incident.objects.get_or_create(
        attempt=attempt,
        kind=kind,
        resolved_at=None,
        defaults={"case_reference": attempt.case_reference, "opened_at": at, "facts": facts},
    )
    if is_new:
        record(
            "payment_incident_opened",
            attempt.case_reference,
            actor=SYSTEM,
            at=at,
            facts={"attempt": attempt.reference, "kind": str(kind), **facts},
            basis=_BASIS.get(kind, ()),
        )


def close_incidents(
    attempt: PaymentAttempt,
    kinds: tuple[IncidentKind, ...],
    *,
    resolution: Resolution,
    actor: Actor = SYSTEM,
    at: datetime,
) -> None:
    """Close what an answer of the provider, or an agent, has settled."""
    for incident in Incident.objects.unresolved().filter(attempt=attempt, kind__in=kinds):
        close(incident, resolution=resolution, actor=actor, at=at)


def close(incident: Incident, *, resolution: Resolution, actor: Actor, at: datetime) -> None:
    """Close one incident; nothing happens if somebody was quicker."""
    closed = Incident.objects.unresolved().filter(pk=incident.pk)
    if closed.update(resolved_at=at, resolution=resolution, resolved_by=actor.name):
        record(
            "payment_incident_resolved",
            incident.case_reference,
            actor=actor,
            at=at,
            facts={"attempt": incident.attempt.reference, "kind": incident.kind, "resolution": str(resolution)},
        )
