"""The periods that LIPAD fixes (*délais*), for the questions that ask their last day and the procedures that run them."""

from __future__ import annotations

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.readings import LIPAD_PERIODS, PUBLISHER_HOURS, WRITTEN_NOTICE
from guichet.law.acts.lipad.readings_data import DEFERRAL_START, FOOTAGE_END
from guichet.law.kernel.clocks import COUNTING, Clock, Unit
from guichet.law.kernel.interpretations import Interpretation


def _ten_days(name: str, title: str, address: str, fact: str, *readings: Interpretation) -> Clock:
    """Ten days to which no text says whether suspensions apply."""
    return Clock(
        name=name,
        title=title,
        length=10,
        unit=Unit.DAYS,
        basis=(LIPAD.ref(address), COUNTING),
        suspends=None,
        fact=fact,
        readings=(LIPAD_PERIODS, *readings),
    )


MEDIATION = _ten_days("mediation", "Saisir le préposé cantonal", "30/2", "confirmed_on", WRITTEN_NOTICE)
DECISION = _ten_days(
    "decision", "Décision de l'institution après la recommandation", "30/5", "recommended_on", WRITTEN_NOTICE
)
CLAIM_DECISION = _ten_days(
    "claim_decision", "Décision de l'institution sur la prétention", "49/6", "recommended_on", WRITTEN_NOTICE
)
ACTION = _ten_days("action", "Action en rectification", "61/2", "answered_on")
RECTIFICATION_FROM_KNOWLEDGE = Clock(
    name="rectification_from_knowledge",
    title="Demander la rectification, dès la connaissance",
    length=10,
    unit=Unit.DAYS,
    basis=(LIPAD.ref("34/1"), COUNTING),
    fact="known_on",
    readings=(LIPAD_PERIODS,),
)
RECTIFICATION_FROM_PUBLICATION = Clock(
    name="rectification_from_publication",
    title="Demander la rectification, dès la diffusion",
    length=30,
    unit=Unit.DAYS,
    basis=(LIPAD.ref("34/1"), COUNTING),
    fact="published_on",
    readings=(LIPAD_PERIODS,),
)
PUBLISHER = Clock(
    name="publisher",
    title="Réponse de l'éditeur",
    length=48,
    unit=Unit.HOURS,
    basis=(LIPAD.ref("34/2"),),
    readings=(PUBLISHER_HOURS,),
)
DEFERRAL = Clock(
    name="deferral",
    title="Destruction différée, au plus tard",
    length=2,
    unit=Unit.YEARS,
    basis=(LIPAD.ref("40/2"),),
    moves=False,
    fact="no_longer_needed_on",
    readings=(DEFERRAL_START,),
)
FOOTAGE = Clock(
    name="footage",
    title="Destruction de l'enregistrement",
    length=7,
    unit=Unit.DAYS,
    basis=(LIPAD.ref("42/2"),),
    moves=False,
    readings=(FOOTAGE_END,),
)
FOOTAGE_AFTER_HARM = Clock(
    name="footage_after_harm",
    title="Destruction de l'enregistrement, une atteinte étant avérée",
    length=3,
    unit=Unit.MONTHS,
    basis=(LIPAD.ref("42/2"),),
    moves=False,
    readings=(FOOTAGE_END,),
)
