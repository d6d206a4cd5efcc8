"""A mediation before the commissioner (`lipad.mediation`), from the announced intention to the decision (article 30)."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import DECISION, MEDIATION
from guichet.law.acts.lipad.procedures.vocabulary import (
    BY_PARTY,
    CONFIRMED_ON,
    OFFICE,
    OUTCOME,
    RECOMMENDED_ON,
    Party,
)
from guichet.law.acts.lipad.readings import LATE_MEDIATION, UNUSED_WINDOW
from guichet.law.kernel.inputs import Choice
from guichet.law.kernel.procedures import Gate, Procedure, block, line
from guichet.law.terms.periods import APPEAL, NOTIFIED_ON


class Intention(StrEnum):
    """What an institution says in writing that it means to do (art. 28 al. 5 and 6)."""

    GRANT = "grant"
    REFUSAL = "refusal"


STATES = {
    "draft": "Institution pas encore déterminée",
    "grant_intended": "Accès annoncé malgré une opposition",
    "refusal_intended": "Refus annoncé",
    "mediation": "En médiation",
    "recommendation_due": "Médiation échouée, recommandation attendue",
    "recommended": "Recommandation rendue, décision attendue",
    "decided": "Décision rendue",
    "agreed": "Médiation aboutie, affaire classée",
    "unused": "Délai inutilisé",
    "withdrawn": "Requête retirée",
}
INTENTION = Choice(
    name="intention",
    meaning="Intention confirmée par écrit",
    options=Intention,
    names={Intention.GRANT: "donner accès malgré une opposition", Intention.REFUSAL: "rejeter la demande"},
)
_act = partial(line, LIPAD)
_block = partial(block, LIPAD)

TRANSITIONS = (
    *(
        _act(
            "intention_confirmed",
            f"draft > {target}",
            who=OFFICE,
            basis=basis,
            words=("Confirmer l'intention par écrit", done),
            facts=(INTENTION, CONFIRMED_ON),
            when={"intention": (intention,)},
            opens=(MEDIATION,),
        )
        for intention, target, basis, done in (
            (Intention.GRANT, "grant_intended", "28/5 30/2", "L'institution entend donner accès malgré l'opposition."),
            (Intention.REFUSAL, "refusal_intended", "28/6 30/2", "L'institution entend rejeter la demande."),
        )
    ),
    *(
        _act(
            "commissioner_seized",
            f"draft {intention} > mediation",
            who=f"{party} commissioner",
            basis=basis,
            words=("Saisir le préposé cantonal", "Le préposé cantonal a été saisi d'une requête de médiation."),
            facts=(BY_PARTY,),
            when={"by_party": (party,)},
            guard="La requête est écrite et brièvement motivée ; avant toute détermination, l'institution tarde.",
            closes=(MEDIATION.name,),
            readings=(LATE_MEDIATION,),
        )
        for party, intention, basis in (
            (Party.REQUESTER, "grant_intended refusal_intended", "30/1/a 30/2"),
            (Party.INSTITUTION, "grant_intended", "30/1/b 30/2"),
            (Party.THIRD_PARTY, "grant_intended", "30/1/b 30/2"),
        )
    ),
    _act(
        "term_lapsed",
        "grant_intended refusal_intended > unused",
        who="system",
        basis="28/5 28/6 30/2",
        words=("Constater le délai inutilisé", "Personne n'a saisi le préposé cantonal dans le délai."),
        guard="Le délai pour saisir le préposé cantonal est passé sans requête.",
        awaits=(MEDIATION.name,),
        readings=(UNUSED_WINDOW,),
    ),
    _act(
        "views_gathered",
        "mediation > mediation",
        who="commissioner",
        basis="30/3",
        words=("Recueillir un avis", "Le préposé cantonal a recueilli l'avis d'une personne ou d'une institution."),
    ),
    _act(
        "documents_consulted",
        "mediation > mediation",
        who="commissioner",
        basis="30/3",
        words=("Consulter les documents sur place", "Le préposé cantonal a consulté les documents, sous le secret."),
    ),
    _act(
        "request_withdrawn",
        "mediation recommendation_due recommended > withdrawn",
        who="requester institution third_party commissioner",
        basis="30/1",
        words=("Retirer la requête", "La requête de médiation a été retirée."),
        closes=(DECISION.name,),
    ),
    _act(
        "mediation_succeeded",
        "mediation > agreed",
        who="commissioner",
        basis="30/4",
        words=("Constater l'accord", "La médiation a abouti ; l'affaire est classée."),
    ),
    _act(
        "mediation_failed",
        "mediation > recommendation_due",
        who="commissioner",
        basis="30/5",
        words=("Constater l'échec", "La médiation a échoué."),
    ),
    _act(
        "recommendation_issued",
        "recommendation_due > recommended",
        who="commissioner",
        basis="30/5",
        words=("Rendre la recommandation", "La recommandation a été adressée au requérant et à l'institution."),
        facts=(RECOMMENDED_ON,),
        opens=(DECISION,),
    ),
    _act(
        "decision_rendered",
        "recommended > decided",
        who=OFFICE,
        basis="30/5 60/1",
        words=("Rendre la décision", "L'institution a rendu sa décision sur la communication du document."),
        facts=(OUTCOME, NOTIFIED_ON),
        closes=(DECISION.name,),
        opens=(APPEAL,),
    ),
)
BLOCKS = (
    _block(
        "recommendation_issued",
        "grant_intended refusal_intended mediation",
        "Le préposé cantonal ne recommande qu'après l'échec de la médiation.",
        "30/5",
    ),
    _block(
        "decision_rendered",
        "mediation recommendation_due",
        "La décision suit la recommandation du préposé cantonal.",
        "30/5 60/1",
    ),
    _block(
        "fee_charged",
        "mediation recommendation_due recommended decided agreed",
        "La procédure de médiation est gratuite.",
        "30/6",
    ),
)

MEDIATION_PROCEDURE = Procedure(
    name="lipad.mediation",
    title="Mener une médiation",
    text="LIPAD",
    initial="draft",
    finals=frozenset({"decided", "agreed", "unused", "withdrawn"}),
    states=STATES,
    transitions=TRANSITIONS,
    blocks=BLOCKS,
    gates=(
        Gate(to="unused", clock=MEDIATION.name),
        Gate(to="mediation", after=("commissioner_seized",)),
        Gate(to="agreed", after=("commissioner_seized",)),
        Gate(to="recommendation_issued", after=("mediation_failed",)),
        Gate(to="decision_rendered", after=("recommendation_issued",)),
    ),
)
