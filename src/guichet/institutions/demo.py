"""The demonstration's people with the roles two of them have in the office."""

from __future__ import annotations

from datetime import datetime

from guichet.kit.clock import day_of
from guichet.people.accounts import demo
from guichet.people.models import Account

from . import operations
from .models import Role


def create(at: datetime) -> tuple[demo.DemoAccount, ...]:
    """Load the offices, make the demonstration's accounts and appoint a clerk and a supervisor; safe to repeat.

    Raises:
        NotADemonstration: ``settings.DEMO`` is off.
    """
    accounts = demo.create(at)
    offices = {office.code: office for office in operations.load()}
    for email, role in ((demo.CLERK, Role.CLERK), (demo.SUPERVISOR, Role.SUPERVISOR)):
        operations.appoint(Account.objects.get(email=email), offices["ocpm"], role, from_on=day_of(at))
    return accounts
