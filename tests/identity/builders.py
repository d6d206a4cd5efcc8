"""Applications by the real path: offices, draft, lodging, the acts of the counter."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from guichet.casework.acts import Actor, take
from guichet.identity.models import IdentityApplication
from guichet.identity.operations import lodging
from guichet.institutions.models import Office
from guichet.kit.clock import ZURICH
from guichet.kit.ids import secret_token

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZURICH)
GENEVA = 6621
ADULT, CHILD = date(1990, 6, 12), date(2016, 3, 4)
CENTRE = Actor("centre", "c-1")
COMMUNE = Actor("commune", "m-1")
_OFFICES = (
    ("commune-geneve", "Ville de Genève", "communal", "commune", GENEVA),
    ("centre-biometrie", "Centre cantonal de biométrie", "cantonal", "centre", None),
    ("uda", "Unité diplomatique et aéroportuaire", "cantonal", "uda", None),
    ("police", "Police cantonale", "cantonal", "police", None),
    ("departement", "Département", "cantonal", "department", None),
    ("chambre-administrative", "Chambre administrative de la Cour de justice", "cantonal", "", None),
)


def the_authorities() -> dict[str, Office]:
    """One office for each authority, by the word of the law's questions."""
    for code, name, kind, authority, commune in _OFFICES:
        Office.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "kind": kind,
                "authority": authority,
                "bfs_number": commune,
                "address": "Rue 1\n1200 Genève",
                "contact_technical": "t@exemple.ch",
                "contact_substance": "s@exemple.ch",
            },
        )
    return {office.authority: office for office in Office.objects.exclude(authority="")}


def a_draft(*, at: datetime = AT, **fields: Any) -> IdentityApplication:
    """A draft of an adult of the city of Geneva who asks for an identity card for the first time, unless told otherwise."""
    the_authorities()
    application = lodging.start(account_id=None, start_key=secret_token(), at=at)
    told = {"request": "identity_card", "reason": "first", "born_on": ADULT, "commune": GENEVA, "name": "Amélie Rochat"}
    lodging.save_step(application, "person", {}, at=at, **(told | fields))
    return application


def an_application(*, at: datetime = AT, **fields: Any) -> IdentityApplication:
    """A lodged application."""
    application = a_draft(at=at, **fields)
    lodging.lodge(application, at=at)
    return application


def acted(
    application: IdentityApplication, *acts: str, actor: Actor = CENTRE, at: datetime = AT, **facts: Any
) -> IdentityApplication:
    """The application after these acts, taken bare: what a later act needs, where the test is not about them."""
    for act in acts:
        take(act, application, actor=actor, at=at, facts=facts)
    return application
