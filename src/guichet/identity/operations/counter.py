"""What an authority does with an application: every act of the counter, with what it writes beside moving the case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from guichet.casework.acts import SYSTEM, Act, Actor, take, take_in_turn
from guichet.casework.models import Entry
from guichet.identity.models import (
    CancelledDocument,
    IdentityApplication,
    Lifting,
    ObjectionWay,
    OldDocument,
    ProducedPiece,
    Reason,
)
from guichet.identity.models.applications import Bearer
from guichet.identity.quote import is_minor, quote
from guichet.identity.rights import ROLE_OF, applicant
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.kit.formats import long_date
from guichet.law.kernel.answers import Decided
from guichet.law.questions import ask

from . import booking, deciding, fees, objections, pieces, producing, referrals, reminding, sharing
from .due import set_due_date

# Acts of the person, or of a court, that an agent writes down for them.
WRITTEN_DOWN = {"form_signed": ("commune", "centre", "airport_unit"), "appeal_filed": ("centre",)}
CHECKS = ("appearance_recorded", "appearance_dispensed", "photo_accepted", "biometrics_captured")
# Who represents a protected adult, and their consent (LDI 5).
REPRESENTED = "representation_recorded"
# Acts that follow from others, and are nobody's button.
FOLLOWING = frozenset({"majority_recorded", "minority_recorded", "application_lodged", "document_issued"})
# Acts that are decisions, with a letter: ``deciding`` takes them.
DECISIONS = frozenset({"application_refused", "document_withdrawn"})
# What the department decides has a page of its own: ``referrals`` takes it.
RULING = "department_decided"
# What an agent must say in their own words of an act: what was seen, asked or produced.
WORDS: Mapping[str, str] = {
    "appearance_recorded": "Comment l'identité a-t-elle été vérifiée ?",
    "appearance_dispensed": "Comment l'identité et les données sont-elles établies autrement ?",
    "parental_agreement_given": "Qui a donné son accord, et comment son identité a-t-elle été vérifiée ?",
    "legalised_authorisation_received": "Qui a signé l'autorisation, et qui l'a légalisée ?",
    "custody_judgment_received": "Quel tribunal, quelle date, quel contenu ?",
    "police_certificate_received": "Quelle police suisse, quelle date ?",
    REPRESENTED: "Qui représente la personne, selon quelle décision et avec quelle portée, et qui a donné son accord ?",
    "further_document_requested": "Quel document de l'état civil est demandé ?",
    "further_document_received": "Quel document a été produit ?",
    objections.RECORDED: "Qui s'oppose, et comment son identité ou sa lettre a-t-elle été vérifiée ?",
    objections.LIFTED: "Qui a donné son accord, ou quelle décision, de quelle autorité et de quelle date ?",
    "fee_exempted": "Quel justificatif d'indigence a été présenté ?",
    "kept_document_destroyed": "Procès-verbal : comment le document a-t-il été rendu inutilisable, et devant qui ?",
    "referred_to_department": "Quelle question est soumise au département ?",
}
# Acts whose words stand with what they are about, not among the pieces.
KEPT_APART = frozenset({"referred_to_department", objections.RECORDED, objections.LIFTED})
UNREPRESENTED = "La personne est protégée : enregistrez d'abord qui la représente, et son accord si la curatelle est de portée générale."
LEAST_WORDS, MOST_WORDS = 3, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An act as an agent takes it: its facts by the procedure's names, the agent's words, the number of an old document.

    ``why_late`` says why an appearance of an earlier day (its fact ``appeared_on``) is entered only now.
    """

    act: str
    agent: Actor
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    number: str = ""
    why_late: str = ""


class BadDay(Refused):
    """The day of an appearance is none on which it can have taken place."""

    code = "bad_day"


class NoReasonWhyLate(Refused):
    """An appearance of an earlier day is entered without a reason."""

    code = "no_reason_why_late"


def perform(application: IdentityApplication, deed: Deed) -> None:
    """Take an act of the counter with everything it means, all or nothing.

    Raises:
        Refused: something it needs is missing.
        NotAllowedNow: the law does not let it happen now; the refusal names the passage.
        NotEntitled: it is not an act of this authority.
    """
    if deed.act in FOLLOWING | DECISIONS | {RULING} or deed.act not in application.procedure.acts:
        raise Refused("Cet acte ne se prend pas de cette manière.")
    _check_words(deed)
    with transaction.atomic():
        _HANDLERS.get(deed.act, _take)(application, deed)
        if deed.words.strip() and deed.act not in KEPT_APART:
            _write_words(application, deed, deed.words)
        set_due_date(application, deed.at)


def _check_words(deed: Deed) -> None:
    said = len(deed.words.strip())
    if deed.act in WORDS and not LEAST_WORDS <= said <= MOST_WORDS:
        raise Refused(f"{WORDS[deed.act]} Répondez en quelques mots ({MOST_WORDS} caractères au plus).")


def _write_words(application: IdentityApplication, deed: Deed, words: str) -> None:
    ProducedPiece.objects.create(
        application=application,
        act=deed.act,
        words=words.strip(),
        seen_at=deed.at,
        seen_by=UUID(deed.agent.name),
    )


