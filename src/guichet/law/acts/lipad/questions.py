"""The questions about titles I and II, the media's remedy and what can be appealed, with their inputs and sources."""

from __future__ import annotations

from guichet.law.acts.lipad import documents, media, mediation, scope, sittings
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.clocks import COUNTING, SUSPENSION
from guichet.law.kernel.inputs import Amount, Boolean, Choice, Day, Instant, Percent
from guichet.law.kernel.questions import Question
from guichet.law.terms.passages import ACCESS_REGULATION
from guichet.law.terms.periods import SUSPENSION_READING

_CONFIRMED_ON = Day(name="confirmed_on", meaning="Jour où la confirmation écrite est reçue")
_COUNTED = (COUNTING, *SUSPENSION.values())


def _optional(name: str, meaning: str) -> Boolean:
    return Boolean(name=name, meaning=meaning, required=False, default=False)


_TITLE_I = (
    Question(
        "lipad.scope",
        "La loi s'applique-t-elle à cet organisme ?",
        (
            Choice(name="body", meaning="Genre d'organisme", options=scope.Body, names=scope.BODIES),
            _optional("majority_holding", "Des institutions publiques détiennent-elles la majorité du capital ?"),
            Percent(
                name="subsidy_share",
                meaning="Part des subventions publiques dans le budget de fonctionnement, en pour cent",
                required=False,
            ),
            Amount(name="subsidy_amount", meaning="Montant de ces subventions, en francs", required=False),
            _optional("decisive_delegates", "Leurs représentants y ont-ils un rôle décisif ?"),
        ),
        LIPAD.refs(
            "3/1/a",
            "3/1/b",
            "3/1/c",
            "3/1/d",
            "3/2/a",
            "3/2/a/1",
            "3/2/a/2",
            "3/2/a/3",
            "3/2/b",
            "3/4",
        ),
        scope.scope,
    ),
)
_SITTINGS = (
    Question(
        "lipad.publicity",
        "La séance est-elle publique ?",
        (
            Choice(
                name="body",
                meaning="De qui est-ce la séance ?",
                options=sittings.SittingBody,
                names=sittings.SITTING_BODIES,
            ),
            Choice(
                name="ground",
                meaning="Ce qui la fermerait au public",
                options=sittings.ClosureGround,
                names=sittings.CLOSURE_GROUNDS,
            ),
        ),
        LIPAD.refs("5/1", *(line.address for line in sittings.PUBLICITY.lines)),
        sittings.publicity,
    ),
)
_DOCUMENTS = (
    Question(
        "lipad.is_document",
        "Est-ce un document au sens de la loi ?",
        (
            Choice(
                name="carrier",
                meaning="Support de l'information",
                options=documents.Carrier,
                names=documents.CARRIERS,
            ),
            Boolean(name="public_task", meaning="L'information est-elle relative à une tâche publique ?"),
        ),
        LIPAD.refs("25/1", "25/2", "25/3", "25/4"),
        documents.is_document,
    ),
    Question(
        "lipad.exceptions",
        "Qu'est-ce qui peut s'opposer à l'accès à un document ?",
        (),
        LIPAD.refs(
            documents.RULE,
            documents.BALANCE,
            *(each.address for each in documents.EXCEPTIONS),
            *documents.LESSER_ACCESS,
        ),
        documents.exceptions,
    ),
)
_MEDIATION = (
    Question(
        "lipad.mediation_last_day",
        "Jusqu'à quand peut-on saisir le préposé cantonal ?",
        (_CONFIRMED_ON, SUSPENSION_READING),
        (*LIPAD.refs("30/2", "28/5", "28/6"), *_COUNTED),
        mediation.mediation_last_day,
    ),
    Question(
        "lipad.decision_last_day",
        "Jusqu'à quand l'institution doit-elle décider ?",
        (
            Day(name="recommended_on", meaning="Jour où la recommandation est reçue"),
            Choice(
                name="after",
                meaning="Après quelle recommandation ?",
                options=mediation.DecisionAfter,
                names=mediation.DECISIONS_AFTER,
            ),
            SUSPENSION_READING,
        ),
        (*LIPAD.refs("30/5", "49/6"), *_COUNTED),
        mediation.decision_last_day,
    ),
    Question(
        "lipad.release_from",
        "Dès quand un document peut-il être remis malgré une opposition ?",
        (_CONFIRMED_ON, SUSPENSION_READING),
        (*LIPAD.refs("28/5", "30/2"), *_COUNTED),
        mediation.release_from,
    ),
    Question(
        "lipad.access_fee",
        "Un émolument peut-il être perçu ?",
        (
            Choice(name="copies", meaning="Copies remises", options=documents.Copies, names=documents.COPIES),
            Boolean(name="extra_work", meaning="La demande donne-t-elle un important surcroît de travail ?"),
            Boolean(name="announced", meaning="L'émolument et son montant ont-ils été annoncés au préalable ?"),
        ),
        (*LIPAD.refs("28/7"), ACCESS_REGULATION),
        documents.access_fee,
    ),
    Question(
        "lipad.appeal",
        "Peut-on recourir, et devant qui ?",
        (
            Choice(
                name="act", meaning="Acte de l'institution", options=mediation.AccessAct, names=mediation.ACCESS_ACTS
            ),
            Choice(
                name="institution",
                meaning="De quelle institution ?",
                options=mediation.ActingInstitution,
                names=mediation.ACTING_INSTITUTIONS,
            ),
        ),
        LIPAD.refs("60/1", "60/2"),
        mediation.appeal,
    ),
)
_MEDIA = (
    Question(
        "lipad.rectification",
        "Jusqu'à quand peut-on demander une rectification à un éditeur ?",
        (
            Day(name="known_on", meaning="Jour où l'institution a eu connaissance de la publication"),
            Day(name="published_on", meaning="Jour de la diffusion"),
        ),
        (*LIPAD.refs("34/1"), COUNTING),
        media.rectification,
    ),
    Question(
        "lipad.publisher_answer",
        "Jusqu'à quand l'éditeur doit-il répondre ?",
        (Instant(name="requested_at", meaning="Instant où l'éditeur reçoit la requête"),),
        LIPAD.refs("34/2"),
        media.publisher_answer,
    ),
    Question(
        "lipad.rectification_action",
        "Jusqu'à quand peut-on agir en justice pour une rectification ?",
        (Day(name="answered_on", meaning="Jour de la réponse de l'éditeur"),),
        (*LIPAD.refs("61/2"), *_COUNTED),
        media.rectification_action,
    ),
)
QUESTIONS_ACCESS = (*_TITLE_I, *_SITTINGS, *_DOCUMENTS, *_MEDIATION, *_MEDIA)
