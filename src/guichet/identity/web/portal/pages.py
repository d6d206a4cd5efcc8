"""What the applicant's pages show: the tariff, the review, what happened, the periods that run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from guichet.casework.models import Entry
from guichet.identity.models import IdentityApplication, IdentityDecision
from guichet.identity.models.applications import Bearer, Parents, Reason, Request
from guichet.identity.operations import objections, returning, telling
from guichet.identity.operations.booking import NOTED
from guichet.identity.operations.due import deadline_of
from guichet.identity.operations.lodging import OBJECTS
from guichet.kit.components import Happening, OpenClock, Row, Why
from guichet.kit.formats import short_date
from guichet.law.kernel.answers import Answer
from guichet.law.kernel.clocks import write_length
from guichet.law.kernel.replay import Replay, Running
from guichet.law.questions import ask
from guichet.payments.words import note_of

from .steps import commune_name

_ROLES = {
    "applicant": "vous",
    "parental_authority_holder": "l'autorité parentale",
    "commune": "la commune",
    "centre": "le centre de biométrie",
    "airport_unit": "l'unité de l'aéroport",
    "police": "la police",
    "department": "le département",
    "court": "la justice",
    "system": "le système de l'office",
    "provider": "le prestataire de paiement",
}
_OTHER_PARENT = {
    "agrees": "d'accord",
    "unknown": "accord non connu",
    OBJECTS: "s'oppose : rien n'est établi sans accord ou décision",
}
_OTHER_ACTS = {
    "draft_begun": "La demande a été commencée.",
    "draft_erased": "Les données saisies ont été effacées.",
    "draft_adopted": "La demande a été reprise dans un compte.",
    "data_copied": "Les données communes de la demande d'un autre enfant ont été reprises.",
    "price_agreed": "Le nouveau prix a été accepté.",
    "payment_started": "La page de paiement a été ouverte chez le partenaire.",
    "payment_voided": "Un montant réservé a été libéré sans débit.",
    "payment_collected": "L'émolument a été encaissé ; la quittance est disponible.",
    objections.NOTED: "L'autre parent s'est opposé ; le document était déjà commandé.",
    objections.NOTE_LIFTED: "L'opposition de l'autre parent est levée.",
    "return_asked": "L'ancien document, annulé, a été redemandé.",
    "return_granted": "L'autorité a décidé de rendre l'ancien document, annulé.",
    "return_refused": "L'autorité a décidé de ne pas rendre l'ancien document.",
    returning.HANDED_OVER: "L'ancien document, annulé, a été rendu.",
    "return_appealed": "Un recours a été déposé contre la décision sur l'ancien document.",
    "return_judged": "Le recours sur l'ancien document a été jugé : {ruling}.",
    "late_delivery_complained": "Vous avez réclamé : le document n'est pas arrivé dans le délai.",
    **NOTED,
}


def tariff(on: date) -> list[tuple[str, Answer, Answer]]:
    """The fees of the entrance page, for an adult and for a child: (document, adult, child)."""
    adult, child = on.replace(year=on.year - 30, day=1), on.replace(year=on.year - 8, day=1)
    return [
        (
            capfirst(request.label),
            ask("rdid.fee", on=on, request=request.value, born=adult),
            ask("rdid.fee", on=on, request=request.value, born=child),
        )
        for request in Request
    ]


def review_rows(application: IdentityApplication) -> list[Row]:
    """Every value typed, each with « modifier »."""

    def at(slug: str) -> str:
        return f"/identite/demande/{application.token}/{slug}/"

    typed = application.answer("person")
    rows = [Row("Demande", capfirst(Bearer(application.bearer).label), at("pour-qui"))]
    if typed.get("known") or typed.get("child"):
        rows.append(Row("Nom et prénoms", application.name or "", at("personne") if typed.get("child") else ""))
    else:
        rows += [Row("Nom", typed.get("official_name", ""), at("personne"))]
        rows += [Row("Prénoms", typed.get("first_names", ""), at("personne"))]
    born = short_date(application.born_on) if application.born_on else ""
    known = application.answer("residence").get("known")
    rows += [
        Row("Date de naissance", born, "" if typed.get("known") else at("personne")),
        Row("Nationalité", "suisse", "" if known else at("domicile")),
        Row("Commune de domicile", commune_name(application), "" if known else at("domicile")),
        Row("Document demandé", capfirst(Request(application.request).label), at("documents")),
        Row("Motif", capfirst(Reason(application.reason).label), at("motif")),
    ]
    if application.parents:
        prevented = "non, empêchée" if application.is_holder_prevented else "oui"
        rows += [
            Row("Situation des parents", capfirst(Parents(application.parents).label), at("parents")),
            Row("L'autorité parentale vient signer", prevented, at("parents")),
            Row(
                "L'autre parent",
                _OTHER_PARENT.get(application.answer("parents").get("other_parent", ""), ""),
                at("parents"),
            ),
        ]
    rows.append(Row("Adresse d'envoi", _lines(application.address or []), at("livraison")))
    return [*rows, Row("Adresse électronique", application.email or "", at("livraison"))]


def _lines(lines: list[str]) -> SafeString:
    return format_html_join("", "{}<br>", ((line,) for line in lines))


def happenings(chain: Sequence[Entry], stands: Replay) -> list[Happening]:
    """The journal as its timeline tells it: the acts of the procedure with their articles, and what else concerns the
    applicant; what only makes sense to an authority is left out."""
    history = iter(stands.history)
    acts = stands.procedure.acts
    told = []
    for entry in chain:
        by = _ROLES.get(entry.role, entry.role)
        if entry.act in acts:
            line = next(history).transition
            told.append(Happening(entry.at, line.done, by=by, basis=tuple(line.basis)))
        elif entry.act in _OTHER_ACTS:
            ruling = telling.judgment(entry) if entry.act == "return_judged" else ""
            sentence, note = _OTHER_ACTS[entry.act].format(ruling=ruling), note_of(entry.act, entry.facts)
            told.append(Happening(entry.at, sentence, by=by, basis=tuple(entry.basis), note=note))
    return told


def open_clocks(stands: Replay, *, at: datetime, decision: IdentityDecision | None = None) -> list[OpenClock]:
    """The periods that run, each with the way its last day is counted; those of a decision, from its notification."""
    return [_clock(running, decision, at) for running in stands.clocks if not running.closed_by]


def _clock(running: Running, decision: IdentityDecision | None, at: datetime) -> OpenClock:
    deadline, clock = deadline_of(running, decision), running.deadline.clock
    if deadline is None:
        return OpenClock(
            clock.title, None, f"{write_length(clock)} dès que la décision vous est remise", tuple(clock.basis)
        )
    why = Why(
        f"Le délai court dès le {short_date(deadline.started_on)}.",
        deadline.steps,
        tuple(clock.basis),
        deadline.reservations,
    )
    return OpenClock(
        clock.title,
        deadline.last_day,
        write_length(clock),
        basis=tuple(clock.basis),
        why=why,
        is_over=deadline.has_run(at),
    )
