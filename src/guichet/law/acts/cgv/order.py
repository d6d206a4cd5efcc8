"""The procedure of an order (`cgv.order`), from the draft to the document in hand (chapters 1 to 5)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from guichet.law.acts.cgv.corpus import CGV
from guichet.law.acts.cgv.rules import DELIVERY
from guichet.law.kernel.inputs import Day
from guichet.law.kernel.procedures import Gate, Procedure, block, line
from guichet.law.terms.periods import APPEAL, NOTIFIED_ON

ORDERED_ON = Day(name="ordered_on", meaning="Jour de la commande", required=False)
STATES = {
    "draft": "Brouillon",
    "submitted": "À payer",
    "validated": "Paiement validé",
    "paid": "Payée",
    "examination": "En examen",
    "granted": "Accordée",
    "issued": "Document établi",
    "delivered": "Remise",
    "refused": "Refusée",
    "cancelled": "Annulée",
    "lapsed": "Abandonnée",
}
APPEAL_PERIOD = replace(APPEAL, title="Recours contre le refus")


_act = partial(line, CGV)
_block = partial(block, CGV)
TRANSITIONS = (
    _act(
        "order_submitted",
        "draft > submitted",
        who="applicant",
        basis="1/2 3/3",
        words=("Confirmer la commande", "La commande a été confirmée et les conditions générales acceptées."),
        guard="Les deux documents de conditions générales sont acceptés dans leur version en vigueur.",
    ),
    _act(
        "order_reopened",
        "submitted > draft",
        who="applicant",
        basis="3/3",
        words=("Modifier la commande", "La commande a été rouverte pour être modifiée."),
    ),
    _act(
        "order_cancelled",
        "draft submitted > cancelled",
        who="applicant",
        basis="3/1",
        words=("Annuler la commande", "La commande a été annulée ; rien n'a été encaissé."),
    ),
    _act(
        "order_lapsed",
        "draft submitted > lapsed",
        who="system",
        basis="3/1",
        words=("Clore la commande sans paiement", "La commande, restée sans paiement, a été close."),
    ),
    _act(
        "payment_validated",
        "submitted > validated",
        who="provider",
        basis="2/4 3/1 5/2",
        words=("Enregistrer la validation du paiement", "Le paiement a été validé ; la commande est définitive."),
        guard="Le montant autorisé est celui de la taxe et des frais d'envoi.",
        facts=(ORDERED_ON,),
        opens=(DELIVERY,),
    ),
    _act(
        "cancellation_overtaken",
        "cancelled lapsed > validated",
        who="provider",
        basis="3/1 2/4",
        words=(
            "Rétablir la commande payée avant son annulation",
            "Le paiement avait été validé avant l'annulation ; la commande est définitive.",
        ),
        guard="Le prestataire date la validation d'un instant antérieur à l'annulation.",
        facts=(ORDERED_ON,),
        opens=(DELIVERY,),
    ),
    _act(
        "payment_collected",
        "validated > paid",
        who="provider",
        basis="2/3 3/2",
        words=("Enregistrer l'encaissement", "La taxe et, le cas échéant, les frais d'envoi ont été encaissés."),
    ),
    _act(
        "examination_opened",
        "paid > examination",
        who="system clerk",
        basis="3/5",
        words=("Examiner la demande", "La demande est examinée par un gestionnaire."),
    ),
    _act(
        "service_granted",
        "paid examination > granted",
        who="clerk system",
        basis="2/3 3/5",
        words=("Accorder la prestation", "Les conditions sont remplies ; la prestation est accordée."),
    ),
    _act(
        "service_refused",
        "paid examination > refused",
        who="clerk",
        basis="3/5 5/2",
        words=("Refuser la prestation", "La prestation a été refusée par une décision ; la taxe reste due."),
        guard="La décision énonce ses motifs, la voie et le délai de recours.",
        facts=(NOTIFIED_ON,),
        opens=(APPEAL_PERIOD,),
        closes=("delivery",),
    ),
    _act(
        "document_issued",
        "granted > issued",
        who="system",
        basis="2/3 3/2",
        words=("Établir le document", "Le document a été établi et scellé."),
    ),
    _act(
        "document_made_available",
        "issued > delivered",
        who="system",
        basis="3/4",
        words=("Mettre le document à disposition", "Le document peut être téléchargé."),
        closes=("delivery",),
    ),
    _act(
        "document_posted",
        "issued > delivered",
        who="clerk",
        basis="3/4",
        words=("Envoyer le document par la poste", "Le document a été remis à la poste."),
        closes=("delivery",),
    ),
    _act(
        "office_error_recorded",
        "delivered > granted",
        who="clerk",
        basis="3/3",
        words=(
            "Corriger une erreur de l'office",
            "Une erreur de l'office a été constatée ; le document est refait sans frais.",
        ),
        guard="L'erreur est imputable à l'office et non aux données transmises par le demandeur.",
    ),
)
BLOCKS = (
    _block(
        "order_cancelled",
        "validated paid examination granted issued delivered refused",
        "Le paiement est validé : la commande est définitive, elle ne peut plus être annulée.",
        "3/1",
    ),
    _block(
        "document_issued",
        "draft submitted validated",
        "Rien n'est délivré tant que la taxe et les frais d'envoi ne sont pas payés.",
        "2/3 3/2",
    ),
    _block(
        "document_issued",
        "paid examination",
        "Les conditions de la prestation doivent d'abord être reconnues remplies.",
        "3/5",
    ),
    _block(
        "order_submitted",
        "cancelled lapsed",
        "Cette commande est close ; une nouvelle commande est nécessaire.",
        "3/1",
    ),
    _block(
        "order_reopened",
        "validated paid examination granted issued delivered refused",
        "Une erreur imputable au demandeur ne se corrige que par une nouvelle commande, payée à nouveau.",
        "3/3",
    ),
    _block(
        "refund",
        "validated paid examination granted issued delivered refused",
        "La taxe validée par le paiement reste due, même en cas de refus ou de retrait.",
        "3/1 5/2",
    ),
)

ORDER = Procedure(
    name="cgv.order",
    title="Commander une prestation en ligne",
    text="CGV",
    initial="draft",
    finals=frozenset({"delivered", "refused", "cancelled", "lapsed"}),
    states=STATES,
    transitions=TRANSITIONS,
    blocks=BLOCKS,
    gates=tuple(
        Gate(to=state, after=("payment_collected",)) for state in ("granted", "issued", "delivered", "refused")
    ),
)
