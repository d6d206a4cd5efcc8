"""What an applicant does with an order: begin, fill in, submit, cancel, begin again with the same data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Field

from guichet.casework.acts import SYSTEM, Actor, open_case, record, take
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow
from guichet.kit.ids import new_reference, secret_token, short_code
from guichet.kit.quotes import Quote

from . import known, terms
from .known import Known
from .models import Channel, Delivery, Order, Postage, ServiceVersion, Subject, TermsEdition
from .quote import quote


class Incomplete(NotAllowedNow):
    """A step of the form is missing: the order can't be submitted yet. ``step`` names it."""

    code = "incomplete"

    def __init__(self, message: str, *, step: str) -> None:
        super().__init__(message)
        self.step = step


def applicant(order: Order) -> Actor:
    """The applicant as the journal names them: by account, or as a guest of this order."""
    return Actor("applicant", str(order.account_id) if order.account_id else "guest")


def start(
    version: ServiceVersion, *, account_id: UUID | None, start_key: str, at: datetime, holder_id: UUID | None = None
) -> Order:
    """Begin an order: a draft. The same ``start_key`` (one per shown page) gives the same draft again.

    ``holder_id`` is the registered person of a verified account: they are read for the page that follows.
    """
    order = Order(
        reference=new_reference("CMD"),
        token=secret_token(),
        tracking_code=short_code(),
        start_key=start_key,
        channel=Channel.ACCOUNT if account_id else Channel.GUEST,
        account_id=account_id,
        version=version,
        subject=Subject.DECEASED if version.definition["subjects"] == ["deceased"] else Subject.SELF,
        touched_at=at,
    )
    try:
        with transaction.atomic():
            if holder_id is not None and order.subject == Subject.SELF:
                order.answers[known.KEY] = known.read(order, holder_id, reader=applicant(order), at=at).to_json()
            open_case(order, "draft_begun", actor=applicant(order), at=at, facts={"service": str(version)})
    except IntegrityError:
        begun = Order.objects.filter(start_key=start_key, account=account_id).first()
        # Who began it before signing in, and pressed again after, begins another.
        return begun or start(version, account_id=account_id, start_key=secret_token(), at=at, holder_id=holder_id)
    return order


def read_holder(order: Order, person_id: UUID, *, at: datetime) -> Known:
    """What the register says of the holder of the draft's account: as kept with the draft, else read now and kept."""
    told = known.kept(order, person_id, on=day_of(at))
    if told is None:
        with transaction.atomic():
            told = known.read(order, person_id, reader=applicant(order), at=at)
            _save_draft(order, {"answers": {**order.answers, known.KEY: told.to_json()}, "touched_at": at})
    return told


def save_step(order: Order, step: str, answers: Mapping[str, Any], *, at: datetime, **fields: Any) -> None:
    """Keep what was typed at a step of the form, and the columns that follow from it.

    Raises:
        NotAllowedNow: the order is no draft any more.
    """
    changed = {**fields, "answers": _answers(order, step, answers), "touched_at": at}
    if _save_draft(order, changed):
        return
    with transaction.atomic():
        stored = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        if stored.state != "draft":
            raise NotAllowedNow("Cette commande a déjà été transmise : ses données ne peuvent plus être modifiées ici.")
        order.answers = _answers(stored, step, answers)
        order.touched_at = at
        for name, value in fields.items():
            setattr(order, name, value)
        order.save(update_fields=["answers", "touched_at", *fields])