def _take(application: IdentityApplication, deed: Deed, **fields: Any) -> None:
    """Take the act in the agent's role, or in the person's where the agent only writes it down."""
    actor, facts = deed.agent, dict(deed.facts)
    if deed.agent.role in WRITTEN_DOWN.get(deed.act, ()):
        actor, facts = applicant(application), {**facts, "written_down_by": deed.agent.name}
    take(deed.act, application, actor=actor, at=deed.at, fields=fields, facts=facts)


def _appear(application: IdentityApplication, deed: Deed) -> None:
    """Record the appearance or its dispensation, and with it, by the age of that day, the majority or minority."""
    if application.born_on is None:
        raise Refused("La date de naissance manque : complétez d'abord la demande.")
    day = _day_of_appearance(application, deed)
    answer = ask("rdid.minor", on=day, born=application.born_on)
    if not isinstance(answer, Decided):
        raise NotAllowedNow(answer.say(), basis=answer.because)
    follows = "minority_recorded" if answer.value["minor"] else "majority_recorded"
    is_present, is_late = deed.act == "appearance_recorded", day != day_of(deed.at)
    facts = {name: value for name, value in deed.facts.items() if is_late or name != "appeared_on"}
    dispensation = {"dispensation": str(deed.facts.get("ground", "")), "dispensed_on": day}
    fields = {"appeared_on": day} if is_present else dispensation
    is_adult = follows == "majority_recorded"
    is_protected = application.bearer == Bearer.PROTECTED
    of_age: dict[str, Any] = {"awaits_agreement": is_protected or not is_adult}
    if is_adult:
        of_age["opposed_on"] = None
    take_in_turn(
        [Act(deed.act, deed.agent, fields, facts), Act(follows, SYSTEM, of_age)],
        application,
        at=deed.at,
    )
    if is_adult:
        objections.end_with_minority(application, at=deed.at)
    if is_present:
        booking.attend(application, on=day, actor=deed.agent, at=deed.at)
    if is_late:
        _write_words(application, deed, f"Saisie après coup de la présentation du {long_date(day)} : {deed.why_late}")


def _day_of_appearance(application: IdentityApplication, deed: Deed) -> date:
    """The day on which the person came: that of the entry, or the one noted on paper while the system was away.

    Raises:
        BadDay: it is to come, or before the application.
        NoReasonWhyLate: nothing says why it is entered only now.
    """
    today, told = day_of(deed.at), str(deed.facts.get("appeared_on", ""))
    day = date.fromisoformat(told) if told else today
    lodged = day_of(application.lodged_at or application.opened_at)
    if day > today:
        raise BadDay("Ce jour est à venir : indiquez le jour où la personne s'est présentée, aujourd'hui au plus tard.")
    if day < lodged:
        raise BadDay(
            f"La demande a été déposée le {long_date(lodged)} : la présentation ne peut pas la précéder. "
            "Indiquez ce jour ou un jour suivant."
        )
    if day < today and not LEAST_WORDS <= len(deed.why_late.strip()) <= MOST_WORDS:
        raise NoReasonWhyLate(
            "Dites pourquoi la présentation se saisit après coup, par exemple « panne du réseau au guichet »."
        )
    return day


def _agree(application: IdentityApplication, deed: Deed) -> None:
    _take(application, deed, awaits_agreement=False)


def _object(application: IdentityApplication, deed: Deed) -> None:
    try:
        on, way = date.fromisoformat(str(deed.facts.get("objected_on"))), ObjectionWay(str(deed.facts.get("came_by")))
    except ValueError:
        raise Refused("Indiquez le jour de l'opposition, et comment elle est venue.") from None
    objections.record(application, way=way, on=on, words=deed.words, actor=deed.agent, at=deed.at)


def _lift(application: IdentityApplication, deed: Deed) -> None:
    given = str(deed.facts.get("lifted_by"))
    if given not in (Lifting.AGREEMENT, Lifting.DECISION):
        raise Refused("Indiquez ce qui lève l'opposition.")
    objections.lift(application, lifting=Lifting(given), words=deed.words, agent=deed.agent, at=deed.at)


def _take_fee(application: IdentityApplication, deed: Deed) -> None:
    fees.take_fee(application, agent=deed.agent, at=deed.at)


def _exempt(application: IdentityApplication, deed: Deed) -> None:
    _take(application, deed, exempted_at=deed.at, fee_centimes=0)
    sharing.book(application, at=deed.at)


def _sign(application: IdentityApplication, deed: Deed) -> None:
    _take(application, deed, signed_at=deed.at)


def _cancel_old(application: IdentityApplication, deed: Deed) -> None:
    number = deed.number.strip().upper()
    if not (number.isalnum() and number.isascii() and 6 <= len(number) <= 12):
        raise Refused("Indiquez le numéro de l'ancien document : de six à douze lettres et chiffres, sans espace.")
    _take(application, deed, old_document=OldDocument.CANCELLED)
    CancelledDocument.objects.create(application=application, number=number, cancelled_at=deed.at)


