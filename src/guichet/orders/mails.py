"""The mails about an order: who gets them and what they can say."""

from __future__ import annotations

from guichet.casework import outbox
from guichet.casework.models import OutboxMessage

from .models import Order


def mail(order: Order, name: str, context: dict[str, str] | None = None, *, key: str = "") -> OutboxMessage:
    """The mail ``orders/mail/<name>.txt`` to the applicant, to be owed with others; once per order and ``key``."""
    return OutboxMessage(
        kind=f"orders/{name}",
        case_reference=order.reference,
        to=order.email,
        context={
            "reference": order.reference,
            "title": order.version.title,
            "total": str(order.total),
            "tracking_code": order.tracking_code,
            "path": f"/suivi/{order.token}/",
            "delivery": order.delivery,
            **(context or {}),
        },
        key=f"{order.reference}/{name}/{key}",
    )


def owe(order: Order, name: str, context: dict[str, str] | None = None, *, key: str = "") -> None:
    """Owe the applicant one mail, once per order and ``key``."""
    outbox.owe_all([mail(order, name, context, key=key)])
