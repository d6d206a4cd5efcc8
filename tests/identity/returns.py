"""Requests for a cancelled document, what the authority decides of them, and its handing over, for the tests of RDId 8/2."""

from __future__ import annotations

from typing import Any

from guichet.casework.acts import Actor, take
from guichet.identity.models import IdentityApplication, IdentityDecision, ReturnRequest
from guichet.identity.operations import returning
from guichet.kit.ids import uuid7
from tests.identity.builders import AT, COMMUNE, an_application, the_authorities

AGENT = Actor("commune", str(uuid7()))
REASONS = "Le document porte des visas encore utiles, et il est perforé."
HANDED = {"on": AT.date(), "handing": "in_person", "words": "à la titulaire, permis de conduire vu"}


def cancelled() -> IdentityApplication:
    """An application for which the old card was handed in and cancelled at the commune."""
    application = an_application(reason="renewal")
    take("old_document_cancelled", application, actor=COMMUNE, at=AT, fields={"old_document": "cancelled"})
    return application


def asked(application: IdentityApplication | None = None) -> ReturnRequest:
    told: dict[str, Any] = {"requester": "holder", "name": "Amélie Rochat", "address": ["Amélie Rochat", "1207 Genève"]}
    given = application or cancelled()
    return returning.ask_back(given, **told, reason="Visas", actor=Actor("applicant", "guest"), at=AT)


def decide(
    request: ReturnRequest, *, authority: str = "commune", agent: Actor = AGENT, **told: Any
) -> IdentityDecision:
    decided = {"is_abuse_feared": False, "is_returned": True, "assessment": REASONS} | told
    office = the_authorities()[authority]
    return returning.decide(request, office=office, agent=agent, signatory="Marc Favre", at=AT, **decided)


def hand_over(decision: IdentityDecision, *, authority: str = "commune", agent: Actor = AGENT, **told: Any) -> None:
    office = the_authorities()[authority]
    returning.hand_over(decision, **(HANDED | told), office=office, agent=agent, at=AT)


def typed_day(name: str, day: int) -> dict[str, str]:
    """A day of November 2026, as it is typed in three fields."""
    return {f"{name}_day": str(day), f"{name}_month": "11", f"{name}_year": "2026"}
