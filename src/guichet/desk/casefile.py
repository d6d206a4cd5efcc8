"""Everything the desk shows of one order, gathered with as few questions to the database as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from guichet.casework import journal
from guichet.casework.acts import Actor
from guichet.casework.models import Entry, Note
from guichet.documents.models import IssuedDocument
from guichet.institutions.models import Membership
from guichet.kit.clock import day_of
from guichet.kit.components import Happening, OpenClock
from guichet.kit.errors import NotYours
from guichet.kit.memory import Remembered
from guichet.orders.correspondence import UNVERIFIED
from guichet.orders.eligibility import SENTENCES, Finding, findings
from guichet.orders.models import Decision, Order
from guichet.orders.relatives import with_tie
from guichet.orders.web.pages import happenings
from guichet.orders.web.standing import open_clocks
from guichet.payments.models import Incident, PaymentAttempt
from guichet.people.models import Account
from guichet.people.register import Extract, extract

from .comparison import Compared, compared, differences
from .deeds import Deed, deeds
from .standing import Standing, standing
from .worklist import days_late

# States of an order before any document of it can exist.
NOTHING_ISSUED = ("submitted", "validated", "paid", "examination", "cancelled", "lapsed")
_REASON = "examiner la commande au guichet"
# Acts that move nothing and that only the desk does.
_DESK_ACTS = {
    "document_printed": "Le document a été imprimé pour l'envoi.",
}


class WrittenNote(NamedTuple):
    """A note as colleagues read it; or a message that came in, which nobody of the office wrote."""

    at: datetime
    author: str
    text: str
    is_message: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One order as the desk sees it; ``person`` is None until somebody is designated."""

    order: Order
    standing: Standing
    person: Extract | None
    comparison: list[Compared]
    findings: list[Finding]
    happenings: list[Happening]
    clocks: list[OpenClock]
    documents: list[IssuedDocument]
    attempts: list[PaymentAttempt]
    incidents: list[Incident]
    notes: list[WrittenNote]
    decision: Decision | None
    deeds: list[Deed]

    @property
    def open_incidents(self) -> list[Incident]:
        """Incidents of payment that stop the order."""
        return [incident for incident in self.incidents if incident.resolved_at is None]

    @property
    def differences(self) -> int:
        """How many typed values differ from the register's."""
        return differences(self.comparison)

    @property
    def may_identify(self) -> bool:
        """Whether the person can still be designated."""
        return self.order.state in ("paid", "examination")


def order_at_desk(reference: str) -> Order:
    """The order of this reference. A draft is its author's alone: nobody at the office sees it.

    Raises:
        NotYours: there is none, or it is still a draft.
    """
    order = Order.objects.select_related("version__service").filter(reference=reference).first()
    if order is None or order.state == "draft":
        raise NotYours("Aucune commande transmise ne porte cette référence.")
    return order


def case_file(order: Order, *, reader: Actor, at: datetime) -> CaseFile:
    """The file of an order; the register is read for it, and the reading logged."""
    on = day_of(at)
    person = _person(order, reader=reader, at=at)
    attempts = _attempts(order)
    incidents = _incidents(attempts)
    chain = journal.entries(order.reference)
    notes = list(Note.objects.filter(case_reference=order.reference).order_by("-at", "-id"))
    actors = [(entry.role, entry.actor) for entry in chain] + [(note.role, note.author) for note in notes]
    names = names_of((name for role, name in actors if role != "applicant"), at=at)
    has_incident = any(incident.resolved_at is None for incident in incidents)
    return CaseFile(
        order=order,
        standing=standing(order, days_late=days_late(order, on), has_incident=has_incident),
        person=person,
        comparison=compared(order, person),
        findings=conditions(order, person),
        happenings=timeline(chain, names),
        clocks=open_clocks(order, chain, on=on),
        documents=_documents(order),
        attempts=attempts,
        incidents=incidents,
        notes=[_written(note, names) for note in notes],
        decision=_decision(order),
        deeds=deeds(order, has_incident=has_incident),
    )


