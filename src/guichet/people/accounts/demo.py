"""The accounts of the demonstration: some of the standing cast of the register, and people of the office and of the authorities."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from guichet.casework.models import OutboxMessage
from guichet.people.models import Account, Person

from . import operations

PASSWORD = "guichet-de-demonstration"  # noqa: S105 - printed on the screen, refused outside the demonstration


class DemoAccount(NamedTuple):
    """One account to try the counter with; ``local_person_id`` names the person of the register it is verified for."""

    email: str
    name: str
    local_person_id: str | None
    what: str


ACCOUNTS = (
    DemoAccount("amelie@exemple.ch", "Amélie Rochat", "GE-D01", "compte vérifié, Suisse, habite Genève"),
    DemoAccount("joao@exemple.ch", "João da Conceição Ferreira", "GE-D02", "compte vérifié, permis B, trois séjours"),
    DemoAccount("zoe@exemple.ch", "Zoé Krasniqi", "GE-D09", "compte vérifié, adresse protégée"),
    DemoAccount("noemie@exemple.ch", "Noémie Chappuis", None, "compte simple, née le 19 juillet 1980"),
    DemoAccount("carole@office.exemple.ch", "Carole Jaquet", None, "gestionnaire de l'office"),
    DemoAccount("odile@office.exemple.ch", "Odile Perrin", None, "responsable de l'office"),
    DemoAccount("marc@commune.exemple.ch", "Marc Duvanel", None, "gestionnaire de la Ville de Genève"),
    DemoAccount("lise@centre.exemple.ch", "Lise Bovay", None, "gestionnaire du centre de biométrie"),
    DemoAccount("paul@centre.exemple.ch", "Paul Zbinden", None, "responsable du centre de biométrie"),
    DemoAccount("ines@uda.exemple.ch", "Inès Marchand", None, "unité diplomatique et aéroportuaire"),
    DemoAccount("yves@police.exemple.ch", "Yves Rochaix", None, "police"),
    DemoAccount("anne@departement.exemple.ch", "Anne Vuilleumier", None, "département"),
)
CLERK, SUPERVISOR = ACCOUNTS[4].email, ACCOUNTS[5].email


class NotADemonstration(Exception):  # noqa: N818 - reads as what happened
    """Accounts with a known password were asked for on a system that isn't a demonstration."""


def create(at: datetime) -> tuple[DemoAccount, ...]:
    """Make the accounts that aren't there yet; the password of all is ``PASSWORD``. The cast must be imported before.

    Raises:
        NotADemonstration: ``settings.DEMO`` is off.
    """
    if not settings.DEMO:
        raise NotADemonstration
    there = set(Account.objects.filter(email__in=[one.email for one in ACCOUNTS]).values_list("email", flat=True))
    wanted = [one for one in ACCOUNTS if one.email not in there]
    # Argon2 is slow on purpose: one digest serves all these accounts, which share their password anyway.
    password = make_password(PASSWORD) if wanted else ""
    for one in wanted:
        _create(one, password, at)
    return ACCOUNTS


def _create(one: DemoAccount, password: str, at: datetime) -> None:
    with transaction.atomic():
        account = Account(email=one.email, name=one.name, joined_at=at, password=password)
        account.save(force_insert=True)
        EmailAddress.objects.create(user=account, email=one.email, verified=True, primary=True)
        operations.opened(account, at=at)
        if one.local_person_id is not None:
            _verify(account, Person.objects.get(local_person_id=one.local_person_id), at)


def _verify(account: Account, person: Person, at: datetime) -> None:
    """By the letter, as everybody: it is posted and its code typed at once."""
    row = operations.request_verification(account, person, at=at)
    letter = OutboxMessage.objects.get(key=f"verification:{row.pk}")
    operations.verify(account, typed=letter.context["code"], at=at)
    OutboxMessage.objects.filter(pk=letter.pk).update(sent_at=at)
