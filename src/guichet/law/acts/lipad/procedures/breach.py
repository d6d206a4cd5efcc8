"""A breach of data protection found by the commissioner (`lipad.breach`): recommendation, instance, appeal (56 al. 5)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.procedures.readings import INSTANCE_POSITION
from guichet.law.kernel.clocks import Clock, Unit
from guichet.law.kernel.inputs import Choice, Day
from guichet.law.kernel.procedures import Gate, Procedure, block, line
from guichet.law.terms.passages import APPEAL as APPEAL_PASSAGE
from guichet.law.terms.periods import APPEAL, NOTIFIED_ON


class Position(StrEnum):
    """What the instance of article 50 al. 2, or the court after it, says of a breach."""

    REMEDY = "remedy"
    NO_REMEDY = "no_remedy"


STATES = {
    "draft": "Rien de constaté",
    "found": "Violation constatée",
    "recommended": "Recommandation adressée au responsable",
    "unheeded": "Recommandation rejetée ou pas suivie",
    "with_instance": "Chez l'instance compétente",
    "to_remedy": "Violation à corriger",
    "contested": "Position contraire, recours ouvert",
    "appealed": "Recours pendant",
    "remedied": "Violation corrigée",
    "closed": "Close sans correction",
}
REMEDY_BY = Day(name="remedy_by", meaning="Dernier jour imparti pour corriger", required=False)
POSITIONS: Mapping[str, str] = {
    Position.REMEDY: "la violation est à corriger",
    Position.NO_REMEDY: "rien n'est à corriger",
}
POSITION = Choice(name="outcome", meaning="Sens de la prise de position", options=Position, names=POSITIONS)
JUDGMENT = Choice(name="outcome", meaning="Sens du jugement", options=Position, names=POSITIONS)
REMEDY = Clock(
    name="remedy",
    title="Correction recommandée",
    length=0,
    unit=Unit.DAYS,
    basis=LIPAD.refs("56/5"),
    moves=False,
    fact=REMEDY_BY.name,
)
INSTANCE = "competent_instance"
_act = partial(line, LIPAD)
_block = partial(block, LIPAD)

TRANSITIONS = (
    _act(
        "breach_found",
        "draft > found",
        who="commissioner",
        basis="56/1 56/5",
        words=("Constater une violation", "Le préposé cantonal a constaté une violation de la protection des données."),
    ),
    _act(
        "recommendation_issued",
        "found > recommended",
        who="commissioner",
        basis="56/5",
        words=("Recommander de corriger", "Le préposé cantonal a recommandé au responsable de corriger à bref délai."),
        facts=(REMEDY_BY,),
        opens=(REMEDY,),
    ),
    _act(
        "recommendation_followed",
        "recommended unheeded with_instance to_remedy > remedied",
        who="institution access_officer",
        basis="56/5",
        words=("Annoncer la correction", "La violation a été corrigée."),
        closes=(REMEDY.name,),
    ),
    _act(
        "recommendation_rejected",
        "recommended > unheeded",
        who="institution access_officer",
        basis="56/5",
        words=("Rejeter la recommandation", "Le responsable a rejeté la recommandation."),
        closes=(REMEDY.name,),
    ),
    _act(
        "recommendation_not_followed",
        "recommended > unheeded",
        who="commissioner",
        basis="56/5",
        words=("Constater que rien n'est fait", "La recommandation n'a pas été suivie."),
        guard="Le dernier jour imparti pour corriger est passé.",
        awaits=(REMEDY.name,),
    ),
    _act(
        "instance_seized",
        "unheeded > with_instance",
        who="commissioner",
        basis="56/5 50/2",
        words=("Porter l'affaire devant l'instance", "L'affaire a été portée devant l'instance de l'article 50 al. 2."),
    ),
    _act(
        "position_taken",
        "with_instance > to_remedy",
        who=INSTANCE,
        basis="56/5",
        words=("Prendre position", "L'instance demande de corriger la violation."),
        facts=(POSITION,),
        when={"outcome": (Position.REMEDY,)},
    ),
    _act(
        "position_taken",
        "with_instance > contested",
        who=INSTANCE,
        basis="56/5",
        words=("Prendre position", "L'instance n'entend rien corriger."),
        facts=(POSITION, NOTIFIED_ON),
        when={"outcome": (Position.NO_REMEDY,)},
        opens=(APPEAL,),
        readings=(INSTANCE_POSITION,),
    ),
    _act(
        "appeal_filed",
        "contested > appealed",
        who="commissioner",
        basis="56/5 62",
        beyond=(APPEAL_PASSAGE,),
        words=("Recourir", "Le préposé cantonal a recouru contre la prise de position."),
        closes=(APPEAL.name,),
    ),
    _act(
        "became_final",
        "contested > closed",
        who="system commissioner",
        basis="56/5",
        words=("Constater l'entrée en force", "La prise de position est devenue définitive."),
        guard="Le délai de recours est passé sans recours.",
        awaits=(APPEAL.name,),
    ),
    *(
        _act(
            "became_final",
            f"appealed > {target}",
            who="system court commissioner",
            basis="56/5 63",
            words=("Enregistrer le jugement définitif", done),
            facts=(JUDGMENT,),
            when={"outcome": (outcome,)},
        )
        for outcome, target, done in (
            (Position.REMEDY, "to_remedy", "Un jugement définitif ordonne de corriger la violation."),
            (Position.NO_REMEDY, "closed", "Un jugement définitif confirme qu'il n'y a rien à corriger."),
        )
    ),
    _act(
        "matter_dropped",
        "found recommended unheeded > closed",
        who="commissioner",
        basis="56/5",
        words=("Ne pas aller plus loin", "Le préposé cantonal n'a pas porté l'affaire plus loin."),
        closes=(REMEDY.name,),
    ),
)

BREACH = Procedure(
    name="lipad.breach",
    title="Corriger une violation de la protection des données",
    text="LIPAD",
    initial="draft",
    finals=frozenset({"remedied", "closed"}),
    states=STATES,
    transitions=TRANSITIONS,
    blocks=(
        _block(
            "instance_seized",
            "found recommended",
            "L'instance n'est saisie que d'une recommandation rejetée ou pas suivie.",
            "56/5",
        ),
        _block(
            "appeal_filed",
            "found recommended unheeded with_instance",
            "Seule la prise de position de l'instance ouvre un recours.",
            "56/5",
        ),
    ),
    gates=(
        Gate(to="instance_seized", after=("recommendation_rejected", "recommendation_not_followed")),
        Gate(to="recommendation_not_followed", clock=REMEDY.name),
        Gate(to="position_taken", after=("instance_seized",)),
        Gate(to="appeal_filed", after=("position_taken",)),
        Gate(to="became_final", clock=APPEAL.name),
    ),
)
