"""The closed list of grounds on which an order may be refused (CGV 3/5), each with the words of the letter."""

from __future__ import annotations

from typing import NamedTuple

from guichet.law.kernel.addresses import Ref


class Ground(NamedTuple):
    """One ground: what the letter says and the passage it rests on."""

    code: str
    label: str
    sentence: str
    basis: Ref


_CONDITIONS = Ref("CGV", "3/5")

GROUNDS: dict[str, Ground] = {
    ground.code: ground
    for ground in (
        Ground(
            "not_registered",
            "La personne n'est pas inscrite au registre des habitants",
            "La personne que le document devrait concerner n'est pas inscrite au registre des habitants du canton.",
            _CONDITIONS,
        ),
        Ground(
            "not_resident",
            "La personne ne réside pas dans le canton",
            "La personne que le document devrait concerner ne réside pas dans le canton.",
            _CONDITIONS,
        ),
        Ground(
            "change_not_announced",
            "Un changement (adresse, état civil, départ) n'a pas été annoncé",
            "Un changement d'adresse, d'état civil ou un départ n'a pas été annoncé avant la commande.",
            _CONDITIONS,
        ),
        Ground(
            "cross_border_permit",
            "Permis frontalier (G) en cours de validité",
            "Aucune attestation n'est établie, en principe, pour le titulaire d'un permis frontalier valable.",
            _CONDITIONS,
        ),
        Ground(
            "not_swiss",
            "Document réservé aux personnes de nationalité suisse",
            "Le document commandé est réservé aux personnes de nationalité suisse.",
            _CONDITIONS,
        ),
        Ground(
            "not_entitled_relative",
            "Lien avec la personne décédée ou intérêt privé légitime non établi",
            "Le lien avec la personne décédée, ou l'intérêt privé légitime, n'est pas établi.",
            _CONDITIONS,
        ),
        Ground(
            "identity_in_doubt",
            "L'identité de la personne n'a pas pu être établie",
            "Les données transmises ne permettent pas d'établir de quelle personne il s'agit.",
            Ref("CGV", "3/3"),
        ),
        Ground(
            "protected_address",
            "Adresse protégée",
            "L'adresse de la personne est protégée et ne peut pas être attestée à un tiers.",
            _CONDITIONS,
        ),
    )
}
