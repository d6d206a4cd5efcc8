"""The periods that LIPAD fixes (*délais*), for the questions that ask their last day and the procedures that run them."""

from __future__ import annotations

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.readings import LIPAD_PERIODS, PUBLISHER_HOURS, WRITTEN_NOTICE
from guichet.law.acts.lipad.readings_data import DEFERRAL_START, FOOTAGE_END
from guichet.law.kernel.clocks import COUNTING, Clock, Unit

MEDIATION = Clock(
    name="mediation",
    title="Saisir le préposé cantonal",
    length=10,
    unit=Unit.DAYS,
    basis=(LIPAD.ref("30/2"), COUNTING),
    suspends=None,
    fact="confirmed_on",
    readings=(LIPAD_PERIODS, WRITTEN_NOTICE),
)
DECISION = Clock(
    name="decision",
    title="Décision de l'institution après la recommandation",
    length=10,
    unit=Unit.DAYS,
    basis=(LIPAD.ref("30/5"), COUNTING),
    suspends=None,
    fact="recommended_on",
    readings=(LIPAD_PERIODS, WRITTEN_NOTICE),
)
CLAIM_DECISION = Clock(
    name="claim_decision",
    title="Décision de l'institution sur la prétention",
    length=10,
    unit=Unit.DAYS,
    basis=(LIPAD.ref("49/6"), COUNTING),
    suspends=None,
    fact="recommended_on",
    readings=(LIPAD_PERIODS, WRITTEN_NOTICE),
)
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
ACTION = Clock(
    name="action",
    title="Action en rectification",
    length=10,
    unit=Unit.DAYS,
    basis=(LIPAD.ref("61/2"), COUNTING),
    suspends=None,
    fact="answered_on",
    readings=(LIPAD_PERIODS,),
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
