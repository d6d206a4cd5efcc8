"""Whether a person meets the conditions of a service: told before payment (CGV 3/5; law/facts.md section 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from guichet.people.register import Extract

EARLY_DEPARTURE_DAYS = 30


class Finding(NamedTuple):
    """What is found about one condition: ``met`` True, False, or None when only an agent can tell."""

    code: str
    met: bool | None
    sentence: str
    remedy: str = ""


Condition = Callable[[Extract, date], Finding]


def _resident(person: Extract, on: date) -> Finding:
    return Finding(
        "resident",
        person.is_resident(on),
        "Être domicilié ou séjourner légalement dans le canton.",
        "Annoncez d'abord votre arrivée ou votre changement d'adresse ; le registre ne vous connaît pas ici aujourd'hui.",
    )


def _no_cross_border_permit(person: Extract, on: date) -> Finding:
    return Finding(
        "no_cross_border_permit",
        not person.holds_valid_g_permit(on),
        "Ne pas être titulaire d'un permis frontalier (G) en cours de validité.",
        "Aucune attestation n'est établie, en principe, pour un permis G valable ; écrivez-nous si votre cas est particulier.",
    )


def _swiss(person: Extract, on: date) -> Finding:
    return Finding(
        "swiss",
        person.is_swiss,
        "Avoir la nationalité suisse.",
        "Commandez l'attestation de résidence, qui est ouverte à toutes et tous.",
    )


def _departure_announced(person: Extract, on: date) -> Finding:
    announced = person.has_announced_departure(on + timedelta(days=EARLY_DEPARTURE_DAYS))
    return Finding(
        "departure_announced",
        announced,
        f"Avoir annoncé son départ, et partir dans les {EARLY_DEPARTURE_DAYS} jours au plus.",
        "Annoncez d'abord votre départ (formulaire D, gratuit), puis revenez commander.",
    )


def _first_application_pending(person: Extract, on: date) -> Finding:
    pending = person.first_application_pending
    return Finding(
        "first_application_pending",
        True if pending else None,
        "Attendre la décision sur une première demande de permis, ou un cas particulier que l'office examine.",
    )


def _stays_elsewhere(person: Extract, on: date) -> Finding:
    return Finding(
        "stays_elsewhere",
        True if person.stays_elsewhere else None,
        "Séjourner à la semaine ou temporairement dans un autre canton.",
    )


def _deceased(person: Extract, on: date) -> Finding:
    return Finding("deceased", person.is_deceased, "La personne que l'attestation concerne est décédée.")


def _close_relative(person: Extract, on: date) -> Finding:
    return Finding(
        "close_relative",
        None,
        "Être l'époux ou l'épouse, le ou la partenaire enregistré-e, un ascendant ou un descendant en ligne directe.",
    )


def _legitimate_interest(person: Extract, on: date) -> Finding:
    return Finding("legitimate_interest", None, "Avoir un intérêt privé légitime, que l'office apprécie.")


CONDITIONS: Mapping[str, Condition] = {
    "resident": _resident,
    "no_cross_border_permit": _no_cross_border_permit,
    "swiss": _swiss,
    "departure_announced": _departure_announced,
    "first_application_pending": _first_application_pending,
    "stays_elsewhere": _stays_elsewhere,
    "deceased": _deceased,
    "close_relative": _close_relative,
    "legitimate_interest": _legitimate_interest,
}


def findings(conditions: list[str], person: Extract, *, on: date) -> list[Finding]:
    """What is found about each condition of a service, in its order, on the day ``on``."""
    return [CONDITIONS[code](person, on) for code in conditions]


def obstacles(found: list[Finding]) -> list[Finding]:
    """The conditions that are certainly not met: the order would be refused, so it isn't taken."""
    return [finding for finding in found if finding.met is False]


def all_met(found: list[Finding]) -> bool:
    """Whether every condition is certainly met, so that no agent needs to look."""
    return all(finding.met for finding in found)
