"""The acts of a case in words, as the authorities and the court read them: the procedure's own, and all the others."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.casework.models import Entry
from guichet.identity.models import BiometricKind, CourtRuling
from guichet.law.procedures import RDID_APPLICATION

from . import booking, complaining, deciding, objections, returning

_OF_A_DATUM = frozenset({"datum_taken", "datum_seen"})
_OTHER_ACTS: Mapping[str, str] = {
    "datum_taken": "Une donnée a été prise au guichet : {datum}.",
    "datum_seen": "Une donnée a été regardée au guichet : {datum}.",
    "data_destroyed": "Les données biométriques et le numéro de l'ancien document ont été détruits.",
    **booking.NOTED,
    "difference_paid": "La différence d'émolument due à l'âge a été payée au guichet.",
    "share_reversed": "Une écriture de répartition de l'émolument a été contre-passée.",
    deciding.NOTIFIED: "La notification de la décision a été enregistrée.",
    "repeated_loss_flagged": "Pertes répétées : la validité du nouveau document est en principe raccourcie.",
    returning.ASKED: "L'ancien document, annulé, est redemandé.",
    "return_granted": "L'autorité a décidé de rendre l'ancien document, annulé.",
    "return_refused": "L'autorité a décidé de ne pas rendre l'ancien document.",
    returning.HANDED_OVER: "L'ancien document, annulé, a été rendu.",
    "return_appealed": "Un recours est déposé contre la décision sur la restitution.",
    "return_judged": "Le recours contre la décision sur la restitution est jugé : {ruling}.",
    complaining.ACT: "La personne réclame : le document n'est pas arrivé dans le délai.",
    objections.NOTED: "Un parent s'est opposé ; le document était déjà commandé.",
    objections.NOTE_LIFTED: "L'opposition du parent est levée.",
    "document_arrived": "Le document est arrivé au guichet, où il est échangé contre l'ancien.",
}
# What led to the case, was paid for it or printed of it: the court reads the whole journal, the counter does without.
_BESIDE: Mapping[str, str] = {
    "draft_begun": "La demande a été commencée.",
    "draft_adopted": "La demande a été reprise dans un compte.",
    "draft_erased": "Ce qui était saisi a été effacé.",
    "data_copied": "Les données communes ont été reprises de la demande d'un autre enfant.",
    "price_agreed": "Un nouveau prix a été accepté.",
    "payment_started": "La page de paiement a été ouverte chez le partenaire.",
    "payment_voided": "La réservation du paiement a été libérée.",
    "payment_asked_again": "Le partenaire de paiement a été interrogé à nouveau.",
    "payment_release_ordered": "La libération d'une réservation a été ordonnée.",
    "payment_collected": "L'émolument a été encaissé.",
    "payment_incident_opened": "Un incident de paiement a été ouvert.",
    "payment_incident_resolved": "Un incident de paiement a été réglé.",
    "document_opened": "Un document du dossier a été ouvert.",
    "court_file_made": "Un dossier a été établi pour la justice.",
    "decision_posted": "La décision a été postée.",
    "letter_posted": "Une lettre a été postée.",
}


def at_the_counter(entry: Entry) -> str:
    """What an authority reads of an act on the page of a case; empty for what it does without."""
    lines = RDID_APPLICATION.acts.get(entry.act, ())
    done = next((line.done for line in lines if not entry.target or line.target == entry.target), "")
    sentence = done or _OTHER_ACTS.get(entry.act, "")
    if entry.act in _OF_A_DATUM:
        return sentence.format(datum=BiometricKind(entry.facts["kind"]).label)
    return sentence.format(ruling=judgment(entry)) if entry.act == "return_judged" else sentence


def judgment(entry: Entry) -> str:
    """How the court ended the appeal that an act tells of."""
    return CourtRuling(entry.facts["judgment"]).label


def to_the_court(entry: Entry) -> str:
    """The same for the court, of every act of the journal."""
    return at_the_counter(entry) or _BESIDE.get(entry.act, entry.act)
