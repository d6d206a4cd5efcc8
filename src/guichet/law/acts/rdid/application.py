"""The procedure of an application for a passport or an identity card (`rdid.application`), to the document in hand."""

from __future__ import annotations

from functools import partial

from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.federal import DELIVERY_GUARANTEE, EXCHANGE, KEEPING, RETURN, ldi
from guichet.law.acts.rdid.objection import OBJECTED, OBJECTION_BLOCKS
from guichet.law.acts.rdid.preparation import APPEARED, DATA, FURTHER, OF_AGE_OR_AGREED, PREPARATION, READY, SETTLED
from guichet.law.acts.rdid.readings import REFUSAL_GROUNDS
from guichet.law.acts.rdid.remedies import APPEAL
from guichet.law.acts.rdid.vocabulary import (
    COUNTER,
    GROUND_OF_REFUSAL,
    GROUND_OF_WITHDRAWAL,
    JUDGMENT,
    RULING,
    Judgment,
    Ruling,
)
from guichet.law.kernel.clocks import Clock, Unit
from guichet.law.kernel.procedures import Gate, Procedure, Transition, block, line
from guichet.law.terms.periods import NOTIFIED_ON
from guichet.law.terms.readings import WORKING_DAYS

STATES = {
    "draft": "Brouillon",
    "old_document_due": "Ancien document à remettre",
    "certificate_due": "Attestation de police attendue",
    "open": "En préparation au guichet",
    "stopped": "Document complémentaire attendu",
    "referred": "Soumise au département",
    "ordered": "Document commandé",
    "issued": "Document établi",
    "kept": "Document non remis, gardé par le centre",
    "delivered": "Document remis",
    "destroyed": "Document non réclamé, détruit",
    "refused": "Refusée, recours ouvert",
    "refusal_appealed": "Refus contesté devant la justice",
    "closed": "Refusée définitivement",
    "revoked": "Document retiré, recours ouvert",
    "withdrawal_appealed": "Retrait contesté devant la justice",
    "void": "Document retiré définitivement",
    "abandoned": "Demande retirée",
    "dropped": "Brouillon abandonné",
}
DELIVERY = Clock(
    name="delivery",
    title="Livraison du document",
    length=10,
    unit=Unit.WORKING_DAYS,
    basis=(DELIVERY_GUARANTEE,),
    counted_from="document_ordered",
    readings=(WORKING_DAYS,),
)
KEPT_FOR = Clock(
    name="keeping",
    title="Garde du document non remis",
    length=12,
    unit=Unit.MONTHS,
    basis=(KEEPING,),
    moves=False,
    counted_from="document_issued",
)
RETURNED_BY = Clock(
    name="return",
    title="Restitution du document retiré",
    length=30,
    unit=Unit.DAYS,
    basis=(RETURN,),
    fact=NOTIFIED_ON.name,
)
UNDECIDED = "old_document_due certificate_due open stopped"
# Once the document exists, what led to it needs no more telling apart.
ASSEMBLED = tuple(dict.fromkeys(act for need in READY for act in need.split("|")))

_act = partial(line, RDID)
_DECISION = (
    _act(
        "referred_to_department",
        "open > referred",
        who=COUNTER,
        basis="12/2",
        words=("Soumettre au département", "Le cas, que le règlement ne prévoit pas, a été soumis au département."),
    ),
    _act(
        "department_decided",
        "referred > open",
        who="department",
        basis="12/2",
        words=("Enregistrer la décision du département", "Le département a tranché : la demande suit son cours."),
        facts=(RULING, NOTIFIED_ON),
        when={"ruling": (Ruling.PROCEED,)},
    ),
    _act(
        "department_decided",
        "referred > refused",
        who="department",
        basis="12/2 13",
        words=("Enregistrer la décision du département", "Le département a tranché : la demande est refusée."),
        facts=(RULING, NOTIFIED_ON),
        when={"ruling": (Ruling.REFUSE,)},
        opens=(APPEAL,),
    ),
    _act(
        "application_refused",
        "open stopped > refused",
        who="centre",
        basis="9 13",
        beyond=(ldi("6"),),
        words=("Refuser la demande", "La demande a été refusée par une décision motivée."),
        facts=(GROUND_OF_REFUSAL, NOTIFIED_ON),
        opens=(APPEAL,),
        closes=(FURTHER.name,),
        readings=(REFUSAL_GROUNDS,),
    ),
    _act(
        "application_withdrawn",
        f"{UNDECIDED} referred > abandoned",
        who=f"applicant {COUNTER}",
        basis="3/1",
        words=("Retirer la demande", "La demande a été retirée."),
        closes=(FURTHER.name,),
    ),
)
_PRODUCTION = (
    _act(
        "document_ordered",
        "open > ordered",
        who="centre",
        basis="3/1 3/2 4 5 6/1 8/1 11/1",
        words=("Commander le document", "La demande est approuvée ; le document est commandé."),
        guard="Présence, âge ou accord parental, données, formule signée et émolument sont au dossier.",
        needs=READY,
        unless=(OBJECTED,),
        opens=(DELIVERY,),
    ),
    _act(
        "production_rejected",
        "ordered > open",
        who="centre system",
        basis="4",
        words=("Reprendre après un rejet", "La production a été rejetée ; les données sont à corriger."),
        closes=(DELIVERY.name,),
        renews=("photo_accepted", "biometrics_captured"),
    ),
    _act(
        "document_issued",
        "ordered > issued",
        who="centre",
        basis="4 8/1",
        words=("Établir le document", "Le document a été établi."),
        renews=ASSEMBLED,
    ),
    *(
        _act(
            "document_delivered",
            f"{source} > delivered",
            who="centre airport_unit system",
            basis="5",
            words=words,
            guard="Aucun échange contre l'ancien document n'est convenu.",
            unless=("exchange_arranged",),
            closes=(DELIVERY.name, KEPT_FOR.name),
        )
        for source, words in (
            ("issued", ("Constater la remise", "Le document a été remis.")),
            ("kept", ("Remettre le document gardé", "Le document gardé a été remis.")),
        )
    ),
    _act(
        "documents_exchanged",
        "issued kept > delivered",
        who=COUNTER,
        basis="8/1",
        beyond=(EXCHANGE,),
        words=("Échanger les documents", "L'ancien document a été annulé et échangé contre le nouveau."),
        guard="Un échange est convenu.",
        needs=("exchange_arranged",),
        closes=(DELIVERY.name, KEPT_FOR.name),
        renews=("exchange_arranged",),
    ),
    _act(
        "undelivered_kept",
        "issued > kept",
        who="centre",
        basis="5",
        beyond=(KEEPING,),
        words=("Garder le document non remis", "Le document n'a pas pu être remis ; le centre le garde."),
        opens=(KEPT_FOR,),
        closes=(DELIVERY.name,),
    ),
    _act(
        "kept_document_destroyed",
        "kept > destroyed",
        who="centre",
        basis="4",
        beyond=(KEEPING,),
        words=("Détruire le document non réclamé", "Le document non réclamé a été détruit."),
        guard="Douze mois ont passé depuis l'établissement.",
        awaits=(KEPT_FOR.name,),
        closes=(KEPT_FOR.name,),
    ),
    _act(
        "document_withdrawn",
        "delivered > revoked",
        who="centre",
        basis="9 13",
        beyond=(ldi("7"),),
        words=("Retirer le document", "Le document a été retiré par une décision motivée."),
        facts=(GROUND_OF_WITHDRAWAL, NOTIFIED_ON),
        opens=(APPEAL, RETURNED_BY),
        readings=(REFUSAL_GROUNDS,),
    ),
    *(
        _act(
            "withdrawn_document_returned",
            f"{state} > {state}",
            who=f"{COUNTER} police",
            basis="9",
            beyond=(RETURN,),
            words=("Enregistrer la restitution", "Le document retiré a été restitué."),
            closes=(RETURNED_BY.name,),
        )
        for state in ("revoked", "withdrawal_appealed")
    ),
)


