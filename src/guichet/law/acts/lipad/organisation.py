"""Title IV: who adopts the measures, how long the commissioner serves, who sits in the commission (art. 50, 53, 58)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from guichet.law.acts.lipad.answers import decided, first_gap
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.readings_data import TERMS_FOLLOW
from guichet.law.kernel.answers import Answer, Step
from guichet.law.kernel.calendar import ONE_DAY
from guichet.law.kernel.clocks import add_months
from guichet.law.kernel.tables import Line, Table


class Institution(StrEnum):
    """Whose measures are meant, in the order of article 50 al. 2."""

    GRAND_COUNCIL = "grand_council"
    COUNCIL_OF_STATE = "council_of_state"
    CANTONAL_ADMINISTRATION = "cantonal_administration"
    GROUPING = "grouping"
    HIGH_COUNCIL = "high_council"
    JUDICIARY = "judiciary"
    MUNICIPAL_COUNCIL = "municipal_council"
    COMMUNE = "commune"
    PUBLIC_BODY = "public_body"
    CONTROLLED_PRIVATE_BODY = "controlled_private_body"
    PERSON_WITH_PUBLIC_TASK = "person_with_public_task"


INSTITUTIONS: Mapping[str, str] = {
    Institution.GRAND_COUNCIL: "Grand Conseil, ses commissions et ses services",
    Institution.COUNCIL_OF_STATE: "Conseil d'Etat",
    Institution.CANTONAL_ADMINISTRATION: "Administration cantonale et commissions qui en dépendent",
    Institution.GROUPING: "Groupement d'institutions",
    Institution.HIGH_COUNCIL: "Conseil supérieur de la magistrature",
    Institution.JUDICIARY: "Pouvoir judiciaire, ses autorités et ses services",
    Institution.MUNICIPAL_COUNCIL: "Conseil municipal et ses commissions",
    Institution.COMMUNE: "Commune, son administration et ses commissions",
    Institution.PUBLIC_BODY: "Établissement ou corporation de droit public",
    Institution.CONTROLLED_PRIVATE_BODY: "Organisme privé contrôlé par une institution publique",
    Institution.PERSON_WITH_PUBLIC_TASK: "Personne ou organisme chargé d'une tâche publique",
}


@dataclass(frozen=True, slots=True)
class Instance:
    """Who adopts the measures of an institution; ``note`` is what the letter adds."""

    name: str
    note: str = ""


_EXECUTIVE = frozenset({Institution.COUNCIL_OF_STATE, Institution.CANTONAL_ADMINISTRATION, Institution.GROUPING})
_DELEGATION = "Le conseil municipal peut avoir délégué cette compétence à l'exécutif communal."
_WITHIN_TASK = "Seulement pour ce qui relève de la tâche publique confiée."
_UPPER = "l'instance directrice supérieure de l'organisme"
INSTANCES = Table(
    LIPAD,
    "50/2",
    inputs={"institution": Institution},
    lines=(
        Line("50/2/a", Instance("le bureau du Grand Conseil"), {"institution": frozenset({Institution.GRAND_COUNCIL})}),
        Line("50/2/b", Instance("le Conseil d'Etat"), {"institution": _EXECUTIVE}),
        Line(
            "50/2/c",
            Instance("la présidence du conseil supérieur de la magistrature"),
            {"institution": frozenset({Institution.HIGH_COUNCIL})},
        ),
        Line(
            "50/2/d",
            Instance("la commission de gestion du pouvoir judiciaire"),
            {"institution": frozenset({Institution.JUDICIARY})},
        ),
        Line(
            "50/2/e",
            Instance("le bureau du conseil municipal ou, à défaut, son président", _DELEGATION),
            {"institution": frozenset({Institution.MUNICIPAL_COUNCIL})},
        ),
        Line("50/2/f", Instance("l'exécutif communal"), {"institution": frozenset({Institution.COMMUNE})}),
        Line("50/2/g", Instance(_UPPER), {"institution": frozenset({Institution.PUBLIC_BODY})}),
        Line("50/2/h", Instance(_UPPER), {"institution": frozenset({Institution.CONTROLLED_PRIVATE_BODY})}),
        Line(
            "50/2/i",
            Instance("la personne ou l'organisme chargé de la tâche", _WITHIN_TASK),
            {"institution": frozenset({Institution.PERSON_WITH_PUBLIC_TASK})},
        ),
    ),
)
# Art. 50 al. 3: the letters for which the Council of State may act in their stead.
SUBSTITUTED = "efghi"
_CONSULT = Step("Le préposé cantonal est consulté avant l'adoption.", LIPAD.refs("50/2"))
_SUBSTITUTION = Step(
    "Mise en demeure sans effet, le Conseil d'Etat prescrit les mesures du titre III, sur préavis du préposé.",
    LIPAD.refs("50/3"),
)
MEMBERS, QUORUM = 12, 8
# Art. 68 al. 6 dates the first term; each later one begins the day after the one before.
FIRST_TERM_FROM = date(2014, 1, 1)
TERM_YEARS = 5
LAST_TERM = 100
_FOLLOW = TERMS_FOLLOW.reservations()


def adopting_instance(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """Which instance adopts the measures of organisation of an institution (art. 50 al. 2)."""
    found = INSTANCES.decide(on, asked["institution"])
    if not isinstance(found, tuple):
        return found
    line, ref = found
    letter = ref.address[-1]
    return decided(
        on,
        {"instance": line.value.name, "letter": letter},
        "Les mesures sont adoptées par {instance}",
        line.address,
        steps=(_CONSULT, _SUBSTITUTION) if letter in SUBSTITUTED else (_CONSULT,),
        reservations=(line.value.note,) if line.value.note else (),
    )


def term(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """From when until when the commissioner's term of that number runs, both days inclusive (art. 53, 68 al. 6 and 7)."""
    if gap := first_gap(on, "53/1"):
        return gap
    first, last, address = _period(on, asked["number"])
    passages = ("53/1",) if address == "53/1" else (address, "53/1")
    return decided(
        on,
        {"from": first, "until": last},
        "Cette période de fonction va du {from} au {until}",
        *passages,
        reservations=_FOLLOW if asked["number"] > 1 else (),
    )


def commission(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """How the consultative commission is made up for a number of parties, and its quorum (art. 58 al. 1 and 4)."""
    if gap := first_gap(on, "58/1", "58/4"):
        return gap
    elected = asked["parties"]
    return decided(
        on,
        {"elected": elected, "appointed": MEMBERS - elected, "quorum": QUORUM},
        "Le Grand Conseil élit {elected} membres, le Conseil d'Etat en nomme {appointed} ; le quorum est de {quorum}",
        "58/1/a",
        "58/1/b",
        "58/4",
    )


def _period(on: date, number: int) -> tuple[date, date, str]:
    """The first and last day of a term as the law of that day has it, and the passage that fixes them."""
    first = FIRST_TERM_FROM
    for address in ("68/6", "68/7"):
        last = LIPAD.provision(address).until
        if last is None or on < LIPAD.known_from(address):
            break
        if number == 1:
            return first, last, address
        first, number = last + ONE_DAY, number - 1
    start = add_months(first, 12 * TERM_YEARS * (number - 1))
    return start, add_months(start, 12 * TERM_YEARS) - ONE_DAY, "53/1"
