"""``{% load desk %}``: the desk's navigation, and how a list tells what is late."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guichet.desk.standing import late_words

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


@register.simple_tag
def case_link(reference: str) -> SafeString:
    """A case's reference as a link to its page at the desk; references of other rooms stay text."""
    if not reference.startswith("CMD-"):
        return format_html('<span class="reference">{}</span>', reference)
    return format_html('<a class="reference" href="{}">{}</a>', reverse("desk:case", args=[reference]), reference)