def _written(note: Note, names: dict[str, str]) -> WrittenNote:
    if note.role != "applicant":
        return WrittenNote(note.at, names.get(note.author, note.author), note.text, is_message=False)
    is_unverified = note.author == UNVERIFIED
    author = "formulaire de contact, identité non vérifiée" if is_unverified else "la personne, depuis son compte"
    return WrittenNote(note.at, author, note.text, is_message=True)


def _attempts(order: Order) -> list[PaymentAttempt]:
    has_incident = Exists(Incident.objects.filter(attempt=OuterRef("pk")))
    attempts = PaymentAttempt.objects.of_case(order.reference).select_related("receipt").order_by("serial")
    return list(attempts.annotate(has_incident=has_incident))


def _incidents(attempts: Sequence[Any]) -> list[Incident]:
    """What went wrong with the payments, attempt by attempt; looked for where something did."""
    troubled = [attempt for attempt in attempts if attempt.has_incident]
    prefetch_related_objects(troubled, "incidents")
    return [incident for attempt in troubled for incident in attempt.incidents.all()]


def _documents(order: Order) -> list[IssuedDocument]:
    """What was issued, once something can have been."""
    if order.state in NOTHING_ISSUED:
        return []
    return list(IssuedDocument.objects.of_case(order.reference).order_by("issued_at", "id"))


def _decision(order: Order) -> Decision | None:
    return Decision.objects.filter(case_reference=order.reference).first() if order.state == "refused" else None


def _person(order: Order, *, reader: Actor, at: datetime) -> Extract | None:
    if order.person_id is None:
        return None
    return extract(order.person_id, reader=reader, reason=_REASON, case_reference=order.reference, at=at)


def conditions(order: Order, person: Extract | None) -> list[Finding]:
    """What is found about each condition of the service; nothing can be told before a person is designated."""
    if person is not None:
        return with_tie(findings(order.version.conditions, person.eligibility), order)
    return [Finding(code, None, SENTENCES[code]) for code in order.version.conditions]


def timeline(chain: Sequence[Entry], names: dict[str, str]) -> list[Happening]:
    """Every act of the journal in words, with the names of the agents (no query)."""
    told = []
    for entry in chain:
        shown = happenings([entry], internal=True) or _of_the_desk(entry)
        told += [replace(happening, by=_by(entry, happening, names)) for happening in shown]
    return told


def _by(entry: Entry, happening: Happening, names: dict[str, str]) -> str:
    """Who acted, as colleagues name them: citizens' pages say « vous » of the applicant."""
    if entry.actor == UNVERIFIED:
        return "identité non vérifiée"
    return "la personne" if entry.role == "applicant" else names.get(happening.by, happening.by)


def _of_the_desk(entry: Entry) -> list[Happening]:
    if entry.act not in _DESK_ACTS:
        return []
    return [Happening(entry.at, _DESK_ACTS[entry.act], by=entry.actor, basis=tuple(entry.basis))]


def names_of(actors: Iterable[str], *, at: datetime) -> dict[str, str]:
    """The displayed names of the accounts among some actors of the journal (a query if somebody isn't an agent)."""
    agents = _agents.at(at)
    others = {actor for actor in actors if actor not in agents and _is_key(actor)}
    return {**agents, **_names(Account.objects.filter(pk__in=others))} if others else agents


def _names(accounts: QuerySet[Account]) -> dict[str, str]:
    return {str(key): name for key, name in accounts.values_list("pk", "name")}


# Whoever has or had a role: a few dozen names, which change with the staff.
_agents = Remembered(
    lambda at: _names(Account.objects.filter(Exists(Membership.objects.filter(account=OuterRef("pk")))))
)


def _is_key(actor: str) -> bool:
    try:
        UUID(actor)
    except ValueError:
        return False
    return True
