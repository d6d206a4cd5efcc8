"""Giving a cancelled document back: asked for by its holder or the relatives of a dead one, decided with reasons (RDId 8/2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from guichet.casework import outbox
from guichet.casework.acts import Actor, record
from guichet.casework.models import Channel
from guichet.identity.models import IdentityApplication, OldDocument, Requester, ReturnRequest
from guichet.identity.rights import ROLE_OF
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.questions import ask

from .deciding import REMEDY

_GIVING_BACK, _NEVER = Ref("RDId", "8/2"), Ref("RDId", "10/3")
LEAST_REASONS = 20


def may_ask(application: IdentityApplication) -> bool:
    """Whether there is a cancelled document that could be asked back."""
    return application.old_document == OldDocument.CANCELLED


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
        NotAllowedNow: no document was cancelled for it, the lost one is never returned, or it is asked for already.
    """
    if application.old_document == OldDocument.LOST:
        raise NotAllowedNow("Un document volé, perdu ou détruit n'est jamais rendu.", basis=(_NEVER,))
    if not may_ask(application):
        raise NotAllowedNow("Aucun document n'a été annulé pour cette demande.", basis=(_GIVING_BACK,))
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
            record("return_asked", application, actor=actor, at=at, facts=facts, basis=(_GIVING_BACK,))
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
) -> None:
    """Decide with reasons whether the document is given back, and owe the letter that says so.

    Raises:
        NotEntitled: another authority cancelled the document.
        Refused: no reasons, or abuse is feared and it is to be returned all the same.
        NotAllowedNow: it is decided already.
    """
    application = asked.application
    if application.office_id != office.pk or agent.role != ROLE_OF[Office.Authority(office.authority)]:
        raise NotEntitled("L'autorité qui a annulé le document décide.", basis=(_GIVING_BACK,))
    if len(assessment.strip()) < LEAST_REASONS:
        raise Refused("Motivez la décision en une phrase au moins : la lettre doit être motivée.")
    told = answer(on=day_of(at), is_abuse_feared=is_abuse_feared)
    if isinstance(told, Decided) and is_returned != told.value["may"]:
        raise Refused(f"{told.sentence}.", basis=told.because)
    with transaction.atomic():
        stored = ReturnRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
        if stored.decided_at is not None:
            raise NotAllowedNow("Cette demande de restitution est déjà décidée.")
        asked.is_abuse_feared, asked.is_returned = is_abuse_feared, is_returned
        asked.assessment, asked.signatory = assessment.strip(), signatory
        asked.decided_at, asked.decided_by = at, UUID(agent.name)
        asked.save()
        act = "return_granted" if is_returned else "return_refused"
        record(act, application, actor=agent, at=at, basis=told.because)
        _owe_letter(asked, office)


def _owe_letter(asked: ReturnRequest, office: Office) -> None:
    outbox.owe(
        "identity/return_decision",
        case_reference=asked.application.reference,
        to="\n".join(asked.address),
        context={
            "reference": asked.application.reference,
            "authority": office.name,
            "is_returned": asked.is_returned,
            "assessment": asked.assessment,
            "remedy": "" if asked.is_returned else REMEDY,
        },
        key=f"return:{asked.pk}",
        channel=Channel.LETTER,
    )
