"""Mediation, the decision after the recommendation, and what can be appealed (art. 28 al. 5, 30, 49 al. 6 and 60 LIPAD).

`lipad.mediation_last_day`, `lipad.decision_last_day`, `lipad.release_from`, `lipad.appeal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from guichet.law.acts.lipad.answers import counted_by, decided, first_gap, last_day
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import CLAIM_DECISION, DECISION, MEDIATION
from guichet.law.acts.lipad.readings import RELEASE_DAY, UNUSED_WINDOW
from guichet.law.kernel.answers import Answer, Step, Steps
from guichet.law.kernel.calendar import ONE_DAY
from guichet.law.kernel.clocks import run
from guichet.law.kernel.tables import Line, Table


class DecisionAfter(StrEnum):
    """After which recommendation the institution must decide: on a document (30/5), on a claim (49/6)."""

    MEDIATION = "mediation"
    CLAIM = "claim"


DECISIONS_AFTER: Mapping[str, str] = {
    DecisionAfter.MEDIATION: "Recommandation après une médiation sur un document",
    DecisionAfter.CLAIM: "Recommandation sur une prétention de la personne concernée",
}
_DECISION_CLOCKS = {DecisionAfter.MEDIATION: DECISION, DecisionAfter.CLAIM: CLAIM_DECISION}


def mediation_last_day(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """The last day to seize the commissioner after a written confirmation, 10 days (art. 30 al. 2)."""
    deadline = run(MEDIATION, asked["confirmed_on"], suspension=asked["suspension"])
    return last_day(on, deadline, "Le dernier jour pour saisir le préposé cantonal est le {last_day}")


def decision_last_day(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """The last day for the institution to decide after a recommendation, 10 days (art. 30 al. 5, 49 al. 6)."""
    deadline = run(_DECISION_CLOCKS[asked["after"]], asked["recommended_on"], suspension=asked["suspension"])
    return last_day(on, deadline, "L'institution décide au plus tard le {last_day}")


def release_from(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """The first day on which a window that nobody used no longer blocks the release (art. 28 al. 5, 30 al. 2)."""
    if gap := first_gap(on, "28/5", "30/2"):
        return gap
    confirmed_on, suspension = asked["confirmed_on"], asked["suspension"]
    deadline = run(MEDIATION, confirmed_on, suspension=suspension)
    first = deadline.last_day + ONE_DAY
    readings = (*UNUSED_WINDOW.reservations(), *RELEASE_DAY.reservations())
    return decided(
        on,
        {"from": first},
        "Si personne n'a saisi le préposé cantonal, le document peut être remis dès le {from}",
        "28/5",
        "30/2",
        outside=counted_by(deadline)[1:],
        steps=Steps(lambda: (*deadline.steps, Step("Le lendemain du dernier jour.", LIPAD.refs("28/5"), first))),
        reservations=(*readings, *deadline.reservations),
    )


class AccessAct(StrEnum):
    """What an institution did on a request for documents (art. 60 al. 1)."""

    INTENTION = "intention"
    POSITION = "position"
    DECISION_AFTER_RECOMMENDATION = "decision_after_recommendation"


ACCESS_ACTS: Mapping[str, str] = {
    AccessAct.INTENTION: "Intention confirmée par écrit de donner ou de refuser l'accès",
    AccessAct.POSITION: "Autre détermination ou mesure",
    AccessAct.DECISION_AFTER_RECOMMENDATION: "Décision après la recommandation du préposé cantonal",
}


class ActingInstitution(StrEnum):
    """Whose act it is: the Court of justice has a forum of its own (art. 60 al. 2)."""

    ORDINARY = "ordinary"
    COURT_OF_JUSTICE = "court_of_justice"


ACTING_INSTITUTIONS: Mapping[str, str] = {
    ActingInstitution.ORDINARY: "Institution autre que la Cour de justice",
    ActingInstitution.COURT_OF_JUSTICE: "Cour de justice, pour ses propres documents",
}


@dataclass(frozen=True, slots=True)
class Remedy:
    """Whether an appeal lies, before which court, the sentence, the passages besides the line's own, what is reserved."""

    forum: str | None
    phrase: str
    besides: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


_NO_DECISION = "Aucun recours : ce n'est pas une décision, mais le préposé cantonal peut être saisi"
_ORDINARY_FORUM = (
    "L'art. 60 ne nomme pas la juridiction ordinaire : la chambre administrative statue sur ces recours "
    "(ATA/969/2025), d'après un texte qui n'est pas dans nos sources."
)
_DECIDED = {"act": frozenset({AccessAct.DECISION_AFTER_RECOMMENDATION})}
REMEDY = Table(
    LIPAD,
    "60",
    inputs={"act": AccessAct, "institution": ActingInstitution},
    lines=(
        Line(
            "60/1",
            Remedy(None, _NO_DECISION),
            {"act": frozenset({AccessAct.INTENTION, AccessAct.POSITION})},
        ),
        Line(
            "60/1",
            Remedy(
                "administrative_chamber",
                "Un recours est ouvert devant la chambre administrative de la Cour de justice",
                notes=(_ORDINARY_FORUM,),
            ),
            {**_DECIDED, "institution": frozenset({ActingInstitution.ORDINARY})},
        ),
        Line(
            "60/2",
            Remedy(
                "judicial_appeal_court",
                "Un recours est ouvert devant la Cour d'appel du pouvoir judiciaire",
                besides=("60/1",),
            ),
            {**_DECIDED, "institution": frozenset({ActingInstitution.COURT_OF_JUSTICE})},
        ),
    ),
)


def appeal(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """Whether an act on a request for documents can be appealed, and before which court (art. 60)."""
    found = REMEDY.decide(on, asked["act"], asked["institution"])
    if not isinstance(found, tuple):
        return found
    line, _ = found
    remedy = line.value
    return decided(
        on,
        {"appealable": remedy.forum is not None, "forum": remedy.forum},
        remedy.phrase,
        line.address,
        *remedy.besides,
        reservations=remedy.notes,
    )
