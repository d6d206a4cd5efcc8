"""Many invented orders at once, so that lists can be measured at the size of a canton's years. Demonstration only.

Rows are inserted in bulk, each with the journal that its acts would have written, chained and complete; what the
measured lists never read (payments, documents, mails) is left out: these orders are for looking at, not for work.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from guichet.casework import journal
from guichet.casework.models import Entry
from guichet.kit.clock import day_of
from guichet.kit.ids import new_reference, secret_token, short_code
from guichet.kit.quotes import Quote
from guichet.law.procedures import CGV_ORDER
from guichet.orders import catalogue
from guichet.orders.models import Channel, Delivery, Order, ServiceVersion, Subject
from guichet.orders.payable import last_day_of_delivery
from guichet.orders.quote import quote
from guichet.people.accounts.demo import NotADemonstration

AT_ONCE = 500
_PAID = ("order_submitted", "payment_validated", "payment_collected")
_ISSUED = (*_PAID, "examination_opened", "service_granted", "document_issued")
# How an order came to be where it is, and how many of a thousand are there after some years.
LIVES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (860, (*_ISSUED, "document_posted")),
    (40, (*_PAID, "examination_opened", "service_refused")),
    (25, ("order_submitted", "order_cancelled")),
    (15, ("order_lapsed",)),
    (10, ("order_submitted",)),
    (10, ()),
    (20, (*_PAID, "examination_opened")),
    (10, _ISSUED),
    (5, (*_PAID, "examination_opened", "service_granted")),
    (5, _PAID),
)
_OPEN_SINCE_DAYS, _CLOSED_SINCE_DAYS = 20, 1500
_NAMES = ("Rochat", "da Conceição", "Krasniqi", "Chappuis", "Müller", "N'Guyen", "Favre", "Bianchi")
_FIRST = ("Amélie", "João", "Zoé", "Noémie", "Jürg", "Linh", "Odile", "Chiara")


def add_orders(count: int, *, at: datetime, seed: int, told: Callable[[int], object]) -> None:
    """Insert so many orders as of ``at``, in transactions of 500; ``told`` hears how many are in.

    Raises:
        NotADemonstration: ``settings.DEMO`` is off.
    """
    if not settings.DEMO:
        raise NotADemonstration
    chance = random.Random(seed)  # noqa: S311 - invented data, no secret
    offers = [(version, _quoted(version, at)) for version in catalogue.on_offer(at)]
    lives = [life for weight, life in LIVES for _ in range(weight)]
    done = 0
    while done < count:
        size = min(AT_ONCE, count - done)
        made = [_order(chance.choice(lives), *chance.choice(offers), chance=chance, at=at) for _ in range(size)]
        with transaction.atomic():
            Order.objects.bulk_create([order for order, _ in made], batch_size=AT_ONCE)
            Entry.objects.bulk_create([entry for _, chain in made for entry in chain], batch_size=AT_ONCE)
        done += size
        told(done)


def _quoted(version: ServiceVersion, at: datetime) -> Quote:
    return quote(version.service.code, title=version.title, postage="b_standard", on=day_of(at))


def _order(
    life: tuple[str, ...], version: ServiceVersion, price: Quote, *, chance: random.Random, at: datetime
) -> tuple[Order, list[Entry]]:
    """One order where its life has brought it, and the journal of that life."""
    state = CGV_ORDER.transition(life[-1]).target if life else CGV_ORDER.initial
    is_over = state in CGV_ORDER.finals or state == "delivered"
    days = chance.uniform(0, _CLOSED_SINCE_DAYS if is_over else _OPEN_SINCE_DAYS)
    opened = at - timedelta(days=days + 1)
    order = Order(state=state, opened_at=opened, version=version, touched_at=opened, **_applicant(chance))
    if life and life != ("order_lapsed",):
        order.ordered_on, order.lines, order.quote_digest = day_of(opened), price.to_json(), price.digest
        order.fee_centimes, order.postage_centimes = price.amount("fee").centimes, price.amount("postage").centimes
    if "payment_validated" in life:
        order.validated_at = order.paid_at = opened + timedelta(minutes=4)
        order.attempt = f"{order.reference[:14]}-1"
        order.due_on = None if is_over else last_day_of_delivery(order)
    if state in ("cancelled", "lapsed"):
        order.cancelled_at = opened + timedelta(minutes=9)
    return order, _journal(order, life, opened)


def _applicant(chance: random.Random) -> dict[str, Any]:
    """What a guest types; every secret is as unguessable as a real one."""
    first, name = chance.choice(_FIRST), chance.choice(_NAMES)
    return {
        "reference": new_reference("CMD"),
        "token": secret_token(),
        "tracking_code": short_code(),
        "start_key": secret_token(),
        "channel": Channel.GUEST,
        "subject": Subject.SELF,
        "delivery": Delivery.POST,
        "email": "personne@exemple.ch",
        "bearer": f"{first} {name}",
        "address": [f"{first} {name}", f"Rue du Lac {chance.randint(1, 90)}", "1207 Genève"],
        "answers": {"person": {"official_name": name, "first_names": first, "born_on": "1985-03-27"}},
    }


def _journal(order: Order, life: tuple[str, ...], opened: datetime) -> list[Entry]:
    """The chain that the acts of this life would have written."""
    chain = [_entry(order, "draft_begun", "applicant", "", CGV_ORDER.initial, opened)]
    for minutes, act in enumerate(life, start=1):
        step = CGV_ORDER.transition(act)
        role = "system" if "system" in step.who else min(step.who)
        at = opened + timedelta(minutes=minutes)
        entry = _entry(order, act, role, chain[-1].target, step.target, at)
        entry.basis = [ref.key for ref in step.basis]
        chain.append(entry)
    end = journal.START
    for entry in chain:
        entry.seq, entry.previous = end.seq + 1, end.digest
        entry.digest = journal.digest_of(entry)
        end = journal.Head(entry.seq, entry.digest)
    return chain


def _entry(order: Order, act: str, role: str, source: str, target: str, at: datetime) -> Entry:
    actor = "guest" if role == "applicant" else "populate"
    return Entry(
        case_reference=order.reference, act=act, role=role, actor=actor, source=source, target=target, at=at, facts={}
    )
