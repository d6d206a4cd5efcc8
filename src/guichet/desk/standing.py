"""Where an order stands, in one sentence for the agent: what is so, who must act, by when."""

from __future__ import annotations

from typing import NamedTuple

from guichet.kit.formats import count, long_date
from guichet.orders.models import Delivery, Order


class Standing(NamedTuple):
    """The sentence at the head of a case's page, and how late it is in words (empty when in time)."""

    sentence: str
    late: str


_SENTENCES = {
    "submitted": "La commande est confirmée ; la personne doit encore la payer. L'office n'a rien à faire.",
    "validated": "Le paiement est validé et la commande définitive ; l'encaissement est en cours, sans intervention.",
    "paid": "La commande est payée ; le système l'examine dans les instants qui suivent.",
    "examination": "Un gestionnaire doit désigner la personne, vérifier les conditions, puis accorder ou refuser.",
    "granted": "La prestation est accordée ; le système établit le document.",
    "delivered": "Le document est remis. Rien n'est dû, sauf à corriger une erreur de l'office.",
    "refused": "La prestation est refusée par une décision ; la taxe reste due.",
    "cancelled": "La commande a été annulée par la personne avant tout paiement.",
    "lapsed": "La commande, restée sans paiement, a été close.",
}
_TO_DECIDE = "Un gestionnaire doit comparer les données et les conditions, puis accorder ou refuser."
_HELD = "Un incident de paiement est ouvert : un gestionnaire doit le résoudre avant toute autre chose."


def standing(order: Order, *, days_late: int, has_incident: bool) -> Standing:
    """Where the order stands on the day on which it is ``days_late`` days past its indicative last day."""
    sentence = _HELD if has_incident else _sentence(order)
    if order.due_on is not None and order.state in ("paid", "examination", "granted", "issued"):
        sentence += f" Dernier jour indicatif : {long_date(order.due_on)}."
    return Standing(sentence, late_words(days_late))


def late_words(days_late: int) -> str:
    """« en retard de 3 jours »; empty when in time."""
    return f"en retard de {count(days_late, 'jour')}" if days_late else ""


def _sentence(order: Order) -> str:
    if order.state == "issued":
        if order.delivery == Delivery.POST:
            return "Le document est établi ; un gestionnaire doit l'imprimer et le remettre à la poste."
        return "Le document est établi ; le système le met à disposition."
    if order.state == "examination" and order.person_id is not None:
        return _TO_DECIDE
    return _SENTENCES.get(order.state, "")
