"""Everything an authority's page shows of one application, gathered with a fixed number of questions to the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from guichet.casework import journal
from guichet.casework.acts import Actor
from guichet.casework.models import Entry
from guichet.documents.models import IssuedDocument
from guichet.identity.models import (
    Appointment,
    BiometricKind,
    IdentityApplication,
    IdentityDecision,
    ParentalObjection,
    ProducedPiece,
    ProductionOrder,
)
from guichet.identity.operations import complaining, counter, fees, objections, pieces
from guichet.identity.operations.attesting import RepeatedLoss, validity_after
from guichet.identity.operations.booking import NOTED
from guichet.identity.operations.due import deadline_of, latest_decision
from guichet.identity.quote import REASONS, quote
from guichet.identity.rights import in_hand
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.components import Happening, OpenClock, Price, Why
from guichet.kit.errors import NotYours
from guichet.kit.formats import long_date, short_date
from guichet.kit.quotes import NoPrice, Quote
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.kernel.clocks import write_length
from guichet.law.kernel.money import Chf
from guichet.law.kernel.procedures import ROLES
from guichet.law.kernel.replay import Replay, replay
from guichet.law.procedures import RDID_APPLICATION
from guichet.law.questions import ask
from guichet.people.models import Account
from guichet.people.register import Extract, extract

from .deeds import Button, buttons, of_a_late_objection

_REASON = "contrôler la demande de document d'identité au guichet"
# Who must act, state by state; the acts and the clocks of the case say the rest.
NEXT: Mapping[str, str] = {
    "old_document_due": "La personne remet son ancien document au guichet, ou convient d'un échange.",
    "certificate_due": "La personne produit l'attestation d'une police suisse.",
    "open": "Le guichet reçoit la personne et réunit ce qui manque ; puis le centre approuve.",
    "stopped": "La personne produit le document complémentaire demandé.",
    "referred": "Le département tranche.",
    "ordered": "La production établit le document.",
    "issued": "Le document est en route vers son adresse.",
    "kept": "Le centre garde le document ; la personne vient le chercher.",
    "refused": "La personne peut recourir.",
    "refusal_appealed": "La chambre administrative juge le recours.",
    "revoked": "La personne restitue le document, et peut recourir.",
    "withdrawal_appealed": "La chambre administrative juge le recours.",
}
_OTHER_ACTS = {
    "datum_taken": "Une donnée a été prise au guichet : {datum}.",
    "datum_seen": "Une donnée a été regardée au guichet : {datum}.",
    "data_destroyed": "Les données biométriques et le numéro de l'ancien document ont été détruits.",
    **NOTED,
    "difference_paid": "La différence d'émolument due à l'âge a été payée au guichet.",
    "share_reversed": "Une écriture de répartition de l'émolument a été contre-passée.",
    "decision_notified": "La notification de la décision a été enregistrée.",
    "repeated_loss_flagged": "Pertes répétées : la validité du nouveau document est en principe raccourcie.",
    "return_asked": "L'ancien document, annulé, est redemandé.",
    "return_granted": "L'autorité a décidé de rendre l'ancien document, annulé.",
    "return_refused": "L'autorité a décidé de ne pas rendre l'ancien document.",
    "return_appealed": "Un recours est déposé contre la décision sur la restitution.",
    "return_judged": "Le recours contre la décision sur la restitution est jugé.",
    complaining.ACT: "La personne réclame : le document n'est pas arrivé dans le délai.",
    objections.NOTED: "Un parent s'est opposé ; le document était déjà commandé.",
    objections.NOTE_LIFTED: "L'opposition du parent est levée.",
    "document_arrived": "Le document est arrivé au guichet, où il est échangé contre l'ancien.",
}
_OF_A_DATUM = frozenset({"datum_taken", "datum_seen"})
# Which acts settle a piece of the law's list.
_SETTLED_BY: Mapping[str, frozenset[str]] = {
    "personal_appearance": frozenset({"appearance_recorded", "appearance_dispensed"}),
    "photo_4x6": frozenset({"photo_accepted", "biometrics_captured"}),
    "biometric_capture": frozenset({"biometrics_captured"}),
    "signed_form": frozenset({"form_signed"}),
    "parental_agreement": frozenset({"parental_agreement_given", "legalised_authorisation_received"}),
    "legalised_authorisation": frozenset({"parental_agreement_given", "legalised_authorisation_received"}),
    "custody_judgment": frozenset({"custody_judgment_received"}),
    "old_document": frozenset({"old_document_cancelled", "exchange_arranged", "police_certificate_received"}),
    "police_certificate": frozenset({"police_certificate_received"}),
}

_OBJECTIONS = frozenset({objections.RECORDED, objections.NOTED})
_DECIDING = counter.DECISIONS | {counter.RULING}


class Wanted(NamedTuple):
    """One thing to do or produce, as a sentence, and whether it is done."""

    sentence: str
    is_done: bool


class Compared(NamedTuple):
    """What was typed beside what the register says."""

    label: str
    typed: str
    known: str

    @property
    def differs(self) -> bool:
        """Whether both are there and are not the same."""
        return bool(self.typed and self.known) and self.typed.casefold() != self.known.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One application as its authority sees it; ``person`` is None where nobody of the register is linked to it."""

    application: IdentityApplication
    stands: Replay
    repeated: list[RepeatedLoss]
    next_step: str
    buttons: list[Button]
    wanted: list[Wanted]
    why_wanted: Why | None
    to_take: tuple[BiometricKind, ...]
    has_height: bool
    price: Quote | None
    added: Chf
    clocks: list[OpenClock]
    happenings: list[Happening]
    person: Extract | None
    comparison: list[Compared]
    pieces: list[ProducedPiece]
    production: list[ProductionOrder]
    documents: list[IssuedDocument]
    objections: list[ParentalObjection]
    decision: IdentityDecision | None
    appointment: Appointment | None
    is_complained_of: bool

    @property
    def price_box(self) -> Price | None:
        """The price with the reason of each line, as pages show it; none where nothing is to be paid."""
        return shown_price(self.price) if self.price and self.application.has_a_price else None

    @property
    def has_a_complaint(self) -> bool:
        """Whether the person complained of a document that is still on its way (OLDI 52)."""
        return self.is_complained_of and self.application.state in complaining.ON_THE_WAY

    @property
    def awaits_notification(self) -> bool:
        """Whether a decision was taken and is not known to have reached its addressee."""
        return self.decision is not None and self.decision.notified_on is None


