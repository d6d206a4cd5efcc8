"""Article 64 al. 3: who pronounces the fine (`lipad.sanctioning_authority`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from guichet.law.acts.lipad.answers import decided
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.answers import Answer
from guichet.law.kernel.tables import Line, Table


class Belonging(StrEnum):
    """Whom the offender belongs to, in the order of article 64 al. 3."""

    LEGISLATURE = "legislature"
    JUDICIARY = "judiciary"
    CANTONAL_DEPARTMENT = "cantonal_department"
    CHANCELLERY = "chancellery"
    COMMUNE = "commune"
    AUTONOMOUS_BODY = "autonomous_body"
    UNIVERSITY = "university"
    HES_SO = "hes_so"
    FOUNDATION = "foundation"
    OTHER = "other"


BELONGINGS: Mapping[str, str] = {
    Belonging.LEGISLATURE: "Pouvoir législatif",
    Belonging.JUDICIARY: "Pouvoir judiciaire",
    Belonging.CANTONAL_DEPARTMENT: "Autre service de l'administration cantonale",
    Belonging.CHANCELLERY: "Chancellerie d'Etat",
    Belonging.COMMUNE: "Commune",
    Belonging.AUTONOMOUS_BODY: "Établissement public autonome",
    Belonging.UNIVERSITY: "Université",
    Belonging.HES_SO: "Haute école spécialisée de Suisse occidentale - Genève",
    Belonging.FOUNDATION: "Fondation de droit public",
    Belonging.OTHER: "Autre entité",
}
_AUTHORITIES = (
    ("a", Belonging.LEGISLATURE, "le bureau du Grand Conseil"),
    ("b", Belonging.JUDICIARY, "la commission de gestion du pouvoir judiciaire"),
    ("c", Belonging.CANTONAL_DEPARTMENT, "le chef du département dont dépend la personne au prononcé de l'amende"),
    ("c", Belonging.CHANCELLERY, "le chancelier d'Etat"),
    ("d", Belonging.COMMUNE, "l'exécutif communal"),
    ("e", Belonging.AUTONOMOUS_BODY, "l'instance directrice supérieure de l'établissement"),
    ("e", Belonging.UNIVERSITY, "le rectorat de l'université"),
    ("f", Belonging.HES_SO, "le conseil de direction de la haute école"),
    ("g", Belonging.FOUNDATION, "le conseil de fondation"),
    ("h", Belonging.OTHER, "le Conseil d'Etat"),
)
AUTHORITIES = Table(
    LIPAD,
    "64/3",
    inputs={"belongs_to": Belonging},
    lines=tuple(
        Line(f"64/3/{letter}", authority, {"belongs_to": frozenset({belonging})})
        for letter, belonging, authority in _AUTHORITIES
    ),
)


def sanctioning_authority(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """Who fines somebody who processed data for other ends than the tasks given by law (art. 64 al. 3)."""
    found = AUTHORITIES.decide(on, asked["belongs_to"])
    if not isinstance(found, tuple):
        return found
    line, ref = found
    return decided(
        on,
        {"authority": line.value, "letter": ref.address[-1]},
        "L'amende est prononcée par {authority}",
        line.address,
    )
