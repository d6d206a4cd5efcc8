"""What the events of the procedures of the regulation carry, and who usually acts."""

from __future__ import annotations

from enum import StrEnum

from guichet.law.acts.rdid.competence import REQUESTS, Request
from guichet.law.acts.rdid.fees import DOCUMENTS, Document
from guichet.law.acts.rdid.lodging import PARENTS, REASONS, Parents, Reason
from guichet.law.kernel.inputs import Choice, Day

COUNTER = "commune centre airport_unit"


class DocumentRequest(StrEnum):
    """The requests that lead to a document: those of article 2 less the declaration of loss."""

    IDENTITY_CARD = Request.IDENTITY_CARD.value
    PASSPORT = Request.PASSPORT.value
    BOTH = Request.BOTH.value
    PROVISIONAL_PASSPORT = Request.PROVISIONAL_PASSPORT.value


class Dispensation(StrEnum):
    """Why a person need not appear (art. 3 al. 1, by art. 12 al. 4 of the federal ordinance)."""

    PHYSICAL = "physical_infirmity"
    MENTAL = "mental_infirmity"


class Exchange(StrEnum):
    """Why the old document stays with its holder until the new one is there (art. 8 al. 1, by art. 25 al. 2 OLDI)."""

    TRIP = "trip"
    LEGAL_ACT = "legal_act"


class RefusalGround(StrEnum):
    """Why a document is refused: no entitlement (art. 1), or a case of article 6 of the federal act (art. 9)."""

    NOT_ENTITLED = "not_entitled"
    ORDER = "order"
    DEPOSIT = "deposit"
    WANTED = "wanted"
    ABROAD = "abroad"


class WithdrawalGround(StrEnum):
    """Why a document is withdrawn: a case of article 7 of the federal act (art. 9)."""

    CONDITIONS = "conditions"
    IDENTITY = "identity"
    ALTERED = "altered"
    NATURALISATION = "naturalisation"


class LossKind(StrEnum):
    """What happened to a document that its holder no longer has (art. 10 al. 1)."""

    LOSS = Reason.LOSS.value
    THEFT = Reason.THEFT.value
    DESTRUCTION = Reason.DESTRUCTION.value


class Ruling(StrEnum):
    """What the department decides on a case that the regulation does not foresee (art. 12 al. 2)."""

    PROCEED = "proceed"
    REFUSE = "refuse"


class Judgment(StrEnum):
    """How an appeal ends: the decision stands, or it is set aside."""

    UPHELD = "upheld"
    SET_ASIDE = "set_aside"


class Objection(StrEnum):
    """How the objection of a parent came (art. 6 al. 1)."""

    FORM = "form"
    LETTER = "letter"
    IN_PERSON = "in_person"


class Lifting(StrEnum):
    """What lifts the objection of a parent (art. 6)."""

    AGREEMENT = "agreement"
    DECISION = "decision"


OBJECTIONS = {
    Objection.FORM: "dite dans la formule de demande",
    Objection.LETTER: "par lettre",
    Objection.IN_PERSON: "en personne, au guichet",
}
LIFTINGS = {
    Lifting.AGREEMENT: "les deux parents sont d'accord",
    Lifting.DECISION: "une décision de l'autorité de protection ou du juge est produite",
}
DISPENSATIONS = {
    Dispensation.PHYSICAL: "infirmité physique grave",
    Dispensation.MENTAL: "infirmité mentale grave",
}
EXCHANGES = {Exchange.TRIP: "un voyage", Exchange.LEGAL_ACT: "un acte juridique"}
REFUSAL_GROUNDS = {
    RefusalGround.NOT_ENTITLED: "la personne n'est pas de nationalité suisse",
    RefusalGround.ORDER: "ordre d'une autorité suisse",
    RefusalGround.DEPOSIT: "documents déposés auprès d'une autorité",
    RefusalGround.WANTED: "personne recherchée",
    RefusalGround.ABROAD: "poursuite à l'étranger",
}
WITHDRAWAL_GROUNDS = {
    WithdrawalGround.CONDITIONS: "conditions non remplies",
    WithdrawalGround.IDENTITY: "identité incertaine",
    WithdrawalGround.ALTERED: "inscriptions fausses",
    WithdrawalGround.NATURALISATION: "naturalisation annulée",
}
LOSS_KINDS = {kind: REASONS[kind.value] for kind in LossKind}
RULINGS = {Ruling.PROCEED: "la demande suit son cours", Ruling.REFUSE: "la demande est refusée"}
JUDGMENTS = {Judgment.UPHELD: "la décision est confirmée", Judgment.SET_ASIDE: "la décision est annulée"}

GONE = (Reason.LOSS, Reason.THEFT, Reason.DESTRUCTION)
REPLACED = (Reason.RENEWAL, Reason.NAME_CHANGE, Reason.SEX_CHANGE)
APART = (Parents.SEPARATED, Parents.DIVORCED)
UNITED = (Parents.TOGETHER, Parents.SOLE_HOLDER)

REQUEST = Choice(
    name="request",
    meaning="Document demandé",
    options=DocumentRequest,
    names={word.value: REQUESTS[word.value] for word in DocumentRequest},
)
REASON = Choice(name="reason", meaning="Motif de la demande", options=Reason, names=REASONS)
PARENTS_FACT = Choice(name="parents", meaning="Situation des parents", options=Parents, names=PARENTS)
GROUND_OF_DISPENSATION = Choice(name="ground", meaning="Dispense", options=Dispensation, names=DISPENSATIONS)
GROUND_OF_EXCHANGE = Choice(
    name="ground", meaning="Pourquoi l'ancien document est encore nécessaire", options=Exchange, names=EXCHANGES
)
GROUND_OF_REFUSAL = Choice(name="ground", meaning="Motif du refus", options=RefusalGround, names=REFUSAL_GROUNDS)
GROUND_OF_WITHDRAWAL = Choice(
    name="ground", meaning="Motif du retrait", options=WithdrawalGround, names=WITHDRAWAL_GROUNDS
)
RULING = Choice(name="ruling", meaning="Décision du département", options=Ruling, names=RULINGS)
JUDGMENT = Choice(name="judgment", meaning="Issue du recours", options=Judgment, names=JUDGMENTS)
KIND_OF_LOSS = Choice(name="kind", meaning="Ce qui est arrivé au document", options=LossKind, names=LOSS_KINDS)
LOST_DOCUMENT = Choice(name="document", meaning="Document", options=Document, names=DOCUMENTS)
OBJECTED_ON = Day(name="objected_on", meaning="Jour où le parent s'est opposé")
OBJECTION_CAME_BY = Choice(
    name="came_by", meaning="Comment l'opposition est venue", options=Objection, names=OBJECTIONS
)
OBJECTION_LIFTED_BY = Choice(name="lifted_by", meaning="Ce qui lève l'opposition", options=Lifting, names=LIFTINGS)
APPEARED_ON = Day(
    name="appeared_on", meaning="Jour de la présentation, si elle a eu lieu avant sa saisie", required=False
)
EXPECTED_BY = Day(name="expected_by", meaning="Dernier jour fixé pour produire le document", required=False)