def shown_price(price: Quote) -> Price:
    """A price with the reason of each line, as pages show it."""
    return Price(tuple(line.shown(REASONS[line.kind]) for line in price.lines))


def application_at(office: Office, reference: str) -> IdentityApplication:
    """The application of this reference, if the office has it in hand.

    Raises:
        NotYours: there is none, or another authority has it.
    """
    application = in_hand(office).select_related("office").filter(reference=reference).first()
    if application is None:
        raise NotYours("Aucune demande de cette autorité ne porte cette référence.")
    return application


def case_file(application: IdentityApplication, *, office: Office, agent: Actor, at: datetime) -> CaseFile:
    """The file of an application; the register is read for it, and the reading logged."""
    on = day_of(at)
    chain = journal.entries(application.reference)
    stands = replay(application.procedure, journal.events(chain), on=on)
    day = application.age_day(on)
    person = _person(application, agent=agent, at=at)
    requirements = _requirements(application, day)
    price = _price(application, day)
    # What the journal does not tell of is not there: nobody asks the database for it.
    acts = {entry.act for entry in chain}
    decision = latest_decision(application) if acts & _DECIDING else None
    opposed = list(application.objections.order_by("recorded_at")) if acts & _OBJECTIONS else []
    return CaseFile(
        application=application,
        stands=stands,
        repeated=_repeated(application, chain, on=day),
        next_step=NEXT.get(application.state, ""),
        buttons=_buttons(application, stands, chain, opposed, office=office, agent=agent),
        wanted=[*_wanted(requirements, stands), *_representation(application, stands)],
        why_wanted=Why.of(requirements) if requirements else None,
        to_take=pieces.wanted(application, on=day),
        has_height=pieces.takes_height(application, on=day),
        price=price,
        added=fees.price_changed(application, price) if price else Chf(0),
        clocks=_clocks(stands, decision),
        happenings=_happenings(chain),
        person=person,
        comparison=_compared(application, person),
        pieces=list(application.pieces.order_by("seen_at", "id")) if acts & {*counter.WORDS} else [],
        production=list(application.production_orders.order_by("ordered_at", "reference"))
        if "document_ordered" in acts
        else [],
        appointment=Appointment.objects.booked().filter(application=application).first()
        if "appointment_booked" in acts
        else None,
        documents=list(IssuedDocument.objects.of_case(application.reference).order_by("issued_at", "id")),
        objections=opposed,
        decision=decision,
        is_complained_of=complaining.ACT in acts,
    )


def _buttons(
    application: IdentityApplication,
    stands: Replay,
    chain: list[Entry],
    opposed: list[ParentalObjection],
    *,
    office: Office,
    agent: Actor,
) -> list[Button]:
    """What this authority may do now: the acts of the procedure, and noting what it knows no more."""
    lacking = pieces.missing(application, _taken(chain), on=application.age_day(stands.on))
    checked = [entry.actor for entry in chain if entry.act in counter.CHECKS]
    is_noted = any(one.lifted_at is None for one in opposed)
    return [
        *buttons(application, stands, office=office, checked=checked, agent=agent.name, lacking=lacking),
        *of_a_late_objection(application, office=office, is_noted=is_noted, on=stands.on),
    ]


