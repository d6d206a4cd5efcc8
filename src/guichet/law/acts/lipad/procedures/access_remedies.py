"""The acts of a request for access once somebody is not satisfied, and the communication itself (30, 60, 63)."""

from __future__ import annotations

from functools import partial

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import DECISION, MEDIATION
from guichet.law.acts.lipad.procedures.access_handling import CONSULTATION, HANDLED, OBSTACLE
from guichet.law.acts.lipad.procedures.vocabulary import (
    BY_PARTY,
    FAVOURABLE,
    JUDGMENT,
    OFFICE,
    OUTCOME,
    RECOMMENDED_ON,
    Outcome,
    Party,
)
from guichet.law.acts.lipad.readings import LATE_MEDIATION, RELEASE_DAY, UNUSED_WINDOW
from guichet.law.kernel.procedures import line
from guichet.law.terms.passages import APPEAL as APPEAL_PASSAGE
from guichet.law.terms.periods import APPEAL, NOTIFIED_ON

MEDIATED = ("Enregistrer la requête de médiation", "Le préposé cantonal a été saisi d'une requête de médiation.")
RELEASED = ("Communiquer le document", "Le document a été communiqué.")
FINAL = ("Constater l'entrée en force", "La décision est devenue définitive.")

_act = partial(line, LIPAD)

_MEDIATION = (
    _act(
        "commissioner_seized",
        f"{HANDLED} granted_in_part deferred grant_intended refusal_intended communicated_in_part > mediation",
        who="requester commissioner",
        basis="30/1/a 30/2",
        words=MEDIATED,
        facts=(BY_PARTY,),
        when={"by_party": (Party.REQUESTER,)},
        guard="Sa demande n'est pas satisfaite, ou l'institution tarde ; la requête est écrite et brièvement motivée.",
        closes=(MEDIATION.name, CONSULTATION.name, OBSTACLE.name),
        readings=(LATE_MEDIATION,),
    ),
    *(
        _act(
            "commissioner_seized",
            f"{HANDLED} grant_intended > mediation",
            who=f"{party} commissioner",
            basis="30/1/b 30/2",
            words=MEDIATED,
            facts=(BY_PARTY,),
            when={"by_party": (party,)},
            guard="Une institution ou un tiers s'est opposé à la communication.",
            needs=("objection_received",),
            closes=(MEDIATION.name, CONSULTATION.name),
            readings=(LATE_MEDIATION,),
        )
        for party in (Party.INSTITUTION, Party.THIRD_PARTY)
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
        words=("Constater l'échec", "La médiation a échoué ; le préposé cantonal va formuler une recommandation."),
    ),
    _act(
        "recommendation_issued",
        "recommendation_due > recommended",
        who="commissioner",
        basis="30/5",
        words=(
            "Rendre la recommandation",
            "Le préposé cantonal a adressé sa recommandation au requérant et à l'institution.",
        ),
        facts=(RECOMMENDED_ON,),
        opens=(DECISION,),
    ),
)
_DECISION = (
    *(
        _act(
            "decision_rendered",
            f"recommended > {target}",
            who=OFFICE,
            basis="30/5 60/1",
            words=("Rendre la décision", done),
            facts=(OUTCOME, NOTIFIED_ON),
            when={"outcome": outcomes},
            closes=(DECISION.name,),
            opens=(APPEAL,),
        )
        for target, outcomes, done in (
            ("decided_for", FAVOURABLE, "L'institution a décidé de donner accès."),
            ("decided_against", (Outcome.REFUSED,), "L'institution a décidé de refuser l'accès."),
        )
    ),
    _act(
        "appeal_filed",
        "decided_for decided_against > appealed",
        who="requester third_party institution",
        basis="60/1",
        beyond=(APPEAL_PASSAGE,),
        words=("Enregistrer un recours", "Un recours a été formé contre la décision."),
        closes=(APPEAL.name,),
    ),
    _act(
        "became_final",
        "decided_for > enforceable",
        who="system court institution",
        basis="30/3 60/1",
        words=FINAL,
        guard="Le délai de recours est passé sans recours.",
        awaits=(APPEAL.name,),
    ),
    _act(
        "became_final",
        "decided_against > closed",
        who="system court institution",
        basis="60/1",
        words=FINAL,
        guard="Le délai de recours est passé sans recours.",
        awaits=(APPEAL.name,),
    ),
    *(
        _act(
            "became_final",
            f"appealed > {target}",
            who="system court institution",
            basis="63",
            words=("Enregistrer le jugement définitif", done),
            facts=(JUDGMENT,),
            when={"outcome": outcomes},
        )
        for target, outcomes, done in (
            ("enforceable", FAVOURABLE, "Un jugement définitif accorde l'accès."),
            ("closed", (Outcome.REFUSED, None), "Le recours a pris fin sans accorder l'accès."),
        )
    ),
    _act(
        "became_final",
        "refusal_intended > closed",
        who="system institution",
        basis="28/6 30/2",
        words=("Clore après un délai inutilisé", "Personne n'a saisi le préposé cantonal ; la demande est close."),
        guard="Le délai pour saisir le préposé cantonal est passé sans requête.",
        awaits=(MEDIATION.name,),
        readings=(UNUSED_WINDOW,),
    ),
)
_RELEASE = (
    _act("released", "granted agreed enforceable > communicated", who=OFFICE, basis="24/2 30/3", words=RELEASED),
    _act(
        "released",
        "granted_in_part > communicated_in_part",
        who=OFFICE,
        basis="24/2 27/1 27/2",
        words=(RELEASED[0], "Le document caviardé a été communiqué."),
    ),
    _act(
        "released",
        "deferred > communicated",
        who=OFFICE,
        basis="24/2 27/3",
        words=RELEASED,
        guard="L'obstacle temporaire a pris fin.",
        awaits=(OBSTACLE.name,),
    ),
    _act(
        "released",
        "grant_intended > communicated",
        who=OFFICE,
        basis="28/5 30/2",
        words=RELEASED,
        guard="Le délai pour saisir le préposé cantonal est passé sans requête.",
        awaits=(MEDIATION.name,),
        readings=(RELEASE_DAY, UNUSED_WINDOW),
    ),
)

REMEDIES = (*_MEDIATION, *_DECISION, *_RELEASE)
