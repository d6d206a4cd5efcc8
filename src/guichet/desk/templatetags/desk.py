"""``{% load desk %}``: the desk's navigation, and how a list tells what is late."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guichet.desk.comparison import written_day
from guichet.desk.standing import late_words
from guichet.orders.models import Delivery, Order, Postage

register = template.Library()


class DeskWay(NamedTuple):
    """One entry of the desk's navigation."""

    page: str
    label: str


WAYS = (
    DeskWay("desk:home", "Aperçu"),
    DeskWay("desk:worklist", "Commandes"),
    DeskWay("desk:post", "À poster"),
    DeskWay("desk:incidents:list", "Incidents de paiement"),
    DeskWay("desk:jobs", "Tâches"),
    DeskWay("desk:register", "Registre"),
    DeskWay("desk:diary", "Journal"),
)

_POST = {
    Postage.B_STANDARD: "poste, courrier B",
    Postage.A_STANDARD: "poste, courrier A",
    Postage.REGISTERED: "poste, recommandé",
}


@register.inclusion_tag("desk/ways.html", takes_context=True)
def desk_ways(context: Context) -> dict[str, object]:
    """Where one can go, the present place marked; the first page is the present place only for itself."""
    path = context["request"].path
    home = reverse("desk:home")
    ways = [(reverse(way.page), way.label) for way in WAYS]
    here = next((address for address, _ in ways[1:] if path.startswith(address)), home if path == home else "")
    return {"ways": ways, "here": here}


@register.filter
def lateness(days: int) -> str:
    """« en retard de 3 jours »; empty when in time."""
    return late_words(days)


@register.filter
def birth(iso: str) -> str:
    """A birth day as the register knows it: a day, a month or a year."""
    return written_day(iso)


@register.filter
def delivery(order: Order) -> str:
    """How an order is to be delivered, in the few words a list has room for."""
    if order.delivery == Delivery.DOWNLOAD:
        return "téléchargement"
    return _POST[Postage(order.postage)]


@register.simple_tag
def case_link(reference: str) -> SafeString:
    """A case's reference as a link to its page at the desk; references of other rooms stay text."""
    if not reference.startswith("CMD-"):
        return format_html('<span class="reference">{}</span>', reference)
    return format_html('<a class="reference" href="{}">{}</a>', reverse("desk:case", args=[reference]), reference)
