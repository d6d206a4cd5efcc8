"""What stands before each page of an order: whether it is open, and whose it is."""

from __future__ import annotations

from django.http import HttpRequest

from guichet.kit import clock
from guichet.orders.models import Order
from guichet.orders.rights import order_of
from guichet.people.accounts.web.closing import open_outside_maintenance
from guichet.people.accounts.web.owned import for_its_owner

# Buttons without a page of their own: nothing is to be typed again, and opening their address would show nothing.
_BUTTONS = frozenset(("pay", "reopen", "adopt", "again"))

open_for_orders = open_outside_maintenance(forms=frozenset(("person", "delivery", "review")))


def _order_here(request: HttpRequest, token: str) -> Order:
    return order_of(request, token, at=clock.now())


with_order = for_its_owner(_order_here, buttons=_BUTTONS, home="orders:tracking")
