"""A claim about one's own data or a dead relative's (`lipad.claim`), from its receipt to the judgment (44 to 49, 62)."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import CLAIM_DECISION
from guichet.law.acts.lipad.procedures.vocabulary import FAVOURABLE, JUDGMENT, OUTCOME, RECOMMENDED_ON, Outcome
from guichet.law.kernel.inputs import Choice
from guichet.law.kernel.procedures import Gate, Procedure, block, line
from guichet.law.terms.passages import APPEAL as APPEAL_PASSAGE
from guichet.law.terms.periods import APPEAL, NOTIFIED_ON


class Ground(StrEnum):
    """What a claim rests on (art. 49 al. 1)."""

    OWN_DATA = "own_data"
    CLAIM = "claim"
    RELATIVE = "relative"


class Doubt(StrEnum):
    """Why a claim goes to the commissioner (art. 49 al. 4)."""

    NOT_IN_FULL = "not_in_full"
    IN_DOUBT = "in_doubt"


STATES = {
    "draft": "Pas encore reçue",
    "examination": "En examen chez le responsable",
    "identifying": "Identité à justifier",
    "fee_pending": "Émolument à payer d'abord",
    "granted": "Intégralement admise",
    "with_commissioner": "Chez le préposé cantonal",
    "recommended": "Recommandation rendue, décision attendue",
    "decided_for": "Admise par une décision, pas encore définitive",
    "decided_against": "Rejetée par une décision, pas encore définitive",
    "appealed": "Recours pendant",
    "enforceable": "Admise par une décision définitive",
    "executed": "Exécutée",
    "withdrawn": "Retirée",
    "rejected": "Rejetée définitivement",
}
GROUND = Choice(
    name="ground",
    meaning="Objet de la requête",
    options=Ground,
    names={
        Ground.OWN_DATA: "accès à ses données (art. 44)",
        Ground.CLAIM: "prétention sur ses données (art. 47)",
        Ground.RELATIVE: "données d'un proche décédé (art. 48)",
    },
)
DOUBT = Choice(
    name="reason",
    meaning="Pourquoi la requête est transmise",
    options=Doubt,
    names={Doubt.NOT_IN_FULL: "elle n'est pas intégralement admise", Doubt.IN_DOUBT: "son bien-fondé est en doute"},
)
RECEIVED = {
    Ground.OWN_DATA: ("44/1 44/2 49/1", "Une personne a demandé par écrit l'accès à ses données."),
    Ground.CLAIM: ("47/1 47/2 49/1", "Une personne a fait valoir par écrit une prétention sur ses données."),
    Ground.RELATIVE: ("48/1 48/2 49/1", "Un proche a écrit au sujet des données d'une personne décédée."),
}
BEFORE_DECISION = "examination identifying fee_pending with_commissioner recommended"
OFFICER = "access_officer"
_act = partial(line, LIPAD)
_block = partial(block, LIPAD)

_OFFICER = (
    *(
        _act(
            "claim_received",
            "draft > examination",
            who=f"person_concerned relative {OFFICER}",
            basis=basis,
            words=("Enregistrer la requête", done),
            facts=(GROUND,),
            when={"ground": (ground,)},
        )
        for ground, (basis, done) in RECEIVED.items()
    ),
    _act(
        "identity_asked",
        "examination > identifying",
        who=OFFICER,
        basis="44/1",
        words=("Demander une preuve d'identité", "La personne a été priée de justifier de son identité."),
    ),
    _act(
        "identity_proven",
        "identifying > examination",
        who=f"person_concerned relative {OFFICER}",
        basis="44/1",
        words=("Enregistrer la preuve d'identité", "La personne a justifié de son identité."),
    ),
    _act(
        "passed_on",
        "examination > examination",
        who=OFFICER,
        basis="49/2",
        words=("Transmettre au responsable compétent", "La requête a été transmise au responsable compétent."),
    ),
    _act(
        "fee_announced",
        "examination > fee_pending",
        who=OFFICER,
        basis="44/3",
        words=("Demander un émolument préalable", "Le travail est disproportionné : un émolument est à payer d'abord."),
    ),
    _act(
        "fee_paid",
        "fee_pending > examination",
        who=f"person_concerned relative {OFFICER}",
        basis="44/3",
        words=("Enregistrer le paiement", "L'émolument a été payé."),
    ),
    _act(
        "claim_granted",
        "examination > granted",
        who=OFFICER,
        basis="49/3",
        words=(
            "Admettre intégralement",
            "Le responsable a fait intégralement droit à la requête et en a informé la personne.",
        ),
    ),
    _act(
        "referred_to_commissioner",
        "examination > with_commissioner",
        who=OFFICER,
        basis="49/4 46/1 46/2",
        words=(
            "Transmettre au préposé cantonal",
            "La requête a été transmise au préposé cantonal avec les observations et les pièces.",
        ),
        facts=(DOUBT,),
    ),
    _act(
        "claim_withdrawn",
        f"{BEFORE_DECISION} > withdrawn",
        who=f"person_concerned relative {OFFICER}",
        basis="49/1",
        words=("Retirer la requête", "La personne a retiré sa requête."),
        closes=(CLAIM_DECISION.name,),
    ),
)
_COMMISSIONER = (
    _act(
        "views_gathered",
        "with_commissioner > with_commissioner",
        who="commissioner",
        basis="49/5",
        words=("Recueillir un avis", "Le préposé cantonal a recueilli un avis ou une pièce."),
    ),
    _act(
        "recommendation_issued",
        "with_commissioner > recommended",
        who="commissioner",
        basis="49/5",
        words=("Rendre la recommandation", "La recommandation a été adressée à l'institution et à la personne."),
        facts=(RECOMMENDED_ON,),
        opens=(CLAIM_DECISION,),
    ),
)
_DECISION = (
    *(
        _act(
            "decision_rendered",
            f"recommended > {target}",
            who=f"institution {OFFICER}",
            basis="49/6",
            words=("Rendre la décision", done),
            facts=(OUTCOME, NOTIFIED_ON),
            when={"outcome": outcomes},
            closes=(CLAIM_DECISION.name,),
            opens=(APPEAL,),
        )
        for target, outcomes, done in (
            ("decided_for", FAVOURABLE, "L'institution a admis la requête, en tout ou en partie."),
            ("decided_against", (Outcome.REFUSED,), "L'institution a rejeté la requête."),
        )
    ),
    *(
        _act(
            "commissioner_notified",
            f"{state} > {state}",
            who=f"institution {OFFICER}",
            basis="49/6",
            words=("Notifier au préposé cantonal", "La décision a été notifiée aussi au préposé cantonal."),
        )
        for state in ("decided_for", "decided_against")
    ),
    _act(
        "appeal_filed",
        "decided_for decided_against > appealed",
        who="person_concerned relative commissioner third_party",
        basis="62",
        beyond=(APPEAL_PASSAGE,),
        words=("Enregistrer un recours", "Un recours a été formé contre la décision."),
        closes=(APPEAL.name,),
    ),
    *(
        _act(
            "became_final",
            f"{state} > {target}",
            who=f"system court institution {OFFICER}",
            basis="49/6 62",
            words=("Constater l'entrée en force", "La décision est devenue définitive."),
            guard="La décision a été notifiée aussi au préposé cantonal, et le délai de recours est passé.",
            needs=("commissioner_notified",),
            awaits=(APPEAL.name,),
        )
        for state, target in (("decided_for", "enforceable"), ("decided_against", "rejected"))
    ),
    *(
        _act(
            "became_final",
            f"appealed > {target}",
            who=f"system court institution {OFFICER}",
            basis="63",
            words=("Enregistrer le jugement définitif", done),
            facts=(JUDGMENT,),
            when={"outcome": outcomes},
        )
        for target, outcomes, done in (
            ("enforceable", FAVOURABLE, "Un jugement définitif admet la requête."),
            ("rejected", (Outcome.REFUSED, None), "Le recours a pris fin sans admettre la requête."),
        )
    ),
    _act(
        "claim_executed",
        "granted enforceable > executed",
        who=f"institution {OFFICER}",
        basis="44/2 45 47/1 47/2",
        words=(
            "Exécuter ce qui est admis",
            "Ce qui a été admis est exécuté et les destinataires des données sont avisés.",
        ),
    ),
)

CLAIM = Procedure(
    name="lipad.claim",
    title="Faire valoir ses droits sur ses données",
    text="LIPAD",
    initial="draft",
    finals=frozenset({"executed", "withdrawn", "rejected"}),
    states=STATES,
    transitions=(*_OFFICER, *_COMMISSIONER, *_DECISION),
    blocks=(
        _block(
            "decision_rendered",
            "examination identifying fee_pending with_commissioner",
            "Sans admission complète, l'institution ne décide qu'après la recommandation du préposé cantonal.",
            "49/4 49/5 49/6",
        ),
        _block(
            "claim_rejected",
            "examination identifying fee_pending",
            "Le responsable ne rejette pas : ce qu'il n'admet pas en entier va au préposé cantonal.",
            "49/4",
        ),
        _block(
            "claim_executed",
            "decided_for appealed",
            "La décision n'est pas encore définitive.",
            "62 63",
        ),
    ),
    gates=(
        Gate(to="recommendation_issued", after=("referred_to_commissioner",)),
        Gate(to="decision_rendered", after=("recommendation_issued",)),
        Gate(to="appeal_filed", after=("decision_rendered",)),
        Gate(to="rejected", after=("decision_rendered",)),
        Gate(to="executed", after=("claim_granted", "became_final")),
        Gate(to="became_final", clock=APPEAL.name),
        Gate(to="executed", after=("identity_proven",), since="identifying"),
        Gate(to="claim_granted", after=("fee_paid",), since="fee_pending"),
    ),
)