def _remedies(decided: str, appealed: str, final: str, restored: str) -> tuple[Transition, ...]:
    """The appeal against a decision, and what comes of it."""
    return (
        _act(
            "appeal_filed",
            f"{decided} > {appealed}",
            who="applicant",
            basis="13",
            words=("Enregistrer un recours", "Un recours a été déposé devant la chambre administrative."),
            closes=(APPEAL.name,),
        ),
        _act(
            "became_final",
            f"{decided} > {final}",
            who="system centre",
            basis="13",
            words=("Constater l'entrée en force", "La décision est devenue définitive."),
            guard="Le délai de recours est passé sans recours.",
            awaits=(APPEAL.name,),
        ),
        *(
            _act(
                "judgment_rendered",
                f"{appealed} > {target}",
                who="court centre",
                basis="13",
                words=("Enregistrer le jugement", done),
                facts=(JUDGMENT,),
                when={"judgment": (outcome,)},
            )
            for target, outcome, done in (
                (final, Judgment.UPHELD, "Le jugement confirme la décision."),
                (restored, Judgment.SET_ASIDE, "Le jugement annule la décision."),
            )
        ),
    )


_REMEDIES = (
    *_remedies("refused", "refusal_appealed", "closed", "open"),
    *_remedies("revoked", "withdrawal_appealed", "void", "delivered"),
)
_block = partial(block, RDID)
BLOCKS = (
    _block("document_issued", f"draft {UNDECIDED} referred", "Le document n'est pas encore commandé.", "4"),
    _block(
        "document_ordered",
        "old_document_due",
        "L'ancien document est annulé avant l'établissement du nouveau.",
        "8/1",
    ),
    _block(
        "document_ordered",
        "certificate_due",
        "Un document de remplacement demande d'abord l'attestation d'une police suisse.",
        "10/2",
    ),
    *OBJECTION_BLOCKS,
    _block("document_ordered", "stopped", "Un document complémentaire est attendu.", "3/3"),
    _block("document_ordered", "referred", "Le département n'a pas encore tranché.", "12/2"),
    _block(
        "application_withdrawn",
        "ordered issued kept delivered",
        "Le document est commandé : la demande ne peut plus être retirée.",
        "4",
    ),
)
GATES = (
    *(Gate(to="document_issued", after=tuple(need.split("|"))) for need in (APPEARED, OF_AGE_OR_AGREED, DATA, SETTLED)),
    Gate(to="document_ordered", after=("form_signed",)),
    Gate(to="document_issued", after=("document_ordered",), since="open"),
    Gate(
        to="document_issued",
        after=("old_document_cancelled", "exchange_arranged", "police_certificate_received"),
        since="old_document_due",
    ),
    Gate(to="document_issued", after=("police_certificate_received",), since="certificate_due"),
    Gate(to="became_final", clock=APPEAL.name),
    Gate(to="destroyed", clock=KEPT_FOR.name),
)

APPLICATION = Procedure(
    name="rdid.application",
    title="Demander un passeport ou une carte d'identité",
    text="RDId",
    initial="draft",
    finals=frozenset({"delivered", "destroyed", "closed", "void", "abandoned", "dropped"}),
    states=STATES,
    transitions=(*PREPARATION, *_DECISION, *_PRODUCTION, *_REMEDIES),
    blocks=BLOCKS,
    gates=GATES,
)
