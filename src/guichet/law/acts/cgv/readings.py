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
    considered=(
        "L'édition vaut dès le 1er octobre 2024.",
        "Elle vaut dès un jour inconnu d'octobre 2024 : chaque jour de ce mois est incertain.",
        "Le texte antérieur était le même.",
    ),
    reason=(
        "Le libellé est donné comme connu depuis le 1er octobre 2024 (au plus tôt). Avant, la réponse est"
        " « inconnu avant le 1er octobre 2024 » ; pendant le mois d'octobre, « inconnu avant le 1er "
        "novembre 2024 ». Nous ne supposons rien du texte antérieur, que nous n'avons pas."
    ),
)
LAPSED_ORDERS = Interpretation(
    3,
    "lapsed-orders",
    CGV.refs("3/1"),
    doubt="Les CGV ne disent pas ce que devient une commande jamais payée.",
    reading="une commande laissée sans paiement est tenue pour abandonnée, comme si elle avait été annulée.",
    considered=(
        "La commande reste ouverte sans fin.",
        "Elle est abandonnée après un temps que fixe l'office, sans frais.",
    ),
    reason=(
        "Rien n'est dû avant la validation du paiement, et la personne peut se retirer à tout moment : "
        "une commande sans suite n'engage personne. Un paiement validé avant la clôture la rétablit."
    ),
)
VALIDATION_INSTANT = Interpretation(
    4,
    "validation-instant",
    CGV.refs("2/4", "3/1"),
    doubt="Les CGV ne disent pas quel instant est celui de la validation du paiement en ligne.",
    reading="le paiement est validé à l'instant où le prestataire de paiement l'autorise, tel qu'il le date.",
    considered=(
        "L'instant de l'autorisation, tel que le prestataire le date.",
        "L'instant où l'office en reçoit la nouvelle.",
        "L'instant de l'encaissement.",
    ),
    reason=(
        "L'autorisation engage la personne et ne dépend ni du réseau ni de nos machines. La nouvelle peut"
        " arriver en retard, ou deux fois."
    ),
)
FEE_DIFFERENCE = Interpretation(
    5,
    "fee-difference",
    CGV.refs("2/4", "3/2"),
    doubt="La taxe peut changer entre l'affichage et la validation du paiement.",
    reading="la différence est montrée et rien n'est encaissé sans un nouvel accord de la personne.",
    considered=(
        "La taxe du jour de la validation s'impose, même plus élevée que celle qui était affichée.",
        "La taxe affichée est garantie.",
        "La différence est montrée, et la personne accepte ou renonce.",
    ),
    reason=(
        "La lettre de l'art. 2 al. 4 fixe le droit applicable, mais un paiement ne vaut que pour le "
        "montant accepté. L'autorisation est libérée si la personne renonce."
    ),
)
POSTCARD = Interpretation(
    6,
    "postcard",
    CGV.refs("6/1"),
    doubt="Le moyen de paiement « Postcard » n'existe plus sous ce nom.",
    reading="« Postcard » désigne le moyen de paiement de PostFinance.",
    considered=(
        "Le moyen de paiement de PostFinance qui a succédé à la Postcard.",
        "Aucun : la marque n'existe plus.",
    ),
    reason=("Le texte veut trois moyens de paiement ; le successeur de la Postcard est celui de PostFinance."),
)
OPEN_PAYMENT_PAGE = Interpretation(
    7,
    "open-payment-page",
    CGV.refs("3/1"),
    doubt="La personne annule pendant qu'une page de paiement est encore ouverte.",
    reading="l'annulation vaut, sauf si le prestataire a daté la validation d'un instant antérieur.",
    considered=(
        "L'annulation est refusée tant qu'une page de paiement est ouverte.",
        "L'annulation vaut ; un paiement validé ensuite est libéré chez le prestataire.",
        "L'annulation vaut, mais cède devant une validation datée d'avant elle.",
    ),
    reason=(
        "« Avant la validation » compare deux instants : celui de l'annulation et celui de la validation."
        " L'acte « cancellation_overtaken » rétablit la commande quand le second précède le premier ; "
        "sinon le paiement est libéré."
    ),
)
READINGS = (
    OCTOBER_2024,
    LAPSED_ORDERS,
    VALIDATION_INSTANT,
    FEE_DIFFERENCE,
    POSTCARD,
    OPEN_PAYMENT_PAGE,
)
