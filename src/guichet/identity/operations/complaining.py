"""The complaint that a document was not delivered in time, which the federal ordinance gives the applicant (OLDI 52/4)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from guichet.casework.acts import record
from guichet.casework.models import Entry
from guichet.identity.models import IdentityApplication
from guichet.identity.rights import applicant
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow
from guichet.law.kernel.answers import Decided
from guichet.law.questions import ask

ACT = "late_delivery_complained"
ON_THE_WAY = ("ordered", "issued")


def answer(application: IdentityApplication, *, on: date) -> Decided | None:
    """What the law says of the delivery of a document that is on its way: both last days; nothing for any other."""
    if application.approved_at is None or application.state not in ON_THE_WAY:
        return None
    told = ask("rdid.delivery_complaint", on=on, approved_on=day_of(application.approved_at))
    return told if isinstance(told, Decided) else None


def complain(application: IdentityApplication, *, at: datetime) -> None:
    """Write the complaint of the applicant into the case, once; the centre reads it on the page of the case.

    Raises:
        NotAllowedNow: the document is not late, the time to complain is over, or it was complained already.
    """
    with transaction.atomic():
        locked = IdentityApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
        told = answer(locked, on=day_of(at))
        if told is None or not told.value["is_open"]:
            raise NotAllowedNow("Aucune réclamation pour retard n'est ouverte.", basis=told.because if told else ())
        if Entry.objects.filter(case_reference=locked.reference, act=ACT).exists():
            raise NotAllowedNow("Votre réclamation est déjà enregistrée.", basis=told.because)
        facts = {"deliver_by": told.value["deliver_by"].isoformat()}
        record(ACT, locked.reference, actor=applicant(locked), at=at, facts=facts, basis=told.because)
