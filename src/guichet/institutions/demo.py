"""The demonstration's people with the roles some of them have in the office and in the authorities."""

from __future__ import annotations

from datetime import datetime

from guichet.kit.clock import day_of
from guichet.people.accounts import demo
from guichet.people.models import Account

from . import operations
from .models import Role

MEMBERS = (
    (demo.CLERK, "ocpm", Role.CLERK),
    (demo.SUPERVISOR, "ocpm", Role.SUPERVISOR),
    ("marc@commune.exemple.ch", "commune-geneve", Role.SUPERVISOR),
    ("lise@centre.exemple.ch", "centre-biometrie", Role.CLERK),
    ("paul@centre.exemple.ch", "centre-biometrie", Role.SUPERVISOR),
    ("ines@uda.exemple.ch", "uda", Role.SUPERVISOR),
    ("yves@police.exemple.ch", "police", Role.CLERK),
    ("anne@departement.exemple.ch", "departement", Role.CLERK),
)


def create(at: datetime) -> tuple[demo.DemoAccount, ...]:
    """Load the offices, make the demonstration's accounts and appoint those who work in one; safe to repeat.

    Raises:
        NotADemonstration: ``settings.DEMO`` is off.
    """
    accounts = demo.create(at)
    offices = {office.code: office for office in operations.load()}
    for email, code, role in MEMBERS:
        operations.appoint(Account.objects.get(email=email), offices[code], role, from_on=day_of(at))
    return accounts
