"""Formal decisions: refusal, withdrawal, restitution: the letter, its notification, the time to appeal (RDId 8/2, 9, 13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from guichet.casework.acts import SYSTEM, Actor, record, take
from guichet.casework.jobs import job
from guichet.documents import operations as documents
from guichet.documents.contents import Ground, Letter, Remedy, Verification
from guichet.documents.models import IssuedDocument
from guichet.documents.office import issuer
from guichet.identity.mails import owe
from guichet.identity.models import IdentityApplication, IdentityDecision
from guichet.identity.rights import member
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.law.kernel.answers import Decided
from guichet.law.procedures import RDID_APPLICATION
from guichet.law.questions import ask

from .due import latest_decision, set_due_date

# The act that writes down the handing over of a decision.
NOTIFIED = "decision_notified"
LEAST_REASONS, MOST_REASONS = 20, 3000
TITLES = {
    "application_refused": "Refus d'établir un document d'identité",
    "document_withdrawn": "Retrait d'un document",
    "department_decided": "Décision du département",
    "return_granted": "Restitution d'un document annulé",
    "return_refused": "Refus de rendre un document annulé",
}
_DECIDED = {
    "application_refused": "Le centre refuse d'établir le document demandé.",
    "document_withdrawn": (
        "Le centre retire le document établi : il n'est plus valable dès maintenant. Restituez-le au centre ou à la police "
        "dans les {days} jours ({basis}) ; passé ce délai, il est réputé perdu."
    ),
    "department_decided": "Le département refuse la demande (art. 12 al. 2 RDId).",
    "return_granted": (
        "L'ancien document, annulé, vous est rendu (art. 8 al. 2 RDId). Il reste annulé : il ne permet ni de prouver une "
        "identité, ni de voyager."
    ),
    "return_refused": "L'ancien document, annulé, ne vous est pas rendu (art. 8 al. 2 RDId).",
}
_RETURN = RDID_APPLICATION.clocks["return"]
_DEPARTMENT_ACTS = frozenset({"department_decided"})
COURT = "chambre-administrative"
_REMEDY = (
    "Un recours contre cette décision est ouvert devant la {court} ({address}), par écrit, signé et motivé, dans les "
    "30 jours dès la notification. Joignez-y une copie de la décision."
)


def grounds(act: str) -> dict[str, str]:
    """The closed list of grounds of a decision, with their words."""
    (fact,) = [one for one in RDID_APPLICATION.transition(act).facts if one.name == "ground"]
    return dict(fact.choices(None))


def decide(
    application: IdentityApplication, act: str, *, ground: str, reasons: str, agent: Actor, signatory: str, at: datetime
) -> IdentityDecision:
    """Refuse the application, or withdraw the document, by a formal decision; the worker writes and seals the letter.

    Raises:
        Refused: no ground of the closed list, or no reasons.
        NotAllowedNow: the application has gone on.
    """
    unsaved = drafted(application, act, ground=ground, reasons=reasons, agent=agent, signatory=signatory, at=at)
    with transaction.atomic():
        take(act, application, actor=agent, at=at, facts={"ground": ground})
        unsaved.save(force_insert=True)
        write_letter.enqueue(str(unsaved.pk))
        set_due_date(application, at)
    return unsaved


def drafted(
    application: IdentityApplication, act: str, *, ground: str, reasons: str, agent: Actor, signatory: str, at: datetime
) -> IdentityDecision:
    """The decision as it would be taken, not stored: what its letter is previewed from.

    Raises:
        Refused: no ground of the closed list, or no reasons.
    """
    if ground not in grounds(act):
        raise Refused("Choisissez un motif de la liste.")
    if not LEAST_REASONS <= len(reasons.strip()) <= MOST_REASONS:
        raise Refused("Expliquez la décision en une phrase au moins (20 caractères) : la lettre doit être motivée.")
    return IdentityDecision(
        application=application,
        act=act,
        ground=ground,
        reasons=reasons.strip(),
        decided_at=at,
        decided_by=UUID(agent.name),
        signatory=signatory,
    )


def authority_of(decision: IdentityDecision) -> Office:
    """Who took a decision: the centre (RDId 9), the department (12/2), or who cancelled the document (8/2).

    Raises:
        Refused: the directory lacks it.
    """
    if decision.return_request_id is not None and decision.application.office is not None:
        return decision.application.office
    is_ours = decision.act not in _DEPARTMENT_ACTS
    return listed(authority=Office.Authority.CENTRE if is_ours else Office.Authority.DEPARTMENT)


def remedy() -> Remedy:
    """Where and how a decision is appealed (RDId 13), with the name and address of the directory.

    Raises:
        Refused: the directory lacks the court.
    """
    court = listed(code=COURT)
    name, address = court.name[:1].lower() + court.name[1:], ", ".join(court.address_lines)
    basis = RDID_APPLICATION.clocks["appeal"].basis[0].cite
    return Remedy(text=_REMEDY.format(court=name, address=address), basis=basis)


def listed(**wanted: str) -> Office:
    """The office of the directory with this code or this authority.

    Raises:
        Refused: there is none.
    """
    found = Office.objects.filter(**wanted).first()
    if found is None:
        missing = ", ".join(wanted.values())
        raise Refused(f"Le répertoire des autorités ne connaît pas « {missing} » : chargez-le (guichet office load).")
    return found


def letter(decision: IdentityDecision, *, verification: Verification) -> Letter:
    """The letter of a decision: what is decided, on what ground, why, and how to appeal."""
    application, asked = decision.application, decision.return_request
    address = asked.address if asked else application.address or [application.name or application.reference]
    about = "Vous avez redemandé l'ancien document, annulé lors de" if asked else "Cette décision porte sur"
    return Letter(
        issuer=issuer(authority_of(decision)),
        recipient=tuple(address[:6]),
        reference=application.reference,
        written_on=day_of(decision.decided_at),
        object=TITLES[decision.act],
        paragraphs=(
            f"{about} la demande {application.reference} ({application.get_request_display()}).",
            decision.reasons,
        ),
        decision=_DECIDED[decision.act].format(days=_RETURN.length, basis=_RETURN.basis[0].cite),
        grounds=_grounds_of(decision),
        remedy=remedy(),
        signatory=decision.signatory,
        verification=verification,
    )


def _grounds_of(decision: IdentityDecision) -> tuple[Ground, ...]:
    """The ground of the closed list with its passages; the department has no list, its reasons say all."""
    if not decision.ground:
        return ()
    line = RDID_APPLICATION.transition(decision.act)
    basis = " et ".join(ref.cite for ref in line.basis if ref.address != "13")
    return (Ground(text=grounds(decision.act)[decision.ground].capitalize() + ".", basis=basis),)


@job(lease_seconds=120, alarm_at=4)
def write_letter(decision_id: str, *, at: datetime) -> Callable[[], None] | None:
    """Write, seal and keep the letter of a decision, once."""
    rows = IdentityDecision.objects.select_related("application__office", "return_request")
    decision = rows.filter(pk=decision_id).first()
    if decision is None or IssuedDocument.objects.filter(kind=decision.kind).exists():
        return None
    content = letter(decision, verification=documents.new_verification())
    ready = documents.prepare(content, title=TITLES[decision.act], issued_at=at)
    reference, agent = decision.application.reference, member(authority_of(decision), decision.decided_by)

    def commit() -> None:
        documents.keep(ready, case_reference=reference, kind=decision.kind, actor=agent, at=at)
        if decision.return_request is None:
            owe(decision.application, "decision_rendered", key=decision.kind)

    return commit


def notify(decision: IdentityDecision, *, on: date, agent: Actor, at: datetime) -> date:
    """Record the day on which a decision reached its addressee, once; the last day to appeal (inclusive).

    Raises:
        NotAllowedNow: it is recorded already; the first one counts.
        Refused: the day lies before the decision or in the future.
    """
    if not day_of(decision.decided_at) <= on <= day_of(at):
        raise Refused("La notification suit la décision et n'est pas dans le futur : vérifiez la date.")
    answer = ask("rdid.appeal_last_day", on=day_of(at), notified_on=on)
    if not isinstance(answer, Decided):
        raise NotAllowedNow(answer.say(), basis=answer.because)
    last_day: date = answer.value["last_day"]
    with transaction.atomic():
        fresh = IdentityDecision.objects.filter(pk=decision.pk, notified_on=None)
        if not fresh.update(notified_on=on, appeal_by=last_day):
            raise NotAllowedNow("La notification de cette décision est déjà enregistrée : la première compte.")
        facts = {"notified_on": on.isoformat(), "appeal_by": last_day.isoformat()}
        reference = decision.application.reference
        record(NOTIFIED, reference, actor=agent, at=at, facts=facts, basis=answer.because)
        set_due_date(decision.application, at)
    return last_day


def check_final(application: IdentityApplication, *, at: datetime) -> None:
    """A decision is final only once the time to appeal has run from its notification.

    Raises:
        NotAllowedNow: it was not notified, or the time still runs.
    """
    decision = latest_decision(application)
    if decision is None:
        return
    basis = RDID_APPLICATION.clocks["appeal"].basis
    if decision.appeal_by is None:
        raise NotAllowedNow("La décision n'est pas notifiée : le délai de recours n'a pas commencé.", basis=basis)
    if day_of(at) <= decision.appeal_by:
        raise NotAllowedNow("Le délai de recours court encore.", basis=basis)


@job()
def end_appeals(*, at: datetime) -> None:
    """Declare final the decisions whose time to appeal has run out without an appeal."""
    over = IdentityDecision.objects.on_the_application().filter(
        appeal_by__lt=day_of(at), application__state__in=("refused", "revoked")
    )
    for decision in over.select_related("application")[:200]:
        try:
            check_final(decision.application, at=at)
            with transaction.atomic():
                take("became_final", decision.application, actor=SYSTEM, at=at)
                set_due_date(decision.application, at)
        except NotAllowedNow:
            # An appeal came in between, or the decision is an older one: the next look finds it as it is then.
            continue
