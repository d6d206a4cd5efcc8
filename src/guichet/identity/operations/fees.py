"""The fee at the counter: taken once at the price of the day that counts, and what a birthday adds to it (RDId 11/1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from guichet.casework.acts import Actor, record, take
from guichet.identity.models import IdentityApplication
from guichet.identity.quote import frozen, quote
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow
from guichet.kit.quotes import Quote
from guichet.law.kernel.money import Chf
from guichet.payments.operations.till import take_at_the_till
from guichet.payments.payable import Line, lines_of

from . import sharing


def take_fee(application: IdentityApplication, *, agent: Actor, at: datetime) -> None:
    """Take fee and postage at the counter, at the price of the day on which age counts, and give the receipt.

    Raises:
        NoPrice: the law or the tariff knows no price for that day.
        NotAllowedNow: it is paid or exempted already, or a payment online is under way.
    """
    columns: dict[str, Any] = frozen(quote(application, on=application.age_day(day_of(at))))
    with transaction.atomic():
        fields = {**columns, "validated_at": at, "paid_at": at}
        total = Chf(columns["fee_centimes"] + columns["postage_centimes"])
        take("fee_paid", application, actor=agent, at=at, fields=fields, facts={"amount": str(total), "till": True})
        sharing.book(application, at=at)
        take_at_the_till(application.reference, lines_of(columns["lines"]), at=at)


def price_changed(application: IdentityApplication, price: Quote) -> Chf:
    """How much more the price of the day that counts is than the one agreed to; nothing for who is exempt."""
    return Chf(0) if application.exempted_at else price.total - application.total


def take_difference(application: IdentityApplication, *, agent: Actor, at: datetime) -> None:
    """Take what a birthday between the payment and the appearance has added, with a receipt of its own.

    Raises:
        NotAllowedNow: nothing was paid yet, or nothing more is owed.
    """
    with transaction.atomic():
        stored = IdentityApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
        price = quote(stored, on=stored.age_day(day_of(at)))
        more = price_changed(stored, price)
        if stored.paid_at is None or more.centimes <= 0:
            raise NotAllowedNow("Aucune différence n'est à encaisser pour cette demande.")
        line = Line("fee", "Émolument : différence d'âge", more, _articles(price))
        columns = frozen(price)
        IdentityApplication.objects.filter(pk=stored.pk).update(**columns)
        stored.refresh_from_db(fields=list(columns))
        record("difference_paid", application, actor=agent, at=at, facts={"amount": str(more), "till": True})
        sharing.book(stored, at=at)
        take_at_the_till(application.reference, [line], at=at)
    application.refresh_from_db(fields=list(columns))


def _articles(price: Quote) -> tuple[str, ...]:
    lines: Sequence[Line] = lines_of(price.to_json())
    return next((line.articles for line in lines if line.kind == "fee"), ())