def _arrange_exchange(application: IdentityApplication, deed: Deed) -> None:
    _take(application, deed, old_document=OldDocument.EXCHANGED)


def _certify_loss(application: IdentityApplication, deed: Deed) -> None:
    _take(application, deed, old_document=OldDocument.LOST)


def _accept_data(application: IdentityApplication, deed: Deed) -> None:
    pieces.check_taken(application, deed.act, on=application.age_day(day_of(deed.at)))
    _take(application, deed, checked_by=UUID(deed.agent.name))


def _approve(application: IdentityApplication, deed: Deed) -> None:
    """Approve and order: by somebody who has checked nothing of it (OLDI 37a), and only at the price that is due."""
    if deed.agent.name in checkers(application):
        raise NotAllowedNow("Vous avez contrôlé cette demande : une autre personne du centre l'approuve (quatre yeux).")
    application.refresh_from_db(fields=["checked_by", "appeared_on", "dispensed_on", "awaits_agreement"])
    if application.checked_by is None:
        raise NotAllowedNow("Les données ne sont pas acceptées, ou ont changé depuis : acceptez-les d'abord.")
    if is_unrepresented(application, _taken_of(application, REPRESENTED), on=day_of(deed.at)):
        raise NotAllowedNow(UNREPRESENTED, basis=application.procedure.transition(REPRESENTED).basis)
    more = fees.price_changed(application, quote(application, on=application.age_day(day_of(deed.at))))
    if more.centimes > 0:
        raise NotAllowedNow(f"L'émolument a changé avec l'âge : {more} sont encore à encaisser.")
    fields: dict[str, Any] = {"approved_by": UUID(deed.agent.name), "approved_at": deed.at}
    if application.reason == Reason.FIRST:
        fields["old_document"] = OldDocument.NONE
    _take(application, deed, **fields)
    producing.order(application, at=deed.at)


def _refer(application: IdentityApplication, deed: Deed) -> None:
    referrals.refer(application, question=deed.words, agent=deed.agent, at=deed.at)


def _take_back(application: IdentityApplication, deed: Deed) -> None:
    """What was rejected is checked and approved anew."""
    _take(application, deed, approved_by=None, approved_at=None)
    objections.take_up(application, actor=deed.agent, at=deed.at)


def _keep(application: IdentityApplication, deed: Deed) -> None:
    """Keep what could not be delivered, and tell its holder where it is and until when."""
    _take(application, deed)
    set_due_date(application, deed.at)
    reminding.tell_of_keeping(application)


def _end(application: IdentityApplication, deed: Deed) -> None:
    deciding.check_final(application, at=deed.at)
    _take(application, deed)


def is_unrepresented(application: IdentityApplication, happened: Collection[str], *, on: date) -> bool:
    """Whether the document is for a protected adult, and nothing that happened says who represents them (LDI 5).

    The journal decides, not ``awaits_agreement``: of those who appeared before the counter asked, nothing was written.
    """
    return is_protected_adult(application, on=on) and REPRESENTED not in happened


def is_protected_adult(application: IdentityApplication, *, on: date) -> bool:
    """Whether the document is for somebody who is protected and no minor: of a minor the parents' agreement is asked."""
    is_for_them = application.bearer == Bearer.PROTECTED
    return is_for_them and not is_minor(application.born_on, on=application.age_day(on))


def _taken_of(application: IdentityApplication, *acts: str) -> frozenset[str]:
    """Which of these acts the journal of a case has (1 query)."""
    taken = Entry.objects.filter(case_reference=application.reference, act__in=acts)
    return frozenset(taken.values_list("act", flat=True))


def checkers(application: IdentityApplication) -> frozenset[str]:
    """Who has checked the person or the data of this application: none of them approves it (1 query)."""
    acts = Entry.objects.filter(case_reference=application.reference, act__in=CHECKS)
    return frozenset(acts.values_list("actor", flat=True))


_HANDLERS: Mapping[str, Callable[[IdentityApplication, Deed], None]] = {
    "appearance_recorded": _appear,
    "appearance_dispensed": _appear,
    "parental_agreement_given": _agree,
    REPRESENTED: _agree,
    "legalised_authorisation_received": _agree,
    objections.RECORDED: _object,
    objections.LIFTED: _lift,
    "fee_paid": _take_fee,
    "fee_exempted": _exempt,
    "form_signed": _sign,
    "old_document_cancelled": _cancel_old,
    "exchange_arranged": _arrange_exchange,
    "police_certificate_received": _certify_loss,
    "photo_accepted": _accept_data,
    "biometrics_captured": _accept_data,
    "document_ordered": _approve,
    "referred_to_department": _refer,
    "production_rejected": _take_back,
    "undelivered_kept": _keep,
    "became_final": _end,
}


def is_for(act: str, roles: frozenset[str], office: Office) -> bool:
    """Whether an act of the table is a button of this authority."""
    role = ROLE_OF[Office.Authority(office.authority)]
    return act not in FOLLOWING and (role in roles or role in WRITTEN_DOWN.get(act, ()))
