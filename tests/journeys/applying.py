"""How people apply for a passport or an identity card, page by page, in the journeys that need an application."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from itertools import permutations

from . import steps
from .visitor import Visitor

ADULT = {"Nom": "Chappuis", "Prénoms": "Hélène", "Jour": "14", "Mois": "2", "Année": "1951"}
CHILD = {"Nom": "Perret", "Prénoms": "Lou", "Jour": "3", "Mois": "5", "Année": "2017"}
HOME = {"Rue": "Chemin des Pommiers-d'Été", "Numéro": "18", "Numéro postal": "1253", "Localité": "Vandœuvres"}
_GIVEN = (
    "Alix",
    "Andrea",
    "Camille",
    "Charlie",
    "Claude",
    "Dominique",
    "Eden",
    "Maxime",
    "Morgan",
    "Noa",
    "Robin",
    "Sacha",
)
_MORE = permutations(random.sample(_GIVEN, len(_GIVEN)), 3)
REFERENCE = re.compile(rf"PID-{steps.ALPHABET}+-.")


def begin(guest: Visitor, bearer: str) -> None:
    """From the home page to the first answer."""
    guest.goes_to("/")
    guest.follows("Passeport et carte d'identité")
    guest.reads("Ce que cela coûte", "65.00 CHF", "art. 11 al. 1 ch. 2 let. a RDId")
    guest.presses("Commencer")
    guest.chooses(bearer)
    guest.presses("Continuer")


def another(first_names: str) -> str:
    """These first names and more that nobody else has: one person has one application for a document at a time."""
    return " ".join((first_names, *next(_MORE)))


def tell(guest: Visitor, person: Mapping[str, str], *, document: str, reason: str, commune: str = "Vandœuvres") -> None:
    """Who, where from, what and why, of somebody of Swiss nationality who applied in no other journey of this house."""
    guest.types({**person, "Prénoms": another(person["Prénoms"])})
    guest.presses("Continuer")
    guest.chooses("Oui")
    guest.chooses("Dans le canton de Genève")
    guest.main.get_by_label("Commune de domicile").select_option(label=commune)
    guest.presses("Continuer")
    guest.chooses(document)
    guest.presses("Continuer")
    guest.chooses(reason)
    guest.presses("Continuer")


def lodge(guest: Visitor, email: str) -> str:
    """From the answer to the lodged application; its reference."""
    guest.presses("Continuer")
    guest.types({**HOME, "Adresse électronique": email})
    guest.presses("Continuer")
    guest.reads("Vérifiez avant de déposer", "1253 Vandœuvres", email)
    guest.chooses("Je confirme")
    guest.presses("Déposer la demande")
    guest.reads("Demande déposée")
    found = REFERENCE.search(guest.page.locator("body").inner_text())
    assert found is not None
    return found[0]
