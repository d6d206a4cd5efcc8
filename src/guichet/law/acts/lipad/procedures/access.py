"""A request for access to a document (`lipad.access`), from its receipt to the document or the judgment (24 to 30, 60)."""

from __future__ import annotations

from functools import partial

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import MEDIATION
from guichet.law.acts.lipad.procedures.access_handling import HANDLED, HANDLING, IN_MEDIATION, OBSTACLE, UNDECIDED
from guichet.law.acts.lipad.procedures.access_remedies import REMEDIES
from guichet.law.kernel.procedures import Gate, Procedure, block
from guichet.law.terms.periods import APPEAL

STATES = {
    "draft": "Pas encore reçue",
    "examination": "En examen",
    "clarifying": "À préciser par le requérant",
    "referred": "Soumise au responsable",
    "consulting": "Consultation en cours",
    "fee_pending": "Émolument annoncé, réponse du requérant attendue",
    "granted": "Accès accordé",
    "granted_in_part": "Accès partiel accordé",
    "deferred": "Accès différé",
    "grant_intended": "Accès annoncé malgré une opposition",
    "refusal_intended": "Refus annoncé",
    "mediation": "En médiation",
    "recommendation_due": "Médiation échouée, recommandation attendue",
    "recommended": "Recommandation rendue, décision attendue",
    "decided_for": "Décision d'accès, pas encore définitive",
    "decided_against": "Décision de refus, pas encore définitive",
    "appealed": "Recours pendant",
    "enforceable": "Accès accordé par une décision définitive",
    "communicated": "Document communiqué",
    "communicated_in_part": "Document communiqué en partie",
    "agreed": "Médiation aboutie, affaire classée",
    "archived": "Document archivé : la loi sur les archives s'applique",
    "withdrawn": "Demande retirée",
    "closed": "Close sans communication",
}

_block = partial(block, LIPAD)
BLOCKS = (
    _block(
        "access_granted",
        "consulting",
        "Les institutions et les tiers protégés sont consultés : aucune suite favorable avant la fin de la consultation.",
        "28/4",
    ),
    _block(
        "released",
        UNDECIDED,
        "L'institution n'a pas encore accordé l'accès.",
        "24/1 28/4",
    ),
    _block(
        "released",
        f"{IN_MEDIATION} decided_for decided_against appealed",
        "Rien n'est communiqué tant qu'un accord, une décision ou un jugement définitif ne l'a pas accordé.",
        "28/5 30/3 63",
    ),
    _block(
        "appeal_filed",
        f"{UNDECIDED} granted_in_part deferred grant_intended refusal_intended {IN_MEDIATION}",
        "Seule la décision qui suit la recommandation du préposé cantonal est sujette à recours.",
        "60/1",
    ),
    _block(
        "decision_rendered",
        f"{UNDECIDED} grant_intended refusal_intended mediation recommendation_due",
        "L'institution ne rend sa décision qu'après la recommandation ; ses autres déterminations n'en sont pas.",
        "30/5 60/1",
    ),
    _block(
        "fee_charged",
        f"{HANDLED} fee_pending",
        "La procédure est gratuite : aucun émolument qui n'ait d'abord été annoncé avec son montant.",
        "28/7",
    ),
)
GATES = (
    Gate(to="released", clock=MEDIATION.name),
    Gate(to="released", clock=APPEAL.name),
    Gate(to="released", clock=OBSTACLE.name),
    Gate(to="released", after=("access_granted", "grant_announced", "mediation_succeeded", "decision_rendered")),
    Gate(to="released", after=("mediation_succeeded", "became_final"), since="mediation"),
    Gate(to="communicated", after=("appeal_filed",), since="decided_against"),
    Gate(to="access_granted", after=("consultation_closed",), since="consulting"),
    Gate(to="grant_announced", after=("objection_received",)),
    Gate(to="recommendation_issued", after=("mediation_failed",)),
    Gate(to="decision_rendered", after=("recommendation_issued",)),
    Gate(to="appeal_filed", after=("decision_rendered",)),
    Gate(to="became_final", clock=APPEAL.name),
)

ACCESS = Procedure(
    name="lipad.access",
    title="Demander l'accès à un document",
    text="LIPAD",
    initial="draft",
    finals=frozenset({"communicated", "communicated_in_part", "agreed", "archived", "withdrawn", "closed"}),
    states=STATES,
    transitions=(*HANDLING, *REMEDIES),
    blocks=BLOCKS,
    gates=GATES,
)
