"""``{% load counter %}``: the navigation of the authorities' screens."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.template import Context
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guichet.identity.operations.opening import WEEKDAYS
from guichet.institutions.models import Office
from guichet.kit.ids import secret_token

register = template.Library()

Authority = Office.Authority
_ALL = frozenset(Authority)


class CounterWay(NamedTuple):
    """One entry of the navigation, and the authorities it is for."""

    address: str
    label: str
    authorities: frozenset[Authority] = _ALL


WAYS = (
    CounterWay("/guichets/", "Dossiers", _ALL - {Authority.POLICE}),
    CounterWay("/guichets/agenda/", "Agenda"),
    CounterWay("/guichets/declarations/", "Déclarations", frozenset({Authority.POLICE})),
    CounterWay("/guichets/declarations/", "Documents retrouvés", frozenset({Authority.CENTRE})),
    CounterWay("/guichets/declarations/verifier/", "Vérifier un document"),
    CounterWay("/guichets/retours/", "Restitutions", frozenset({Authority.COMMUNE, Authority.CENTRE, Authority.UDA})),
    CounterWay("/guichets/changements/", "Changements", frozenset({Authority.COMMUNE, Authority.CENTRE})),
    CounterWay("/guichets/comptes/", "Comptes", frozenset({Authority.COMMUNE, Authority.CENTRE, Authority.DEPARTMENT})),
    CounterWay("/guichets/departement/", "Cas soumis", frozenset({Authority.DEPARTMENT})),
    CounterWay("/guichets/recours/", "Recours", frozenset({Authority.CENTRE, Authority.DEPARTMENT})),
    CounterWay("/guichets/precedents/", "Précédents"),
)


@register.inclusion_tag("identity/counter/ways.html", takes_context=True)
def counter_ways(context: Context) -> dict[str, object]:
    """Where this authority can go, the present place marked; what has no page is left out."""
    request = context["request"]
    authority = request.seat.office.authority if hasattr(request, "seat") else ""
    ways = [way for way in WAYS if authority in way.authorities and _leads_somewhere(way.address)]
    return {"ways": ways, "here": _here(request.path, ways)}


@register.filter
def weekday(number: int) -> str:
    """The name of a day of the week, Monday being 0."""
    return WEEKDAYS[number]


@register.simple_tag(takes_context=True)
def form_key(context: Context) -> SafeString:
    """The key of a form of a counter, so that the same form sent twice is recorded once, and in whose name it is sent."""
    return format_html(
        '<input type="hidden" name="form_key" value="{}"><input type="hidden" name="acting_for" value="{}">',
        secret_token(),
        context["request"].seat.office.code,
    )


def _here(path: str, ways: list[CounterWay]) -> str:
    """The address of the way that the path is on or below: the longest."""
    return max((way.address for way in ways if path.startswith(way.address)), key=len, default="")


def _leads_somewhere(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True
