"""What the terms of sale decide, question by question, in the order of their chapters (`cgv.*`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from guichet.law.acts.cgv.corpus import CGV
from guichet.law.facts.reading import Facts
from guichet.law.kernel.addresses import distinct
from guichet.law.kernel.answers import Answer, Decided, OutsideSources, Step, Steps, first_undecided
from guichet.law.kernel.clocks import Clock, Unit, run
from guichet.law.kernel.inputs import BadInput
from guichet.law.kernel.moments import day_in_geneva
from guichet.law.kernel.money import Chf
from guichet.law.kernel.tables import Line, Table
from guichet.law.terms.passages import FEE_REGULATION, OUTSIDE_TEXTS
from guichet.law.terms.readings import WORKING_DAYS

Inputs = Mapping[str, Any]


class RefundReason(StrEnum):
    """Why a person would ask for the fee back (art. 5 al. 2 CGV): the office refused, or the order was withdrawn."""

    REFUSAL = "refusal"
    WITHDRAWAL = "withdrawal"


SERVICES = {
    "residence": "Attestation de résidence",
    "residence_history": "Attestation de résidence avec historique des séjours",
    "residence_civic_rights": "Attestation de résidence avec droits civiques",
    "departure": "Attestation de départ",
    "departure_history": "Attestation de départ avec historique des séjours",
    "generic": "Attestation",
    "domicile_declaration": "Déclaration de domicile",
}
FREE_POSTAGE = "b_standard"
POSTAGE_OPTIONS = {
    FREE_POSTAGE: "Lettre standard, courrier B",
    "a_standard": "Lettre standard, courrier A",
    "registered": "Lettre recommandée",
}
REFUND_REASONS = {"refusal": "Refus de l'office", "withdrawal": "Retrait de la commande"}
POSTAGE_TARIFF = "le tarif de La Poste pour ce genre d'envoi"

CANCELLATION = Table(
    CGV,
    "3/1",
    inputs={"payment_validated": (False, True)},
    lines=(
        Line("3/1", (True, "La commande peut encore être annulée"), {"payment_validated": frozenset({False})}),
        Line(
            "3/1",
            (False, "La commande est définitive et ne peut plus être annulée ; la taxe reste due"),
            {"payment_validated": frozenset({True})},
        ),
    ),
)
# Both lines say no: a fee once validated is never given back for these reasons, and that absence is the rule.
REFUND = Table(
    CGV,
    "5/2",
    inputs={"reason": RefundReason},
    lines=(
        Line("5/2", ("3/5", "Le refus de l'office"), {"reason": frozenset({RefundReason.REFUSAL})}),
        Line("5/2", ("3/1", "Le retrait de la commande"), {"reason": frozenset({RefundReason.WITHDRAWAL})}),
    ),
)
DELIVERY = Clock(
    name="delivery",
    title="Livraison du document",
    at_least=7,
    length=14,
    unit=Unit.WORKING_DAYS,
    basis=CGV.refs("3/4"),
    indicative=True,
    counted_from="order_submitted",
    fact="ordered_on",
    readings=(WORKING_DAYS,),
)


def law_day(on: date, facts: Facts, asked: Inputs) -> Answer:
    """The day whose law governs an order: that of the validation of its payment, in Geneva (art. 2 al. 4)."""
    ordered_at, validated_at = asked["ordered_at"], asked["payment_validated_at"]
    if gap := CGV.gap("2/4", on):
        return gap
    because = CGV.refs("2/4")
    if validated_at is None:
        return Decided(
            value={"day": on},
            phrase="Le droit applicable serait celui du {day}",
            because=because,
            reservations=("Date indicative : le paiement n'est pas validé, le jour de sa validation comptera.",),
        )
    if validated_at < ordered_at:
        raise BadInput("payment_validated_at", validated_at.isoformat(), "un instant qui ne précède pas la commande")
    day = day_in_geneva(validated_at)
    step = Step("Jour de la validation du paiement, à Genève.", because, day)
    unheld = () if CGV.gap("2/4", day) is None else ("L'édition des CGV applicable ce jour-là n'est pas connue.",)
    return Decided(
        value={"day": day},
        phrase="Le droit applicable est celui du {day}",
        because=because,
        steps=(step,),
        reservations=unheld,
    )


def may_cancel(on: date, facts: Facts, asked: Inputs) -> Answer:
    """Whether the applicant may still cancel: until the payment is validated (art. 3 al. 1)."""
    found = CANCELLATION.decide(on, asked["payment_validated"])
    if not isinstance(found, tuple):
        return found
    line, ref = found
    may, phrase = line.value
    return Decided(value={"may": may}, phrase=phrase, because=(ref,))


def refund_due(on: date, facts: Facts, asked: Inputs) -> Answer:
    """Whether a validated fee is given back after a refusal or a withdrawal: it is not (art. 3 al. 1, 5 al. 2)."""
    found = REFUND.decide(on, asked["reason"])
    if not isinstance(found, tuple):
        return found
    line, ref = found
    address, event = line.value
    phrase = f"{event} ne donne droit à aucun remboursement une fois le paiement validé"
    return Decided(value={"due": False}, phrase=phrase, because=(ref, CGV.ref(address)))


def delivery_window(on: date, facts: Facts, asked: Inputs) -> Answer:
    """The 7th and the 14th working day after the order, which bind nobody (art. 3 al. 4)."""
    if gap := CGV.gap("3/4", on):
        return gap
    deadline = run(DELIVERY, asked["ordered_on"])
    return Decided(
        value={"earliest": deadline.earliest, "latest": deadline.last_day, "indicative": True},
        phrase="Le document arrive entre le {earliest} et le {latest}, à titre indicatif",
        because=DELIVERY.basis,
        steps=deadline.steps,
        reservations=deadline.reservations,
    )


def fee(on: date, facts: Facts, asked: Inputs) -> Answer:
    """The fee of a service, VAT included: the line of the tariff valid on the day of law (art. 5 al. 1 and 3)."""
    if gap := CGV.gap("5/1", on):
        return gap
    line = facts.find("tariff", asked["service"], on)
    if line is None:
        missing = f"la ligne du tarif : {OUTSIDE_TEXTS['RDROCPMC']}"
        return OutsideSources(missing=missing, because=(CGV.ref("5/1"), FEE_REGULATION))
    return Decided(
        value={"amount": line.value, "vat_included": True},
        phrase=f"La taxe de « {line.label} » est de {{amount}}, TVA comprise",
        because=(CGV.ref("5/1"), CGV.ref("5/3"), line.ref),
        reservations=line.reservations(on),
    )


def postage(on: date, facts: Facts, asked: Inputs) -> Answer:
    """The cost of sending: nothing for a standard B letter, the Post's tariff for the rest (art. 5 al. 4)."""
    if gap := CGV.gap("5/4", on):
        return gap
    because, option = CGV.refs("5/4"), asked["option"]
    if option == FREE_POSTAGE:
        return Decided(
            value={"amount": Chf(0)}, phrase="L'envoi par lettre standard en courrier B est gratuit", because=because
        )
    line = facts.find("postage", option, on)
    if line is None:
        return OutsideSources(missing=POSTAGE_TARIFF, because=because)
    return Decided(
        value={"amount": line.value},
        phrase=f"L'envoi « {line.label} » coûte {{amount}}, à la charge du demandeur",
        because=(*because, line.ref),
        reservations=line.reservations(on),
    )


