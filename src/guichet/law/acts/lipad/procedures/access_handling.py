"""The acts of a request for access before anybody contests anything: receipt, consultation, position (27 to 29)."""

from __future__ import annotations

from functools import partial

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import DECISION, MEDIATION
from guichet.law.acts.lipad.procedures.vocabulary import CONFIRMED_ON, EXTENT, OFFICE, Extent
from guichet.law.kernel.clocks import Clock, Unit
from guichet.law.kernel.inputs import Boolean, Day
from guichet.law.kernel.procedures import line

HANDLED = "examination referred consulting"
UNDECIDED = "examination clarifying referred consulting fee_pending"
IN_MEDIATION = "mediation recommendation_due recommended"


ARCHIVED = Boolean(
    name="archived", meaning="Document versé aux archives (art. 29 al. 2)", required=False, default=False
)
DEFERRED_UNTIL = Day(name="deferred_until", meaning="Dernier jour de l'obstacle temporaire", required=False)
ANSWER_BY = Day(name="answer_by", meaning="Dernier jour imparti pour s'opposer", required=False)
CONSULTATION = Clock(
    name="consultation",
    title="Réponse des personnes consultées",
    length=0,
    unit=Unit.DAYS,
    basis=LIPAD.refs("28/4"),
    moves=False,
    fact=ANSWER_BY.name,
)
OBSTACLE = Clock(
    name="deferral",
    title="Accès différé",
    length=0,
    unit=Unit.DAYS,
    basis=LIPAD.refs("27/3"),
    moves=False,
    fact=DEFERRED_UNTIL.name,
)
ASKED = ("Enregistrer la demande", "La demande d'accès a été reçue.")
TO_ARCHIVES = (
    "Renvoyer aux archives",
    "Le document est archivé : l'accès dépend de la loi sur les archives publiques.",
)
GRANTED = "L'accès au document a été accordé."
UNOPPOSED = "Personne ne s'oppose à la communication ; sinon l'accès s'annonce d'abord (art. 28 al. 5)."

_act = partial(line, LIPAD)

