"""Readings chosen where the terms of sale leave a doubt (files in ``docs/interpretations``)."""

from __future__ import annotations

from guichet.law.acts.cgv.corpus import CGV
from guichet.law.kernel.interpretations import Interpretation

OCTOBER_2024 = Interpretation(
    2,
    "cgv-october-2024",
    CGV.refs("1/3"),
    doubt="L'édition porte le mois d'octobre 2024, sans jour, et remplace un texte que nous n'avons pas.",
    reading="aucun jour avant le 1er novembre 2024 ne reçoit de réponse tirée de cette édition.",
)
LAPSED_ORDERS = Interpretation(
    3,
    "lapsed-orders",
    CGV.refs("3/1"),
    doubt="Les CGV ne disent pas ce que devient une commande jamais payée.",
    reading="une commande laissée sans paiement est tenue pour abandonnée, comme si elle avait été annulée.",
)
VALIDATION_INSTANT = Interpretation(
    4,
    "validation-instant",
    CGV.refs("2/4", "3/1"),
    doubt="Les CGV ne disent pas quel instant est celui de la validation du paiement en ligne.",
    reading="le paiement est validé à l'instant où le prestataire de paiement l'autorise, tel qu'il le date.",
)
FEE_DIFFERENCE = Interpretation(
    5,
    "fee-difference",
    CGV.refs("2/4", "3/2"),
    doubt="La taxe peut changer entre l'affichage et la validation du paiement.",
    reading="la différence est montrée et rien n'est encaissé sans un nouvel accord de la personne.",
)
POSTCARD = Interpretation(
    6,
    "postcard",
    CGV.refs("6/1"),
    doubt="Le moyen de paiement « Postcard » n'existe plus sous ce nom.",
    reading="« Postcard » désigne le moyen de paiement de PostFinance.",
)
OPEN_PAYMENT_PAGE = Interpretation(
    7,
    "open-payment-page",
    CGV.refs("3/1"),
    doubt="La personne annule pendant qu'une page de paiement est encore ouverte.",
    reading="l'annulation vaut, sauf si le prestataire a daté la validation d'un instant antérieur.",
)
READINGS = (
    OCTOBER_2024,
    LAPSED_ORDERS,
    VALIDATION_INSTANT,
    FEE_DIFFERENCE,
    POSTCARD,
    OPEN_PAYMENT_PAGE,
)