def total(on: date, facts: Facts, asked: Inputs) -> Answer:
    """What must be paid before anything is delivered: fee and postage (art. 3 al. 2)."""
    parts = (fee(on, facts, asked), postage(on, facts, asked))
    if undecided := first_undecided(*parts):
        return undecided
    fee_due, postage_due = (part.require()["amount"] for part in parts)
    return Decided(
        value={"fee": fee_due, "postage": postage_due, "total": fee_due + postage_due},
        phrase="Il faut payer {total} : {fee} de taxe et {postage} de frais d'envoi",
        because=distinct(parts[0].because, parts[1].because, CGV.refs("3/2")),
        steps=Steps(
            lambda: (
                Step("Taxe, TVA comprise.", parts[0].because, fee_due),
                Step("Frais d'envoi.", parts[1].because, postage_due),
                Step("Total.", CGV.refs("3/2"), fee_due + postage_due),
            )
        ),
        reservations=(*parts[0].reservations, *parts[1].reservations),
    )


@lru_cache(maxsize=8)
def services(facts: Facts) -> Mapping[str, str]:
    """The services one can ask about, with their names: those of the terms and whatever the tariff adds."""
    return {**SERVICES, **facts.names("tariff")}


@lru_cache(maxsize=8)
def postage_options(facts: Facts) -> Mapping[str, str]:
    """The ways of sending one can ask about, with their names."""
    return {**POSTAGE_OPTIONS, **facts.names("postage")}