def _taken(chain: list[Entry]) -> set[str]:
    """The kinds of data in hand, as the journal tells it: taken, and not destroyed since."""
    taken: set[str] = set()
    for entry in chain:
        if entry.act == "datum_taken":
            taken.add(entry.facts["kind"])
        elif entry.act == "data_destroyed":
            taken.clear()
    return taken


def _person(application: IdentityApplication, *, agent: Actor, at: datetime) -> Extract | None:
    if application.person_id is None:
        return None
    return extract(application.person_id, reader=agent, reason=_REASON, case_reference=application.reference, at=at)


def _repeated(application: IdentityApplication, chain: list[Entry], *, on: date) -> list[RepeatedLoss]:
    """The repeated losses that were told to the centre, with the validity under the law of the day that counts."""
    born = application.born_on
    told = [entry.facts for entry in chain if entry.act == "repeated_loss_flagged"]
    return [
        RepeatedLoss(facts["document"], facts["number"], validity_after(facts["number"], born=born, on=on))
        for facts in told
        if born is not None
    ]


def _requirements(application: IdentityApplication, day: date) -> Answer | None:
    """What the law asks for at the age of that day; nothing while what decides it is not told."""
    if application.born_on is None:
        return None
    asked = {"request": application.request, "born": application.born_on, "reason": application.reason}
    return ask(
        "rdid.requirements",
        on=day,
        **asked,
        parents=application.parents or "together",
        holder_prevented=application.is_holder_prevented,
    )


def _wanted(answer: Answer | None, stands: Replay) -> list[Wanted]:
    if not isinstance(answer, Decided):
        return []
    pairs = zip(answer.value["pieces"], answer.steps, strict=True)
    return [Wanted(step.text, bool(stands.happened & _SETTLED_BY[code])) for code, step in pairs]


def _representation(application: IdentityApplication, stands: Replay) -> list[Wanted]:
    """What is asked of a protected adult beside what everybody produces."""
    if not counter.is_protected_adult(application, on=stands.on):
        return []
    sentence = (
        "Il faut l'accord de la personne qui représente, si la curatelle est de portée générale "
        "(art.\N{NO-BREAK SPACE}5\N{NO-BREAK SPACE}LDI)."
    )
    return [Wanted(sentence, counter.REPRESENTED in stands.happened)]


def _price(application: IdentityApplication, day: date) -> Quote | None:
    """What the application costs at the age of that day; nothing while the tariff cannot tell."""
    try:
        return quote(application, on=day)
    except NoPrice:
        return None


def _clocks(stands: Replay, decision: IdentityDecision | None) -> list[OpenClock]:
    """The clocks that run; those that a decision opened count from the notification that is recorded with it."""
    shown = []
    for running in stands.clocks:
        deadline, clock = deadline_of(running, decision), running.deadline.clock
        if running.closed_by:
            continue
        if deadline is None:
            shown.append(OpenClock(clock.title, None, "dès la notification de la décision", clock.basis))
            continue
        since = f"Le délai court dès le {short_date(deadline.started_on)}."
        why = Why(since, deadline.steps, tuple(clock.basis), deadline.reservations)
        over = deadline.last_day < stands.on
        shown.append(OpenClock(clock.title, deadline.last_day, write_length(clock), clock.basis, why, is_over=over))
    return shown


def _happenings(chain: list[Entry]) -> list[Happening]:
    """The journal in words, with the names of the agents (1 query)."""
    keys = {entry.actor for entry in chain if len(entry.actor) == 36}
    names = {str(key): name for key, name in Account.objects.filter(pk__in=keys).values_list("pk", "name")}
    told = []
    for entry in chain:
        lines = RDID_APPLICATION.acts.get(entry.act, ())
        done = next((line.done for line in lines if not entry.target or line.target == entry.target), "")
        sentence = done or _OTHER_ACTS.get(entry.act, "")
        if entry.act in _OF_A_DATUM:
            sentence = sentence.format(datum=BiometricKind(entry.facts["kind"]).label)
        if sentence and "appeared_on" in entry.facts:
            appeared = date.fromisoformat(entry.facts["appeared_on"])
            sentence = f"{sentence} C'était le {long_date(appeared)} ; l'acte est saisi après coup."
        if sentence:
            by = names.get(entry.actor) or ROLES.get(entry.role, entry.role)
            told.append(Happening(entry.at, sentence, by=by, basis=tuple(entry.basis)))
    return told


def _compared(application: IdentityApplication, person: Extract | None) -> list[Compared]:
    born = short_date(application.born_on) if application.born_on else ""
    # Of some people the register only knows the month or the year of birth.
    known = (short_date(person.born_on) if person.born_on else person.born) if person else ""
    lines = [
        ("Nom", application.name or "", person.full_name if person else ""),
        ("Date de naissance", born, known),
        ("Nationalité suisse", "", ("oui" if person.is_swiss else "non") if person else ""),
        ("Origine", "", ", ".join(str(one) for one in person.origins) if person else ""),
        ("Commune", "", person.commune if person else ""),
    ]
    return [Compared(*line) for line in lines if line[1] or line[2]]