def _answers(order: Order, step: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept once a step is filled in; what was read of the register has served."""
    return {**{name: kept for name, kept in order.answers.items() if name != known.KEY}, step: dict(answers)}


def _save_draft(order: Order, changed: Mapping[str, Any]) -> bool:
    """One UPDATE of the draft in hand; False where it is no draft any more or was changed since it was read."""
    read_at = order.touched_at
    for name, value in changed.items():
        setattr(order, name, value)
    values = {name: cast("Field[Any, Any]", order._meta.get_field(name)).pre_save(order, add=False) for name in changed}
    return bool(Order.objects.filter(pk=order.pk, state="draft", touched_at=read_at).update(**values))


def adopt(order: Order, *, account_id: UUID, at: datetime) -> None:
    """Give a guest's draft to the account that its author has just signed in with; what was typed stays."""
    adopted = Order.objects.filter(pk=order.pk, state="draft", account=None).update(
        account_id=account_id, channel=Channel.ACCOUNT, touched_at=at
    )
    if adopted:
        record("draft_adopted", order.reference, actor=Actor("applicant", str(account_id)), at=at)
    order.refresh_from_db()


def quote_of(order: Order, *, on: date) -> Quote:
    """The price of the order as filled in so far, under the law of the day ``on``."""
    return quote(
        order.version.service.code,
        title=order.version.title,
        postage=order.postage if order.delivery == Delivery.POST else None,
        on=on,
    )


def check_complete(order: Order) -> None:
    """Raise ``Incomplete`` naming the first step that is missing."""
    if not order.bearer:
        raise Incomplete("Dites d'abord qui le document concerne.", step="personne")
    if not order.delivery or (order.delivery == Delivery.POST and not order.address):
        raise Incomplete("Dites d'abord comment vous voulez recevoir le document.", step="livraison")
    if not order.email:
        raise Incomplete("Dites d'abord à quelle adresse électronique nous pouvons vous écrire.", step="personne")


def submit(order: Order, editions: Sequence[TermsEdition], *, at: datetime) -> bool:
    """Transmit the order: the price is frozen, both texts are accepted, payment is next (CGV 1/2, 3/3).

    Submitting again what is already submitted changes nothing; False then.

    Raises:
        Incomplete: a step is missing.
        TermsChanged: a newer edition binds since ``editions`` were shown.
    """
    check_complete(order)
    _check_binding(editions, at)
    price = quote_of(order, on=day_of(at))
    with transaction.atomic(savepoint=False):
        try:
            take(
                "order_submitted",
                order,
                actor=applicant(order),
                at=at,
                fields={**_quote_fields(price), "ordered_on": day_of(at), "touched_at": at},
                facts={
                    "ordered_on": day_of(at).isoformat(),
                    "total": str(price.total),
                    "terms": [edition.sha256 for edition in editions],
                },
            )
        except NotAllowedNow:
            if order.state != "submitted":
                raise
            order.refresh_from_db()  # of a double click, the second must see the price that the first has frozen
            return False
        terms.accept(order, editions, by=applicant(order).name, at=at)
    return True


def _check_binding(editions: Sequence[TermsEdition], at: datetime) -> None:
    if {edition.pk for edition in terms.binding(at)} != {edition.pk for edition in editions}:
        raise terms.TermsChanged(
            "Une nouvelle édition des conditions a été publiée entre-temps : lisez-la et acceptez-la avant de payer."
        )


def _quote_fields(price: Quote) -> dict[str, Any]:
    return {
        "lines": price.to_json(),
        "fee_centimes": price.amount("fee").centimes,
        "postage_centimes": price.amount("postage").centimes,
        "quote_digest": price.digest,
    }


def reopen(order: Order, *, at: datetime) -> None:
    """Take a submitted, unpaid order back to change its data (CGV 3/3). Done already, it changes nothing."""
    try:
        take("order_reopened", order, actor=applicant(order), at=at, fields={"quote_digest": "", "touched_at": at})
    except NotAllowedNow:
        if order.state != "draft":
            raise


def check_payable(order: Order, *, at: datetime) -> None:
    """Make sure that what would be paid is still what was agreed: the price of today and the editions that bind today.

    Raises:
        PriceChanged, TermsChanged: the order went back to its review page, to be agreed to again.
        NotAllowedNow: there is nothing to pay.
    """
    if order.state != "submitted":
        raise NotAllowedNow(f"Il n'y a rien à payer : la commande est « {order.state_name} ».")
    price = changed_price(order, on=day_of(at))
    if price is not None:
        before = order.total
        reopen(order, at=at)
        raise PriceChanged(
            f"Le tarif a changé depuis votre commande : {price.total} au lieu de {before}. Vérifiez et confirmez."
        )
    editions = terms.binding(at)
    if not terms.accepted(order, editions):
        reopen(order, at=at)
        raise terms.TermsChanged(
            "Une nouvelle édition des conditions a été publiée : elle doit être acceptée avant le paiement."
        )


def changed_price(order: Order, *, on: date) -> Quote | None:
    """What an order that waits to be paid costs on a day, if it isn't what was agreed to (CGV 2/4)."""
    price = quote_of(order, on=on)
    return price if price.digest != order.quote_digest else None


class PriceChanged(NotAllowedNow):
    """The tariff of today is not the one that was agreed to (CGV 2/4)."""

    code = "price_changed"


def cancel(order: Order, *, at: datetime) -> None:
    """Cancel before the payment is validated (CGV 3/1). Cancelling again what is already cancelled changes nothing.

    Raises:
        NotAllowedNow: the payment has been validated: the order is definitive and the fee stays due.
    """
    try:
        take("order_cancelled", order, actor=applicant(order), at=at, fields={"cancelled_at": at, "touched_at": at})
    except NotAllowedNow:
        if order.state != "cancelled":
            raise


def lapse(before: datetime, *, at: datetime) -> int:
    """Give up orders neither paid nor touched since ``before``; how many."""
    given_up = 0
    for order in Order.objects.forgotten(before).order_by("touched_at")[:500]:
        try:
            take("order_lapsed", order, actor=SYSTEM, at=at, fields={"cancelled_at": at})
        except NotAllowedNow:
            continue
        given_up += 1
    return given_up


def order_again(order: Order, version: ServiceVersion, *, start_key: str, at: datetime) -> Order:
    """A new draft with the data of an earlier order: a wrong document is ordered and paid again (CGV 3/3)."""
    again = start(version, account_id=order.account_id, start_key=start_key, at=at)
    if again.answers:
        return again
    again.answers, again.bearer, again.email, again.address = order.answers, order.bearer, order.email, order.address
    again.subject, again.person_id, again.delivery, again.postage = (
        order.subject,
        order.person_id,
        order.delivery,
        Postage(order.postage),
    )
    again.touched_at = at
    again.save(
        update_fields=[
            "answers",
            "bearer",
            "email",
            "address",
            "subject",
            "person",
            "delivery",
            "postage",
            "touched_at",
        ]
    )
    record("data_copied", again.reference, actor=applicant(again), at=at, facts={"from": order.reference})
    return again
