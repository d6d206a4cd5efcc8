"""Article 5, as art. 52 of the federal ordinance completes it: how long a delivery takes, and the complaint about a late one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from guichet.law.acts.rdid.application import DELIVERY
from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.federal import oldi
from guichet.law.acts.rdid.readings import remarks
from guichet.law.facts.reading import Facts
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.kernel.clocks import Clock, Unit, run
from guichet.law.terms.readings import WORKING_DAYS

COMPLAINT = Clock(
    name="complaint",
    title="Réclamation pour livraison tardive",
    length=5,
    unit=Unit.WORKING_DAYS,
    basis=(oldi("52/4"),),
    readings=(WORKING_DAYS,),
)


def delivery_complaint(on: date, facts: Facts, asked: Mapping[str, Any]) -> Answer:
    """Until when a document is to be delivered in Switzerland, and how long one may complain that it was not (OLDI 52).

    The regulation sends it to the address of the form (art. 5); the federal ordinance counts from the approval. Both days
    are inclusive.
    """
    if gap := RDID.gap("5", on):
        return gap
    delivery = run(DELIVERY, asked["approved_on"])
    complaint = run(COMPLAINT, delivery.last_day)
    return Decided(
        value={
            "deliver_by": delivery.last_day,
            "complain_by": complaint.last_day,
            "is_open": delivery.last_day < on <= complaint.last_day,
        },
        phrase=(
            "Le document est à livrer jusqu'au {deliver_by} ; s'il n'arrive pas, la réclamation est possible jusqu'au "
            "{complain_by} compris"
        ),
        because=(*RDID.refs("5"), *DELIVERY.basis, *COMPLAINT.basis),
        steps=(*delivery.steps, *complaint.steps),
        reservations=tuple(
            dict.fromkeys(
                (*delivery.reservations, *complaint.reservations, *WORKING_DAYS.reservations(), *remarks(on, "5"))
            )
        ),
    )
