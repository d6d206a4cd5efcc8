"""What the events of the procedures of LIPAD carry, and who usually acts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guichet.law.kernel.inputs import Choice, Day

OFFICE = "institution access_officer"
DAY_OF_NOTICE = "le jour où l'écrit est reçu"


class Extent(StrEnum):
    """How far access is given (art. 27)."""

    FULL = "full"
    PARTIAL = "partial"
    DEFERRED = "deferred"


class Outcome(StrEnum):
    """What a decision or a judgment says on what was asked."""

    FULL = "full"
    PARTIAL = "partial"
    DEFERRED = "deferred"
    REFUSED = "refused"


class Party(StrEnum):
    """Who seizes the commissioner (art. 30 al. 1)."""

    REQUESTER = "requester"
    INSTITUTION = "institution"
    THIRD_PARTY = "third_party"


EXTENTS: Mapping[str, str] = {Extent.FULL: "total", Extent.PARTIAL: "partiel", Extent.DEFERRED: "différé"}
OUTCOMES: Mapping[str, str] = {**EXTENTS, Outcome.REFUSED: "refusé"}
PARTIES: Mapping[str, str] = {
    Party.REQUESTER: "le requérant",
    Party.INSTITUTION: "une institution opposée",
    Party.THIRD_PARTY: "un tiers opposé",
}
FAVOURABLE = (Outcome.FULL, Outcome.PARTIAL, Outcome.DEFERRED)

EXTENT = Choice(name="extent", meaning="Étendue de l'accès", options=Extent, names=EXTENTS)
OUTCOME = Choice(name="outcome", meaning="Sens de la décision", options=Outcome, names=OUTCOMES)
JUDGMENT = Choice(name="outcome", meaning="Sens du jugement", options=Outcome, names=OUTCOMES, required=False)
BY_PARTY = Choice(name="by_party", meaning="Qui saisit le préposé cantonal", options=Party, names=PARTIES)
CONFIRMED_ON = Day(name="confirmed_on", meaning=f"Confirmation écrite de l'intention : {DAY_OF_NOTICE}")
RECOMMENDED_ON = Day(name="recommended_on", meaning=f"Recommandation : {DAY_OF_NOTICE}", required=False)
