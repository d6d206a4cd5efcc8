"""The questions `rdid.*` as the public contract lists them: inputs, passages relied on, and the rule that answers."""

from __future__ import annotations

from guichet.law.acts.rdid import competence, delivery, fees, lodging, majority, refusal, remedies, validity
from guichet.law.acts.rdid.application import DELIVERY
from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.federal import REPEATED_LOSS, SHARES, VALIDITY
from guichet.law.kernel.inputs import Boolean, Choice, Day, WholeNumber
from guichet.law.kernel.questions import Figures, Question

_REQUEST = Choice(name="request", meaning="Demande", options=competence.Request, names=competence.REQUESTS)
_BORN = Day(name="born", meaning="Date de naissance")
_BORN_IF_AGED = Day(name="born", meaning="Date de naissance, si le prix en dépend", required=False)
_FEES = RDID.refs(*(line.address for line in fees.TARIFF.lines), "12/2")

QUESTIONS = (
    Question(
        "rdid.entitled",
        "La personne a-t-elle droit à un document d'identité ?",
        (Boolean(name="swiss", meaning="La personne est-elle de nationalité suisse ?"),),
        RDID.refs("1"),
        competence.entitled,
    ),
    Question(
        "rdid.authority",
        "À quelle autorité s'adresser ?",
        (_REQUEST, Boolean(name="resident", meaning="La personne est-elle domiciliée dans le canton ?")),
        RDID.refs("2/1", "2/2", "2/3", "2/4", "2/5", "4"),
        competence.authority,
    ),
    Question(
        "rdid.fee",
        "Combien coûte un document d'identité ou une déclaration ?",
        (
            _REQUEST,
            _BORN_IF_AGED,
            Choice(
                name="document",
                meaning="Document volé, perdu ou détruit",
                options=fees.Document,
                names=fees.DOCUMENTS,
                required=False,
            ),
            Boolean(name="indigent", meaning="La personne est-elle indigente ?", required=False, default=False),
        ),
        _FEES,
        fees.fee,
        Figures(fees.TARIFF, fees.point_of),
    ),
    Question(
        "rdid.minor",
        "La personne est-elle mineure ?",
        (_BORN,),
        RDID.refs("6/1", "11/1"),
        majority.minor,
    ),
    Question(
        "rdid.requirements",
        "Que faut-il faire et produire ?",
        (
            _REQUEST,
            Day(name="born", meaning="Date de naissance, sauf pour une déclaration", required=False),
            Choice(name="reason", meaning="Motif", options=lodging.Reason, names=lodging.REASONS),
            Choice(
                name="parents",
                meaning="Situation des parents d'une personne mineure",
                options=lodging.Parents,
                names=lodging.PARENTS,
                required=False,
            ),
            Boolean(
                name="holder_prevented",
                meaning="La personne qui détient l'autorité parentale est-elle empêchée ?",
                required=False,
                default=False,
            ),
        ),
        RDID.refs("3/1", "3/2", "3/3", "5", "6/1", "6/2", "7", "8/1", "10/1", "10/2"),
        lodging.requirements,
    ),
    Question(
        "rdid.share",
        "Comment un émolument se répartit-il ?",
        (
            _REQUEST,
            _BORN_IF_AGED,
            Choice(name="lodged_at", meaning="Lieu du dépôt de la demande", options=fees.Place, names=fees.PLACES),
        ),
        (*RDID.refs("11/1", "11/2"), SHARES),
        fees.share,
    ),
    Question(
        "rdid.validity",
        "Combien de temps un document d'identité est-il valable, aussi après plusieurs pertes ?",
        (
            _BORN,
            WholeNumber(
                name="losses",
                meaning="Nombre de documents du même genre perdus, avec celui-ci, pendant la période qui compte",
                most=99,
                required=False,
                default=0,
            ),
            Boolean(
                name="care_shown",
                meaning="La personne a-t-elle rendu vraisemblable qu'elle a pris le soin voulu ?",
                required=False,
                default=False,
            ),
        ),
        (*RDID.refs("1", "10/2"), VALIDITY, REPEATED_LOSS),
        validity.validity,
    ),
    Question(
        "rdid.may_return",
        "Le document peut-il être rendu à la personne ?",
        (
            Choice(
                name="event",
                meaning="Ce qui est arrivé au document",
                options=refusal.ReturnEvent,
                names=refusal.RETURN_EVENTS,
            ),
            Boolean(name="abuse_feared", meaning="Un abus est-il à craindre ?", required=False, default=False),
        ),
        RDID.refs("8/2", "10/3"),
        refusal.may_return,
    ),
    Question(
        "rdid.appeal_last_day",
        "Jusqu'à quand peut-on recourir contre une décision ?",
        (Day(name="notified_on", meaning="Jour de la notification de la décision"),),
        remedies.APPEAL.basis,
        remedies.appeal_last_day,
    ),
    Question(
        "rdid.delivery_complaint",
        "Jusqu'à quand le document est-il livré, et jusqu'à quand peut-on réclamer ?",
        (Day(name="approved_on", meaning="Jour où la demande a été approuvée"),),
        (*RDID.refs("5"), *DELIVERY.basis, *delivery.COMPLAINT.basis),
        delivery.delivery_complaint,
    ),
)