_INTAKE = (
    _act(
        "request_received",
        "draft > examination",
        who=f"requester {OFFICE}",
        basis="24/1 28/1 28/2",
        words=ASKED,
        facts=(ARCHIVED,),
        when={"archived": (False,)},
    ),
    _act(
        "request_received",
        "draft > archived",
        who=f"requester {OFFICE} archivist",
        basis="29/2 28/1",
        words=TO_ARCHIVES,
        facts=(ARCHIVED,),
        when={"archived": (True,)},
    ),
    _act(
        "clarification_asked",
        "examination referred > clarifying",
        who=OFFICE,
        basis="28/1",
        words=(
            "Demander une précision ou un écrit",
            "Le requérant a été prié de préciser quel document il cherche, ou d'écrire.",
        ),
    ),
    _act(
        "clarified",
        "clarifying > examination",
        who=f"requester {OFFICE}",
        basis="28/1",
        words=("Enregistrer la précision", "Le requérant a précisé sa demande."),
        facts=(ARCHIVED,),
        when={"archived": (False,)},
    ),
    _act(
        "clarified",
        "clarifying > archived",
        who=f"requester {OFFICE}",
        basis="29/2 28/1",
        words=TO_ARCHIVES,
        facts=(ARCHIVED,),
        when={"archived": (True,)},
    ),
    _act(
        "referred_to_responsable",
        "examination > referred",
        who="institution",
        basis="28/3",
        words=("En référer au responsable", "Une exception est en doute : le responsable en a été saisi."),
    ),
)
_CONSULTATION = (
    _act(
        "consultation_opened",
        "examination referred consulting > consulting",
        who=OFFICE,
        basis="28/4",
        words=(
            "Consulter une institution ou un tiers",
            "Les institutions et les tiers protégés ont été consultés, avec un bref délai pour s'opposer.",
        ),
        facts=(ANSWER_BY,),
        opens=(CONSULTATION,),
    ),
    _act(
        "opinion_received",
        "consulting > consulting",
        who=f"third_party {OFFICE}",
        basis="28/4",
        words=("Enregistrer un avis", "Une personne consultée a donné son avis, sans s'opposer."),
    ),
    _act(
        "objection_received",
        "consulting > consulting",
        who=f"third_party {OFFICE}",
        basis="28/4",
        words=("Enregistrer une opposition", "Une personne consultée s'est opposée à la communication."),
    ),
    _act(
        "consultation_closed",
        "consulting > examination",
        who=OFFICE,
        basis="28/4",
        words=("Clore la consultation", "La consultation est close."),
        guard="Toutes les personnes consultées ont répondu, ou leur délai est passé.",
        closes=(CONSULTATION.name,),
    ),
    _act(
        "fee_announced",
        "examination referred > fee_pending",
        who=OFFICE,
        basis="28/7",
        words=("Annoncer un émolument", "Le requérant a été informé d'un émolument et de son montant."),
    ),
    _act(
        "fee_accepted",
        "fee_pending > examination",
        who=f"requester {OFFICE}",
        basis="28/7",
        words=("Accepter l'émolument", "Le requérant a accepté l'émolument annoncé."),
    ),
    _act(
        "request_withdrawn",
        f"{UNDECIDED} grant_intended refusal_intended {IN_MEDIATION} > withdrawn",
        who=f"requester {OFFICE}",
        basis="28/1 28/7",
        words=("Retirer la demande", "Le requérant a retiré sa demande."),
        closes=(CONSULTATION.name, MEDIATION.name, DECISION.name),
    ),
)
_POSITION = (
    *(
        _act(
            "access_granted",
            f"examination referred > {target}",
            who=OFFICE,
            basis=basis,
            words=("Accorder l'accès", done),
            facts=(EXTENT,),
            when={"extent": (extent,)},
            guard=UNOPPOSED,
            unless=("objection_received",),
        )
        for extent, target, basis, done in (
            (Extent.FULL, "granted", "24/1 24/2 28/4", GRANTED),
            (Extent.PARTIAL, "granted_in_part", "27/1 27/2 28/4", "Un accès partiel au document a été accordé."),
        )
    ),
    _act(
        "access_granted",
        "examination referred > deferred",
        who=OFFICE,
        basis="27/3 28/4",
        words=("Accorder l'accès", "L'accès a été accordé pour plus tard : l'obstacle est temporaire."),
        facts=(EXTENT, DEFERRED_UNTIL),
        when={"extent": (Extent.DEFERRED,)},
        guard=UNOPPOSED,
        unless=("objection_received",),
        opens=(OBSTACLE,),
    ),
    _act(
        "grant_announced",
        "examination referred > grant_intended",
        who=OFFICE,
        basis="28/5 30/2",
        words=(
            "Annoncer l'accès malgré l'opposition",
            "L'institution a annoncé par écrit qu'elle entend donner accès malgré l'opposition, et en a informé le préposé.",
        ),
        facts=(CONFIRMED_ON,),
        guard="Une institution ou un tiers s'est opposé ; sinon l'accès s'accorde directement.",
        needs=("objection_received",),
        opens=(MEDIATION,),
    ),
    _act(
        "refusal_announced",
        f"{HANDLED} > refusal_intended",
        who=OFFICE,
        basis="28/6 30/2 27/1 27/3",
        words=("Annoncer un refus", "L'institution a annoncé par écrit qu'elle entend rejeter la demande."),
        facts=(CONFIRMED_ON,),
        guard="Un accès partiel ou différé a été examiné et écarté.",
        opens=(MEDIATION,),
        closes=(CONSULTATION.name,),
    ),
)

HANDLING = (*_INTAKE, *_CONSULTATION, *_POSITION)
