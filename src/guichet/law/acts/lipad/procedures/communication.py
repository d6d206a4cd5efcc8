"""A communication of personal data (`lipad.communication`), by the recipient that asks for it (article 39)."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from guichet.law.acts.lipad.communication import RECIPIENTS, Recipient
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.procedures.vocabulary import OFFICE
from guichet.law.acts.lipad.readings_data import DECISION_TOLD, EXPLICIT_RIGHT, NOT_CONSULTED
from guichet.law.kernel.inputs import Boolean, Choice
from guichet.law.kernel.procedures import Gate, Procedure, block, line


class Basis(StrEnum):
    """Why data may go to a private person (art. 39 al. 9)."""

    TEXT = "text"
    INTEREST = "interest"


class Answers(StrEnum):
    """What came of consulting the persons concerned (art. 39 al. 10)."""

    UNOPPOSED = "unopposed"
    OPPOSED = "opposed"
    UNANSWERED = "unanswered"
    DISPROPORTIONATE = "disproportionate"


STATES = {
    "draft": "Pas encore demandée",
    "institution_asks": "Demandée par une institution soumise à la loi",
    "court_asks": "Demandée par une autorité judiciaire",
    "swiss_body_asks": "Demandée par une entité suisse de droit public",
    "foreign_body_asks": "Demandée par une entité étrangère de droit public",
    "private_person_asks": "Demandée par une personne de droit privé",
    "officer_first": "Responsable à aviser avant la communication",
    "commissioner_first": "Préposé cantonal à consulter avant la communication",
    "persons_first": "Personnes concernées à consulter avant la communication",
    "opinion_first": "Préavis du préposé cantonal attendu",
    "cleared": "Communication permise",
    "cleared_then_inform": "Communication permise, responsable à aviser ensuite",
    "cleared_then_tell": "Communication permise, décision à communiquer ensuite",
    "inform_after": "Données communiquées, responsable à aviser",
    "tell_after": "Données communiquées, décision à communiquer",
    "tell_refusal": "Communication refusée, décision à communiquer",
    "communicated": "Données communiquées",
    "refused": "Communication refusée",
}
ASKING = {
    Recipient.SUBJECT_INSTITUTION: ("institution_asks", "39/1"),
    Recipient.JUDICIAL_AUTHORITY: ("court_asks", "39/3"),
    Recipient.SWISS_PUBLIC_BODY: ("swiss_body_asks", "39/4"),
    Recipient.FOREIGN_PUBLIC_BODY: ("foreign_body_asks", "39/6"),
    Recipient.PRIVATE_PERSON: ("private_person_asks", "39/9"),
}
FROM_PUBLIC = "institution_asks court_asks swiss_body_asks foreign_body_asks officer_first commissioner_first"
FROM_PRIVATE = "persons_first opinion_first private_person_asks"

RECIPIENT = Choice(
    name="recipient",
    meaning="Qui demande les données",
    options=Recipient,
    names={recipient.value: name for recipient, name in RECIPIENTS.items()},
)
EXPLICIT = Boolean(
    name="explicit_right",
    meaning="Une loi ou un règlement donne déjà expressément ce droit",
    required=False,
    default=False,
)
BASIS = Choice(
    name="ground",
    meaning="Ce qui justifie la communication",
    options=Basis,
    names={Basis.TEXT: "une loi ou un règlement", Basis.INTEREST: "un intérêt privé digne de protection"},
)
ANSWERS = Choice(
    name="answers",
    meaning="Ce qu'a donné la consultation",
    options=Answers,
    names={
        Answers.UNOPPOSED: "personne ne s'oppose",
        Answers.OPPOSED: "une personne s'oppose",
        Answers.UNANSWERED: "une personne ne s'est pas déterminée",
        Answers.DISPROPORTIONATE: "la consultation demanderait un travail disproportionné",
    },
)
VERIFIED = ("Constater que les conditions sont remplies", "L'organe s'est assuré que les conditions sont remplies.")
TOLD = ("Communiquer la décision", "La décision a été communiquée aux parties et aux personnes consultées.")
INFORMED = ("Aviser le responsable", "Le responsable a été avisé de la communication.")
_act = partial(line, LIPAD)
_block = partial(block, LIPAD)

_REQUEST = tuple(
    _act(
        "communication_requested",
        f"draft > {state}",
        who=f"recipient {OFFICE}",
        basis=basis,
        words=("Enregistrer la demande de données", f"Données demandées : {RECIPIENTS[recipient].lower()}."),
        facts=(RECIPIENT,),
        when={"recipient": (recipient,)},
    )
    for recipient, (state, basis) in ASKING.items()
)
_CONDITIONS = (
    *(
        _act(
            "conditions_verified",
            f"{source} > {target}",
            who=OFFICE,
            basis=basis,
            words=VERIFIED,
            facts=(EXPLICIT,),
            when={"explicit_right": (explicit,)},
            readings=(EXPLICIT_RIGHT,) if explicit else (),
        )
        for source, explicit, target, basis in (
            ("institution_asks", False, "cleared_then_inform", "39/1 39/2"),
            ("institution_asks", True, "cleared", "39/1 39/2"),
            ("swiss_body_asks", False, "officer_first", "39/4 39/5"),
            ("swiss_body_asks", True, "cleared", "39/4 39/5"),
        )
    ),
    _act(
        "conditions_verified",
        "court_asks > cleared",
        who=OFFICE,
        basis="39/3",
        words=VERIFIED,
        guard="Aucun secret protégé par la loi ne s'y oppose.",
    ),
    _act(
        "conditions_verified",
        "foreign_body_asks > commissioner_first",
        who=OFFICE,
        basis="39/6 39/7",
        words=VERIFIED,
    ),
    *(
        _act(
            "conditions_verified",
            f"private_person_asks > {target}",
            who=OFFICE,
            basis=basis,
            words=VERIFIED,
            facts=(BASIS,),
            when={"ground": (ground,)},
        )
        for ground, target, basis in (
            (Basis.TEXT, "cleared_then_tell", "39/9/a"),
            (Basis.INTEREST, "persons_first", "39/9/b 39/10"),
        )
    ),
)
_BEFORE = (
    _act("officer_informed", "officer_first > cleared", who=OFFICE, basis="39/5 51/1/b", words=INFORMED),
    _act(
        "commissioner_consulted",
        "commissioner_first > cleared",
        who=f"{OFFICE} commissioner",
        basis="39/8",
        words=("Consulter le préposé cantonal", "Le préposé cantonal a été consulté avant toute communication."),
    ),
    _act(
        "persons_consulted",
        "persons_first > cleared_then_tell",
        who=OFFICE,
        basis="39/10",
        words=("Consulter les personnes concernées", "Les personnes concernées ne s'opposent pas."),
        facts=(ANSWERS,),
        when={"answers": (Answers.UNOPPOSED,)},
    ),
    _act(
        "persons_consulted",
        "persons_first > opinion_first",
        who=OFFICE,
        basis="39/10",
        words=(
            "Consulter les personnes concernées",
            "Une personne concernée s'oppose ou ne s'est pas déterminée : un préavis est demandé.",
        ),
        facts=(ANSWERS,),
        when={"answers": (Answers.OPPOSED, Answers.UNANSWERED, Answers.DISPROPORTIONATE)},
        readings=(NOT_CONSULTED,),
    ),
    _act(
        "opinion_given",
        "opinion_first > cleared_then_tell",
        who="commissioner",
        basis="39/10",
        words=("Donner un préavis", "Le préposé cantonal a donné son préavis."),
    ),
)
_OUTCOME = (
    *(
        _act(
            "data_communicated",
            f"{source} > {target}",
            who=OFFICE,
            basis=basis,
            words=("Communiquer les données", "Les données ont été communiquées."),
        )
        for source, target, basis in (
            ("cleared", "communicated", "39/2 39/3 39/5 39/8"),
            ("cleared_then_inform", "inform_after", "39/2"),
            ("cleared_then_tell", "tell_after", "39/9 39/10"),
        )
    ),
    *(
        _act(
            "communication_refused",
            f"{sources} > {target}",
            who=OFFICE,
            basis=basis,
            words=("Refuser la communication", "La communication a été refusée."),
        )
        for sources, target, basis in (
            (f"{FROM_PUBLIC} cleared cleared_then_inform", "refused", "39/1 39/3 39/4 39/6"),
            (f"{FROM_PRIVATE} cleared_then_tell", "tell_refusal", "39/9 39/10"),
        )
    ),
    _act("officer_informed", "inform_after > communicated", who=OFFICE, basis="39/2 51/1/b", words=INFORMED),
    *(
        _act(
            "decision_notified",
            f"{source} > {target}",
            who=OFFICE,
            basis="39/11",
            words=TOLD,
            readings=(DECISION_TOLD,),
        )
        for source, target in (("tell_after", "communicated"), ("tell_refusal", "refused"))
    ),
)

COMMUNICATION = Procedure(
    name="lipad.communication",
    title="Communiquer des données personnelles",
    text="LIPAD",
    initial="draft",
    finals=frozenset({"communicated", "refused"}),
    states=STATES,
    transitions=(*_REQUEST, *_CONDITIONS, *_BEFORE, *_OUTCOME),
    blocks=(
        _block(
            "data_communicated",
            "institution_asks court_asks swiss_body_asks foreign_body_asks private_person_asks",
            "Les conditions de la communication doivent d'abord être vérifiées.",
            "39/1 39/3 39/4 39/6 39/9",
        ),
        _block("data_communicated", "officer_first", "Le responsable doit d'abord être avisé.", "39/5"),
        _block("data_communicated", "commissioner_first", "Le préposé cantonal doit d'abord être consulté.", "39/8"),
        _block(
            "data_communicated",
            "persons_first opinion_first",
            "Les personnes concernées, ou à défaut le préposé cantonal, doivent d'abord être consultés.",
            "39/10",
        ),
    ),
    gates=(
        Gate(to="data_communicated", after=("conditions_verified",)),
        Gate(to="data_communicated", after=("officer_informed",), since="officer_first"),
        Gate(to="data_communicated", after=("commissioner_consulted",), since="foreign_body_asks"),
        Gate(to="data_communicated", after=("persons_consulted",), since="persons_first"),
        Gate(to="data_communicated", after=("opinion_given",), since="opinion_first"),
        Gate(to="communicated", after=("decision_notified",), since="private_person_asks"),
        Gate(to="refused", after=("decision_notified",), since="private_person_asks"),
        Gate(to="communicated", after=("officer_informed",), since="cleared_then_inform"),
    ),
)
