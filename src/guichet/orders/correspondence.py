"""Messages that people write to the office: passed on to the right contact, and kept with the order they name (CGV 11)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from guichet.casework import outbox
from guichet.casework.acts import Actor, record
from guichet.casework.models import Note
from guichet.kit.clock import day_of
from guichet.kit.crypto import blind_index

from .models import Order

# The name, in notes and journal, of somebody who wrote without being signed in to the order's account.
UNVERIFIED = "contact"


class Kind(models.TextChoices):
    """Which of the two contacts answers."""

    SUBSTANCE = "substance", "Une commande, un document, une décision"
    TECHNICAL = "technical", "Le fonctionnement du site"


class Message(NamedTuple):
    """What was written, by whom as they say; ``reference`` may be empty."""

    kind: Kind
    reference: str
    email: str
    text: str


def receive(message: Message, *, account_id: UUID | None, at: datetime) -> None:
    """Owe the message to the contact it is for and, where it names an order, keep it as a note of that order.

    The same message sent twice on one day is one message. Nothing tells whether an order has the reference.
    """
    order = Order.objects.filter(reference=message.reference).exclude(state="draft").first()
    digest = blind_index("\0".join((day_of(at).isoformat(), *message)), "message")
    with transaction.atomic():
        is_new = outbox.owe(
            "orders/message_received",
            case_reference=message.reference,
            to=settings.OFFICE[f"contact_{message.kind}"],
            context={**message._asdict(), "kind": message.kind.label, "is_known": order is not None},
            key=f"message/{digest}",
        )
        if is_new and order is not None:
            _keep(order, message, account_id=account_id, at=at)


def _keep(order: Order, message: Message, *, account_id: UUID | None, at: datetime) -> None:
    is_theirs = account_id is not None and account_id == order.account_id
    author = Actor("applicant", str(account_id) if is_theirs else UNVERIFIED)
    Note.objects.create(
        case_reference=order.reference,
        at=at,
        role=author.role,
        author=author.name,
        text=f"De : {message.email}\n\n{message.text}",
    )
    record("message_received", order.reference, actor=author, at=at, facts={"kind": message.kind.value})
