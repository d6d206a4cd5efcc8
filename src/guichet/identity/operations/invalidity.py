"""Whether one document is invalid: a yes or a no by its exact number, for members of an authority, each question logged."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from guichet.casework.acts import Actor
from guichet.identity.models import InvalidDocument, InvalidityCheck
from guichet.identity.numbers import EXPECTED, is_well_formed, normalise, number_index
from guichet.institutions.models import Office
from guichet.kit.errors import NotEntitled, Refused
from guichet.kit.limits import TooMany
from guichet.law.procedures import RDID_LOSS

from .losses import recover

MOST_PER_HOUR = 30
# Who records a document that was found (RDId 10/3).
FINDERS = frozenset(role for line in RDID_LOSS.acts["document_recovered"] for role in line.who)
_HOUR = timedelta(hours=1)


class Verdict(NamedTuple):
    """The answer: whether the document is invalid and since which day, if the list knows it."""

    is_invalid: bool
    since: date | None


def check(kind: str, number: str, *, office: Office, reader: Actor, reason: str, at: datetime) -> Verdict:
    """Whether a document of this exact number is on the list; the question is written down first (3 statements).

    Raises:
        NotEntitled: the office has no competence among identity documents.
        Refused: no reason, or a number that can be none.
        TooMany: this reader asked ``MOST_PER_HOUR`` times within the hour before.
    """
    if not office.authority:
        raise NotEntitled("Seules les autorités compétentes consultent la liste des documents invalides.")
    if not reason.strip():
        raise Refused("Dites pourquoi vous vérifiez ce document : la consultation est journalisée.")
    if not is_well_formed(normalise(number)):
        raise Refused(EXPECTED)
    asked = InvalidityCheck.objects.filter(reader=reader.name, at__gt=at - _HOUR, at__lte=at).count()
    if asked >= MOST_PER_HOUR:
        raise TooMany("Vous avez vérifié trop de documents en une heure : attendez avant de continuer.")
    index = number_index(kind, number)
    with transaction.atomic():
        found = InvalidDocument.objects.filter(kind=kind, number_index=index).first()
        InvalidityCheck.objects.create(
            role=reader.role,
            reader=reader.name,
            office=office,
            kind=kind,
            number_index=index,
            reason=reason.strip(),
            is_invalid=found is not None,
            at=at,
        )
    return Verdict(found is not None, found.since if found else None)


def find(kind: str, number: str, *, office: Office, agent: Actor, at: datetime) -> None:
    """Record that the document of this exact number was found; the question is logged like any other.

    Raises:
        Refused: the document is not on the list: nothing is to be recorded.
        NotAllowedNow: it was found already.
        NotEntitled: this authority doesn't take found documents.
    """
    with transaction.atomic():
        check(kind, number, office=office, reader=agent, reason="document retrouvé", at=at)
        held = InvalidDocument.objects.select_related("declaration")
        found = held.filter(kind=kind, number_index=number_index(kind, number)).first()
        if found is None:
            raise Refused("Ce document n'est pas sur la liste des documents invalides : rien n'est à enregistrer.")
        recover(found.declaration, agent=agent, at=at)
