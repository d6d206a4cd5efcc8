"""The only calls that go up: from a purpose to the function above that serves it, handed down as arguments."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from guichet.casework.worker import Periodic
from guichet.documents import sweeping
from guichet.gateways.payment.configured import provider
from guichet.identity import jobs as identity
from guichet.identity.operations import deciding, pieces, producing, renewing
from guichet.identity.payable import PayableApplications
from guichet.orders import jobs as orders
from guichet.orders.payable import PayableOrders
from guichet.payments import jobs as payments
from guichet.payments.payable import Wiring
from guichet.people.accounts import jobs as people
from guichet.people.register.changes import Listener


class Joints(Wiring, sweeping.Wiring):
    """All calls that go up: those of payments and of documents, and who hears of changed identities in the register."""

    identity_changed: Listener


WIRING: Joints = {
    "payables": {"CMD": PayableOrders(), "PID": PayableApplications()},
    "provider": provider,
    "named_contents": (sweeping.named, pieces.named),
    "identity_changed": renewing.invite,
}

SCHEDULE: dict[str, Periodic] = {
    "payments.mop_up": Periodic(payments.mop_up, 20),
    "orders.lapse": Periodic(orders.lapse, 3600),
    "documents.sweep": Periodic(sweeping.sweep, 24 * 3600),
    "people.forget_sessions": Periodic(people.forget_sessions, 3600),
    "identity.ask_production": Periodic(producing.ask_again, max(1, settings.PRODUCTION_SECONDS // 2)),
    "identity.end_appeals": Periodic(deciding.end_appeals, 3600),
    "identity.forget_drafts": Periodic(identity.forget_drafts, 3600),
    "identity.open_slots": Periodic(identity.open_slots, 6 * 3600),
    "identity.remind": Periodic(identity.remind, 600),
    "identity.forget_forms": Periodic(identity.forget_forms, 86_400),
    "identity.free_places": Periodic(identity.free_places, 300),
}

URL_KWARGS: dict[str, Any] = {"wiring": WIRING}
