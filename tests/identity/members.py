"""Members of the authorities, signed in."""

from __future__ import annotations

from django.test import Client

from guichet.institutions import operations as institutions
from guichet.institutions.models import Role
from guichet.kit.clock import day_of
from tests.identity.builders import AT, the_authorities
from tests.orders.builders import an_account


def seated(authority: str, role: Role = Role.CLERK) -> Client:
    """A client signed in as a member of this authority."""
    account = an_account(f"{role}@{authority}.exemple.ch", person=None)
    institutions.appoint(account, the_authorities()[authority], role, from_on=day_of(AT))
    client = Client()
    client.force_login(account)
    return client
