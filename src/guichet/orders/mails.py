"""The mails about an order: who gets them and what they can say."""

from __future__ import annotations

from guichet.casework import outbox

from .models import Order


def owe(order: Order, name: str, context: dict[str, str] | None = None, *, key: str = "") -> None:
    """Owe the applicant the mail ``orders/mail/<name>.txt``, once per order and ``key``."""
    outbox.owe(
        f"orders/{name}",
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
