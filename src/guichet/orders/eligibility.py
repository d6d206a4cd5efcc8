"""Whether a person meets the conditions of a service: told before payment (CGV 3/5; law/facts.md section 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import NamedTuple

from guichet.people.register import Eligibility

# Pages of the office differ (30 or 35 days, one month): the shortest is announced and applied.
EARLY_DEPARTURE_DAYS = 30


class Finding(NamedTuple):
    """What is found about one condition: ``met`` True, False, or None when only an agent can tell."""

    code: str
    met: bool | None
    sentence: str
    remedy: str = ""


Test = Callable[[Eligibility], bool | None]


def _departs_soon_enough(facts: Eligibility) -> bool:
    latest = facts.on + timedelta(days=EARLY_DEPARTURE_DAYS)
    return facts.departed_on is not None and facts.departed_on <= latest


# Code -> what must be so, how the register tells (None: an agent must), what to do where it is not so.
CONDITIONS: Mapping[str, tuple[str, Test, str]] = {
    "resident": (
        "Être domicilié ou séjourner légalement dans le canton.",
        lambda facts: facts.is_resident,
        "Annoncez d'abord votre arrivée ou votre changement d'adresse : vous n'êtes pas inscrit comme habitant du canton.",
    ),
    "no_cross_border_permit": (
        "Ne pas être titulaire d'un permis frontalier (G) en cours de validité.",
        lambda facts: not facts.holds_valid_g_permit,
        "Aucune attestation n'est établie, en principe, pour un permis G valable. Écrivez-nous si votre cas est à part.",
    ),
    "swiss": (
        "Avoir la nationalité suisse.",
        lambda facts: facts.is_swiss,
        "Commandez l'attestation de résidence, ouverte à toutes les personnes qui habitent le canton.",
    ),
    "civic_rights": (
        "Pouvoir exercer ses droits civiques dans le canton.",
        lambda facts: True if not facts.has_restricted_civic_rights else None,
        "",
    ),
    "departure_announced": (
        f"Avoir annoncé son départ, passé ou prévu dans les {EARLY_DEPARTURE_DAYS} jours.",
        _departs_soon_enough,
        "Annoncez d'abord votre départ (formulaire D, gratuit), puis revenez commander.",
    ),
    "first_application_pending": (
        "Attendre la décision sur une première demande de permis, ou un cas particulier que l'office examine.",
        lambda facts: True if facts.is_first_application_pending else None,
        "",
    ),
    "stays_elsewhere": (
        "Séjourner à la semaine ou temporairement dans un autre canton.",
        lambda facts: True if facts.stays_weekly_elsewhere else None,
        "",
    ),
    "deceased": (
        "La personne que l'attestation concerne est décédée.",
        lambda facts: facts.is_deceased,
        "Le registre ne connaît pas ce décès : faites-le d'abord inscrire à l'état civil.",
    ),
    "close_relative": (
        "Être l'époux ou l'épouse, le ou la partenaire enregistré-e, un ascendant ou un descendant en ligne directe.",
        lambda facts: None,
        "",
    ),
    "legitimate_interest": ("Avoir un intérêt privé légitime, que l'office apprécie.", lambda facts: None, ""),
}
SENTENCES: Mapping[str, str] = {code: sentence for code, (sentence, _, _) in CONDITIONS.items()}


def findings(conditions: list[str], facts: Eligibility) -> list[Finding]:
    """What the register's facts say about each condition of a service, in its order."""
    found = []
    for code in conditions:
        sentence, test, remedy = CONDITIONS[code]
        found.append(Finding(code, test(facts), sentence, remedy))
    return found


def obstacles(found: list[Finding]) -> list[Finding]:
    """The conditions that are certainly not met: the order would be refused, so it isn't taken."""
    return [finding for finding in found if finding.met is False]


def all_met(found: list[Finding]) -> bool:
    """Whether every condition is certainly met, so that no agent needs to look."""
    return all(finding.met for finding in found)
