"""The right of rectification in the media (`lipad.rectification`), from the publication to the judgment (33, 34, 61)."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import (
    ACTION,
    PUBLISHER,
    RECTIFICATION_FROM_KNOWLEDGE,
    RECTIFICATION_FROM_PUBLICATION,
)
from guichet.law.acts.lipad.procedures.readings import PUBLISHER_SILENCE
from guichet.law.kernel.clocks import Clock, Unit
from guichet.law.kernel.inputs import Choice, Day
from guichet.law.kernel.procedures import Gate, Procedure, block, line


class Term(StrEnum):
    """Which of the two periods of art. 34 al. 1 ran out first."""

    KNOWLEDGE = "knowledge"
    PUBLICATION = "publication"


class Judgment(StrEnum):
    """What the court says of an action in rectification (art. 61)."""

    ORDERED = "ordered"
    DISMISSED = "dismissed"


STATES = {
    "draft": "Présentation pas encore connue",
    "known": "Présentation contestée connue",
    "requested": "Rectification demandée à l'éditeur",
    "promised": "Publication annoncée par l'éditeur",
    "refused": "Publication refusée par l'éditeur",
    "defaulted": "Éditeur resté sans réponse, ou texte non publié",
    "pending": "Action devant la juridiction",
    "ordered": "Rectification ordonnée",
    "published": "Texte rectificatif publié",
    "lapsed": "Droit de rectification éteint",
    "dismissed": "Action rejetée",
    "abandoned": "Close sans action",
}
KNOWN_ON = Day(name="known_on", meaning="Jour de la connaissance", required=False)
PUBLISHED_ON = Day(name="published_on", meaning="Jour de la diffusion")
ANSWERED_ON = Day(name="answered_on", meaning="Jour de la réponse de l'éditeur", required=False)
PUBLISH_ON = Day(name="publish_on", meaning="Jour de publication annoncé", required=False)
TERM = Choice(
    name="term",
    meaning="Délai échu",
    options=Term,
    names={Term.KNOWLEDGE: "10 jours dès la connaissance", Term.PUBLICATION: "30 jours dès la diffusion"},
)
JUDGMENT = Choice(
    name="outcome",
    meaning="Sens du jugement",
    options=Judgment,
    names={Judgment.ORDERED: "rectification ordonnée", Judgment.DISMISSED: "action rejetée"},
)
PROMISED_DAY = Clock(
    name="promised_day",
    title="Publication annoncée par l'éditeur",
    length=0,
    unit=Unit.DAYS,
    basis=LIPAD.refs("34/2"),
    moves=False,
    fact=PUBLISH_ON.name,
)
INSTANCE = "competent_instance"
_act = partial(line, LIPAD)
_block = partial(block, LIPAD)

TRANSITIONS = (
    _act(
        "presentation_known",
        "draft > known",
        who=f"institution {INSTANCE}",
        basis="33/1 34/1",
        words=(
            "Signaler une présentation des faits inexacte",
            "L'institution a pris connaissance d'une présentation propre à induire en erreur.",
        ),
        facts=(KNOWN_ON, PUBLISHED_ON),
        opens=(RECTIFICATION_FROM_KNOWLEDGE, RECTIFICATION_FROM_PUBLICATION),
    ),
    _act(
        "rectification_requested",
        "known > requested",
        who=INSTANCE,
        basis="33/2 33/3 34/1",
        words=("Demander la rectification", "La publication d'un texte rectificatif a été demandée à l'éditeur."),
        guard="Le texte soumis est factuel, véridique, concis et clair.",
        opens=(PUBLISHER,),
        closes=(RECTIFICATION_FROM_KNOWLEDGE.name, RECTIFICATION_FROM_PUBLICATION.name),
    ),
    *(
        _act(
            "term_lapsed",
            "known > lapsed",
            who="system institution",
            basis="34/1",
            words=("Constater le délai échu", "Le délai est passé sans que la rectification soit demandée."),
            facts=(TERM,),
            when={"term": (term,)},
            guard="L'un des deux délais de l'art. 34 al. 1 est passé.",
            awaits=(clock.name,),
        )
        for term, clock in (
            (Term.KNOWLEDGE, RECTIFICATION_FROM_KNOWLEDGE),
            (Term.PUBLICATION, RECTIFICATION_FROM_PUBLICATION),
        )
    ),
    _act(
        "publication_promised",
        "requested > promised",
        who="publisher",
        basis="34/2",
        words=("Annoncer la publication", "L'éditeur a dit quand il publiera le texte rectificatif."),
        facts=(PUBLISH_ON,),
        opens=(PROMISED_DAY,),
        closes=(PUBLISHER.name,),
    ),
    _act(
        "publication_refused",
        "requested > refused",
        who="publisher",
        basis="34/2 61/2",
        words=("Refuser la publication", "L'éditeur refuse de publier le texte rectificatif et dit pourquoi."),
        facts=(ANSWERED_ON,),
        opens=(ACTION,),
        closes=(PUBLISHER.name,),
    ),
    _act(
        "default_recorded",
        "requested promised > defaulted",
        who=INSTANCE,
        basis="34/2 61/2",
        words=(
            "Constater le défaut de l'éditeur",
            "L'éditeur n'a pas répondu à temps, ou n'a pas publié le texte qu'il annonçait.",
        ),
        facts=(ANSWERED_ON,),
        guard="Les 48 heures, ou le jour de publication annoncé, sont passés.",
        awaits=(PUBLISHER.name, PROMISED_DAY.name),
        opens=(ACTION,),
        readings=(PUBLISHER_SILENCE,),
    ),
    _act(
        "action_brought",
        "refused defaulted > pending",
        who=INSTANCE,
        basis="61/1 61/2",
        words=("Introduire l'action", "Une action écrite et motivée a été introduite."),
        closes=(ACTION.name,),
    ),
    _act(
        "action_lapsed",
        "refused defaulted > abandoned",
        who="system institution",
        basis="61/2",
        words=("Constater le délai d'action échu", "Aucune action n'a été introduite dans le délai."),
        guard="Le délai pour introduire l'action est passé.",
        awaits=(ACTION.name,),
    ),
    *(
        _act(
            "judgment_rendered",
            f"pending > {target}",
            who="court",
            basis="61/1 61/3",
            words=("Enregistrer le jugement", done),
            facts=(JUDGMENT,),
            when={"outcome": (outcome,)},
        )
        for outcome, target, done in (
            (Judgment.ORDERED, "ordered", "La juridiction a ordonné la rectification."),
            (Judgment.DISMISSED, "dismissed", "La juridiction a rejeté l'action."),
        )
    ),
    _act(
        "rectification_published",
        "requested promised refused defaulted pending ordered > published",
        who=f"publisher {INSTANCE}",
        basis="33/3",
        words=("Constater la publication", "Le texte rectificatif a été publié, gratuitement et sans modification."),
        closes=(PUBLISHER.name, PROMISED_DAY.name, ACTION.name),
    ),
)

RECTIFICATION = Procedure(
    name="lipad.rectification",
    title="Demander une rectification à un média",
    text="LIPAD",
    initial="draft",
    finals=frozenset({"published", "lapsed", "dismissed", "abandoned"}),
    states=STATES,
    transitions=TRANSITIONS,
    blocks=(
        _block(
            "action_brought",
            "known requested promised",
            "L'action suppose une réponse de l'éditeur, ou une autre circonstance qui fonde un intérêt à agir.",
            "61/2",
        ),
    ),
    gates=(
        Gate(to="action_brought", after=("publication_refused", "default_recorded")),
        Gate(to="default_recorded", clock=PUBLISHER.name),
        Gate(to="default_recorded", clock=PROMISED_DAY.name),
        Gate(to="published", after=("rectification_requested",)),
        Gate(to="ordered", after=("action_brought",)),
        Gate(to="abandoned", clock=ACTION.name),
    ),
)
