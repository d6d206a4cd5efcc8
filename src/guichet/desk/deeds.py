"""The acts an agent can do on an order now, as buttons: derived from the procedure, each with its passages."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse

from guichet.law.kernel.addresses import Ref
from guichet.orders.models import Order


class Deed(NamedTuple):
    """One button: its words and passages from the procedure, where it leads, and what stands in its way, if anything.

    ``is_direct``: the button does it; otherwise it leads to a page that asks what must be known first.
    """

    act: str
    label: str
    basis: tuple[Ref, ...]
    address: str
    is_direct: bool
    obstacle: str


# Act of the procedure -> page of the desk, and whether the button does it at once. Acts of the worker and of the
# applicant have no page here, whatever the procedure lets a clerk do.
_PAGES: dict[str, tuple[str, bool]] = {
    "examination_opened": ("desk:examine", True),
    "service_granted": ("desk:grant", True),
    "service_refused": ("desk:refusal", False),
    "document_posted": ("desk:posted", True),
    "office_error_recorded": ("desk:correction", False),
}
_UNIDENTIFIED = "Désignez d'abord la personne dans le registre."
_HELD = "Résolvez d'abord l'incident de paiement."


def deeds(order: Order, *, has_incident: bool, role: str = "clerk") -> list[Deed]:
    """What a role may do on the order in its state, in the order of the procedure."""
    found = []
    for transition in order.procedure.possible(order.state, role):
        if transition.act not in _PAGES:
            continue
        if transition.act == "document_posted" and order.delivery != "post":
            continue
        page, is_direct = _PAGES[transition.act]
        address = reverse(page, args=[order.reference])
        obstacle = _obstacle(transition.act, order, has_incident=has_incident)
        found.append(Deed(transition.act, transition.label, transition.basis, address, is_direct, obstacle))
    return found


def _obstacle(act: str, order: Order, *, has_incident: bool) -> str:
    if act != "service_granted":
        return ""
    if order.person_id is None:
        return _UNIDENTIFIED
    return _HELD if has_incident else ""
