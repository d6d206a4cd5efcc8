"""Giving a cancelled document back: asked for by its holder or the relatives of a dead one, decided with reasons (RDId 8/2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from guichet.casework.acts import Actor, record
from guichet.identity.models import (
    CourtRuling,
    HandingOver,
    IdentityApplication,
    IdentityDecision,
    OldDocument,
    Requester,
    ReturnRequest,
)
from guichet.identity.rights import ROLE_OF
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.questions import ask

from .deciding import LEAST_REASONS, write_letter

LEAST_WORDS = 3

ASKED, HANDED_OVER = "return_asked", "return_handed_over"
_CONTRADICTION = (
    "Un abus est à craindre : le document ne se rend pas. Répondez « Non » ici, ou revoyez la réponse précédente."
)
_GIVING_BACK, _NEVER, _APPEAL = Ref("RDId", "8/2"), Ref("RDId", "10/3"), Ref("RDId", "13")


def may_ask(application: IdentityApplication) -> bool:
    """Whether there is a cancelled document that could be asked back, and was not given back (1 query)."""
    is_cancelled = application.old_document == OldDocument.CANCELLED
    return is_cancelled and not application.return_requests.exclude(handed_on=None).exists()


def latest(application: IdentityApplication) -> ReturnRequest | None:
    """The last time the document was asked back (1 query)."""
    return ReturnRequest.objects.filter(application=application).order_by("asked_at", "id").last()


def ask_back(
    application: IdentityApplication,
    *,
    requester: str,
    name: str,
    address: Sequence[str],
    reason: str,
    actor: Actor,
    at: datetime,
) -> ReturnRequest:
    """Ask for the document back that was cancelled for an application; asking again while undecided is refused.

    Raises:
        NotAllowedNow: no document was cancelled for it, the lost one is never returned, or it is asked for or given back
            already.
    """
    if application.old_document == OldDocument.LOST:
        raise NotAllowedNow("Un document volé, perdu ou détruit n'est jamais rendu.", basis=(_NEVER,))
    if not may_ask(application):
        nothing = "Aucun document annulé n'est gardé pour cette demande : il n'y en a pas eu, ou il est déjà rendu."
        raise NotAllowedNow(nothing, basis=(_GIVING_BACK,))
    asked = ReturnRequest(
        application=application,
        requester=Requester(requester),
        name=name,
        address=list(address),
        reason=reason,
        asked_at=at,
    )
    try:
        with transaction.atomic():
            asked.save(force_insert=True)
            facts = {"requester": requester}
            record(ASKED, application, actor=actor, at=at, facts=facts, basis=(_GIVING_BACK,))
    except IntegrityError:
        raise NotAllowedNow("Ce document est déjà redemandé : l'autorité va décider.", basis=(_GIVING_BACK,)) from None
    return asked


def answer(*, on: date, is_abuse_feared: bool) -> Answer:
    """What the law answers: never where abuse is feared, else the authority assesses."""
    return ask("rdid.may_return", on=on, event="cancelled", abuse_feared=is_abuse_feared)


def decide(
    asked: ReturnRequest,
    *,
    office: Office,
    agent: Actor,
    is_abuse_feared: bool,
    is_returned: bool,
    assessment: str,
    signatory: str,
    at: datetime,
) -> IdentityDecision:
    """Decide with reasons whether the document is given back: a decision like the others, with its letter and remedy.

    Raises:
        NotEntitled: another authority cancelled the document.
        Refused: no reasons, or abuse is feared and it is to be returned all the same.
        NotAllowedNow: it is decided already.
    """
    application = asked.application
    _check_is_its_own(application, office, agent)
    if len(assessment.strip()) < LEAST_REASONS:
        raise Refused("Motivez la décision en une phrase au moins : la lettre doit être motivée.")
    told = answer(on=day_of(at), is_abuse_feared=is_abuse_feared)
    if isinstance(told, Decided) and is_returned != told.value["may"]:
        raise Refused(_CONTRADICTION, basis=told.because)
    with transaction.atomic():
        stored = ReturnRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
        if stored.decided_at is not None:
            raise NotAllowedNow("Cette demande de restitution est déjà décidée.")
        asked.is_abuse_feared, asked.is_returned, asked.decided_at = is_abuse_feared, is_returned, at
        asked.save(update_fields=["is_abuse_feared", "is_returned", "decided_at"])
        act = "return_granted" if is_returned else "return_refused"
        record(act, application, actor=agent, at=at, basis=told.because)
        decision = IdentityDecision.objects.create(
            application=application,
            act=act,
            reasons=assessment.strip(),
            decided_at=at,
            decided_by=UUID(agent.name),
            signatory=signatory,
            return_request=asked,
        )
        write_letter.enqueue(str(decision.pk))
    return decision


def may_hand_over(decision: IdentityDecision) -> bool:
    """Whether the document of a decision is to be handed over: it is given back, not yet in hand, and no appeal waits."""
    asked = decision.return_request
    is_to_be_given = asked is not None and bool(asked.is_returned) and asked.handed_on is None
    return is_to_be_given and (decision.appealed_on is None or decision.judgment == CourtRuling.UPHELD)


def to_hand_over(office: Office) -> QuerySet[ReturnRequest]:
    """The requests of an authority whose document it decided to give back and has not handed over, the oldest first."""
    mine = ReturnRequest.objects.filter(application__office=office, is_returned=True, handed_on=None)
    waits = IdentityDecision.objects.filter(return_request=OuterRef("pk"), appealed_on__isnull=False, judgment="")
    return mine.filter(~Exists(waits)).order_by("decided_at", "id")


def hand_over(
    decision: IdentityDecision, *, on: date, handing: str, words: str, office: Office, agent: Actor, at: datetime
) -> None:
    """Record, once, that the document was in fact handed over or sent on a day; ``words`` say to whom (RDId 8/2).

    The regulation knows the decision and no state after it: the cancelled document moves no application, which has long
    gone on without it. Like the request and the decision it is written in the journal of the case and moves nothing.

    Raises:
        NotEntitled: another authority cancelled the document.
        NotAllowedNow: it is not to be given back, is handed over already, or an appeal waits.
        Refused: the day lies before the decision or in the future, or nothing says to whom.
    """
    application, asked = decision.application, decision.return_request
    _check_is_its_own(application, office, agent)
    if not day_of(decision.decided_at) <= on <= day_of(at):
        raise Refused("La remise suit la décision et n'est pas dans le futur : vérifiez le jour.")
    if len(words.strip()) < LEAST_WORDS:
        raise Refused("Dites à qui le document a été remis, ou par quel envoi.")
    if asked is None or not may_hand_over(decision):
        raise NotAllowedNow("Ce document n'est pas à remettre, ou l'est déjà.", basis=(_GIVING_BACK,))
    with transaction.atomic():
        stored = ReturnRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
        if not stored.is_returned or stored.handed_on is not None:
            raise NotAllowedNow("La remise de ce document est déjà enregistrée.", basis=(_GIVING_BACK,))
        asked.handed_on, asked.handing, asked.handing_words = on, HandingOver(handing), words.strip()
        asked.handed_by = UUID(agent.name)
        asked.save(update_fields=["handed_on", "handing", "handing_words", "handed_by"])
        facts = {"handed_on": on.isoformat(), "handing": handing}
        record(HANDED_OVER, application, actor=agent, at=at, facts=facts, basis=(_GIVING_BACK,))


def _check_is_its_own(application: IdentityApplication, office: Office, agent: Actor) -> None:
    if application.office_id != office.pk or agent.role != ROLE_OF[Office.Authority(office.authority)]:
        raise NotEntitled(
            "L'autorité qui a annulé le document décide s'il est rendu, et le rend.", basis=(_GIVING_BACK,)
        )


def file_appeal(decision: IdentityDecision, *, on: date, agent: Actor, at: datetime) -> None:
    """Record that the decision on a restitution was appealed on a day, once (RDId 13); whether in time the court says.

    Raises:
        NotAllowedNow: it is no such decision, was not notified, or is appealed already.
        Refused: the day lies before the notification or in the future.
    """
    if decision.return_request_id is None or decision.notified_on is None:
        raise NotAllowedNow("Aucune décision notifiée sur une restitution n'est ouverte au recours.", basis=(_APPEAL,))
    if not decision.notified_on <= on <= day_of(at):
        raise Refused("Le recours suit la notification et n'est pas dans le futur : vérifiez la date.")
    with transaction.atomic():
        if not IdentityDecision.objects.filter(pk=decision.pk, appealed_on=None).update(appealed_on=on):
            raise NotAllowedNow("Le recours contre cette décision est déjà enregistré.", basis=(_APPEAL,))
        facts = {"appealed_on": on.isoformat()}
        reference = decision.application.reference
        record("return_appealed", reference, actor=agent, at=at, facts=facts, basis=(_APPEAL,))


def render_judgment(decision: IdentityDecision, ruling: str, *, agent: Actor, at: datetime) -> None:
    """Record how the court ended the appeal; set aside, the request waits for a new decision.

    Raises:
        NotAllowedNow: no appeal waits, or the document was asked for anew since.
    """
    with transaction.atomic():
        waiting = IdentityDecision.objects.filter(pk=decision.pk, appealed_on__isnull=False, judgment="")
        if not waiting.update(judgment=CourtRuling(ruling)):
            raise NotAllowedNow("Aucun recours n'est pendant contre cette décision.", basis=(_APPEAL,))
        if ruling == CourtRuling.SET_ASIDE and decision.return_request is not None:
            _reopen(decision.return_request)
        reference, facts = decision.application.reference, {"judgment": ruling}
        record("return_judged", reference, actor=agent, at=at, facts=facts, basis=(_APPEAL,))


def _reopen(asked: ReturnRequest) -> None:
    try:
        with transaction.atomic():
            ReturnRequest.objects.filter(pk=asked.pk).update(is_abuse_feared=None, is_returned=None, decided_at=None)
    except IntegrityError:
        raise NotAllowedNow("Ce document est redemandé entre-temps : décidez d'abord cette demande-là.") from None
