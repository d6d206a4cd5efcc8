"""Offices and the people who work in them."""

from __future__ import annotations

from datetime import date

from guichet.institutions import operations
from guichet.institutions.models import Membership, Office, Role
from guichet.people.models import Account

ON = date(2026, 11, 2)


def the_office() -> Office:
    """The OCPM, as loaded from its file."""
    return operations.load()[0]


def another_office() -> Office:
    """An office where the standing cast does not work."""
    return Office.objects.create(
        code="autre",
        name="Autre office",
        kind="cantonal",
        address="Rue 1\n1200 Genève",
        contact_technical="t@autre.example",
        contact_substance="s@autre.example",
    )


def a_member(
    account: Account, role: Role = Role.CLERK, *, from_on: date = ON, office: Office | None = None
) -> Membership:
    """An account appointed in an office (the OCPM if none is given)."""
    return operations.appoint(account, office or the_office(), role, from_on=from_on)
