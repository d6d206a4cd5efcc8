"""Agents at the counters of the authorities, and what they do there, by the real path."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

from django.test import Client
from PIL import Image, ImageDraw

from guichet.identity.models import BiometricKind, IdentityApplication
from guichet.identity.operations import counter, pieces
from guichet.identity.operations.counter import Deed
from guichet.identity.rights import member
from guichet.institutions import operations as institutions
from guichet.institutions.models import Office, Role
from guichet.kit.clock import day_of
from guichet.people.models import Account
from tests.identity.builders import AT, the_authorities
from tests.orders.builders import an_account

# What each act of the counter needs to be said of it.
SAID: dict[str, dict[str, Any]] = {
    "appearance_recorded": {"words": "carte d'identité échue, photo comparée"},
    "appearance_dispensed": {"words": "certificat médical, photo certifiée", "facts": {"ground": "physical_infirmity"}},
    "parental_agreement_given": {"words": "la mère, passeport vu", "facts": {"parents": "together"}},
    "parental_objection_recorded": {
        "words": "Luc Rochat, le père, carte d'identité vue",
        "facts": {"objected_on": "2026-11-20", "came_by": "in_person"},
    },
    "parental_objection_lifted": {
        "words": "décision de l'autorité de protection du 22 novembre 2026",
        "facts": {"lifted_by": "decision"},
    },
    "representation_recorded": {"words": "Paul Rey, curateur de portée générale, décision du 3 mars 2024"},
    "police_certificate_received": {"words": "police cantonale, 20 novembre"},
    "fee_exempted": {"words": "attestation de l'Hospice général"},
    "old_document_cancelled": {"number": "C1234567"},
    "further_document_requested": {"words": "acte de naissance", "facts": {"expected_by": "2026-12-15"}},
    "further_document_received": {"words": "acte de naissance"},
    "kept_document_destroyed": {"words": "découpé devant Paul Morel"},
    "referred_to_department": {"words": "cas que le règlement ne prévoit pas"},
}


def an_agent_of(authority: str, *, role: Role = Role.CLERK) -> Account:
    """Somebody who works in the office of this authority."""
    account = an_account(f"{uuid4().hex[:12]}@exemple.ch", person=None)
    institutions.appoint(account, the_authorities()[authority], role, from_on=day_of(AT))
    return account


def browser_of(account: Account) -> Client:
    """A signed-in browser."""
    browser = Client()
    browser.force_login(account)
    return browser


def at_the_counter(authority: str) -> Client:
    """The browser of an agent of this authority."""
    return browser_of(an_agent_of(authority))


def deed(act: str, account: Account, *, at: Any = AT, **more: Any) -> Deed:
    """An act as this agent takes it, said as it must be unless told otherwise."""
    office = Office.objects.get(memberships__account=account)
    return Deed(act=act, agent=member(office, account.pk), at=at, **(SAID.get(act, {}) | more))


def done(application: IdentityApplication, account: Account, *acts: str, at: Any = AT) -> IdentityApplication:
    """The application after this agent has taken these acts."""
    for act in acts:
        counter.perform(application, deed(act, account, at=at))
    return application


def a_photo(size: tuple[int, int] = (600, 900), *, kind: str = "JPEG", is_sharp: bool = True) -> bytes:
    """A picture with edges, 4 by 6 unless told otherwise."""
    image = Image.new("RGB", size, "white")
    if is_sharp:
        drawing = ImageDraw.Draw(image)
        for x in range(0, size[0], 20):
            drawing.line([(x, 0), (size[0] - x, size[1])], fill="black", width=5)
    written = io.BytesIO()
    image.save(written, kind)
    return written.getvalue()


def photographed(application: IdentityApplication, account: Account, *kinds: BiometricKind) -> IdentityApplication:
    """The application with these data in hand; the photograph unless told otherwise."""
    agent = deed("photo_accepted", account).agent
    for place, kind in enumerate(kinds or (BiometricKind.PHOTO,)):
        pieces.capture(application, kind, a_photo((600 + place, 900)), agent=agent, at=AT)
    return application


def complete(application: IdentityApplication, account: Account) -> IdentityApplication:
    """An adult's card with everything at the file, taken by this agent: the centre's to approve."""
    done(application, account, "appearance_recorded")
    photographed(application, account)
    return done(application, account, "photo_accepted", "form_signed", "fee_paid")
