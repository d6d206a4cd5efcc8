"""The receipt of an order's payment, from the books (CGV 5/3)."""

from __future__ import annotations

from guichet.documents.contents import Receipt as ReceiptContent
from guichet.documents.contents import ReceiptLine
from guichet.documents.office import issuer
from guichet.kit.clock import day_of
from guichet.law.kernel.addresses import Ref
from guichet.payments.models import Receipt

from .models import Order


def receipt_content(order: Order, booked: Receipt) -> ReceiptContent:
    """What the quittance says: each line with its passage, VAT included, no data of the card."""
    return ReceiptContent(
        issuer=issuer(),
        number=booked.number,
        reference=order.reference,
        payer=tuple((order.address or [order.bearer or ""])[:6]),
        paid_on=day_of(order.validated_at or booked.issued_at),
        means=booked.attempt.means,
        lines=tuple(
            ReceiptLine(label=line.label, amount=line.amount, basis=", ".join(Ref.parse(a).cite for a in line.articles))
            for line in booked.quote_lines
        ),
        total=booked.amount,
        issued_on=day_of(booked.issued_at),
    )
