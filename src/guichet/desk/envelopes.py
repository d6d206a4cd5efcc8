"""What waits to be printed and posted: documents ordered by post, refusals of orders by post, letters owed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from guichet.casework.models import OutboxMessage
from guichet.documents.models import IssuedDocument
from guichet.orders.models import Decision, Delivery, Order, Postage

from .models import ItemKind, PrintItem

# One batch is what a person can fold in one go; the rest waits for the next.
MOST_IN_BATCH = 100
_LETTERS = {"people/verification_letter": "Code de vérification d'un compte"}


class Envelope(NamedTuple):
    """One thing to be posted; ``post`` says by which mail."""

    kind: ItemKind
    target: UUID
    case_reference: str
    title: str
    post: str
    since: datetime

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind.value}:{self.target}"

    @property
    def is_case(self) -> bool:
        """Whether the reference is one of an order, which has a page at the desk."""
        return self.kind != ItemKind.LETTER


def waiting() -> list[Envelope]:
    """Everything to be posted that lies in no open batch, at most ``MOST_IN_BATCH`` of each kind (3 queries)."""
    return [*_documents(), *_decisions(), *_letters()]


def _taken(kind: ItemKind, *, ever: bool = False) -> Exists:
    """Whether the row asked about lies in an open batch, or ``ever`` lay in one that was not undone."""
    items = PrintItem.objects.filter(kind=kind, target=OuterRef("pk"))
    return Exists(items if ever else items.filter(settled_at=None))


def _documents() -> list[Envelope]:
    orders = Order.objects.awaiting_post().filter(~_taken(ItemKind.DOCUMENT)).by_due_date()
    light = orders.select_related("version").only("id", "reference", "postage", "paid_at", "opened_at", "version")
    return [
        Envelope(
            ItemKind.DOCUMENT,
            order.pk,
            order.reference,
            order.version.title,
            Postage(order.postage).label,
            order.paid_at or order.opened_at,
        )
        for order in light[:MOST_IN_BATCH]
    ]


def _decisions() -> list[Envelope]:
    """Decisions whose letter is written, on orders that asked for the post; those that were posted once stay out."""
    case = OuterRef("case_reference")
    by_post = Order.objects.filter(reference=case, state="refused", delivery=Delivery.POST)
    written = IssuedDocument.objects.filter(case_reference=case, kind="decision")
    waiting_ones = Decision.objects.filter(
        Exists(by_post), Exists(written), ~_taken(ItemKind.DECISION, ever=True), notified_on=None
    ).order_by("decided_at", "id")
    return [
        Envelope(
            ItemKind.DECISION,
            decision.pk,
            decision.case_reference,
            "Décision de refus",
            Postage.REGISTERED.label,
            decision.decided_at,
        )
        for decision in waiting_ones[:MOST_IN_BATCH]
    ]


def _letters() -> list[Envelope]:
    owed = OutboxMessage.objects.letters().unsent().filter(~_taken(ItemKind.LETTER)).order_by("owed_at", "id")
    return [
        Envelope(
            ItemKind.LETTER,
            letter.pk,
            letter.case_reference,
            _LETTERS.get(letter.kind, "Lettre"),
            Postage.A_STANDARD.label,
            letter.owed_at,
        )
        for letter in owed.only("id", "kind", "case_reference", "owed_at")[:MOST_IN_BATCH]
    ]
