"""A cancelled document is given back by the authority's decision, never where abuse is feared, never after a loss (RDId 8/2)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guichet.casework import journal
from guichet.casework.acts import Actor, take
from guichet.casework.models import Channel, OutboxMessage
from guichet.casework.outbox import compose
from guichet.identity.models import IdentityApplication, ReturnRequest
from guichet.identity.operations import returning
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.kit.ids import uuid7
from guichet.people.models import Person, Reading
from tests.identity.builders import AT, COMMUNE, an_application, the_authorities
from tests.identity.test_losses_counter import at_the_counter
from tests.identity.test_losses_portal import CONTACT
from tests.identity.test_renewing import deliver
from tests.people.register.builders import amelie

pytestmark = pytest.mark.django_db

AGENT = Actor("commune", str(uuid7()))
REASONS = "Le document porte des visas encore utiles, et il est perforé."
TYPED = {**CONTACT, "requester": "relative", "name": "Paul Rochat", "reason": "Souvenir de notre mère."}


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def cancelled() -> IdentityApplication:
    """An application for which the old card was handed in and cancelled at the commune."""
    application = an_application(reason="renewal")
    take("old_document_cancelled", application, actor=COMMUNE, at=AT, fields={"old_document": "cancelled"})
    return application


def asked(application: IdentityApplication | None = None) -> ReturnRequest:
    told: dict[str, Any] = {"requester": "holder", "name": "Amélie Rochat", "address": ["Amélie Rochat", "1207 Genève"]}
    given = application or cancelled()
    return returning.ask_back(given, **told, reason="Visas", actor=Actor("applicant", "guest"), at=AT)


def decide(request: ReturnRequest, *, authority: str = "commune", agent: Actor = AGENT, **told: Any) -> None:
    decided = {"is_abuse_feared": False, "is_returned": True, "assessment": REASONS} | told
    office = the_authorities()[authority]
    returning.decide(request, office=office, agent=agent, signatory="Marc Favre", at=AT, **decided)


@pytest.mark.applies("RDId 8/2")
@pytest.mark.parametrize(("is_returned", "words"), [(True, "accepte de vous le rendre"), (False, "refuse de vous")])
def test_the_authority_decides_with_reasons_and_a_letter_says_so(is_returned: bool, words: str) -> None:
    request = asked()
    decide(request, is_returned=is_returned)

    letter = OutboxMessage.objects.get(kind="identity/return_decision")
    _, body = compose(letter)
    assert letter.channel == Channel.LETTER
    assert letter.to.splitlines() == ["Amélie Rochat", "1207 Genève"]
    assert words in body
    assert REASONS in body
    assert ("recours" in body) is not is_returned
    assert journal.entries(request.application.reference)[-1].act == (
        "return_granted" if is_returned else "return_refused"
    )


@pytest.mark.applies("RDId 8/2")
def test_where_abuse_is_feared_the_document_is_not_returned() -> None:
    request = asked()

    with pytest.raises(Refused, match="abus"):
        decide(request, is_abuse_feared=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnRequest.objects.update(
            is_abuse_feared=True, is_returned=True, decided_at=AT, assessment="x", decided_by=uuid7()
        )
    decide(request, is_abuse_feared=True, is_returned=False)

    assert ReturnRequest.objects.get().is_returned is False


def test_only_the_authority_that_cancelled_decides_and_once_with_reasons() -> None:
    request = asked()

    with pytest.raises(NotEntitled):
        decide(request, authority="centre", agent=Actor("centre", str(uuid7())))
    with pytest.raises(Refused, match="Motivez"):
        decide(request, assessment="Oui.")
    decide(request)
    with pytest.raises(NotAllowedNow, match="déjà décidée"):
        decide(request)


@pytest.mark.applies("RDId 10/3")
def test_what_was_lost_or_never_cancelled_is_not_asked_back() -> None:
    lost = an_application(reason="loss")
    take("police_certificate_received", lost, actor=COMMUNE, at=AT, fields={"old_document": "lost"})

    with pytest.raises(NotAllowedNow, match="jamais rendu"):
        asked(lost)
    with pytest.raises(NotAllowedNow, match="Aucun document"):
        asked(an_application())


def test_a_document_is_asked_back_once_at_a_time() -> None:
    application = cancelled()
    decide(asked(application), is_returned=False)
    asked(application)

    with pytest.raises(NotAllowedNow, match="déjà redemandé"):
        asked(application)


def test_the_holder_asks_online_and_the_commune_decides_on_its_screen(client: Client) -> None:
    application, agent = cancelled(), at_the_counter("commune")
    address = f"/identite/retour/{application.token}/"

    assert address in client.get(f"/identite/demande/{application.token}/").content.decode()
    assert client.post(address, TYPED | {"name": ""}).status_code == 422
    client.post(address, TYPED)
    request = ReturnRequest.objects.get()
    assert application.reference in agent.get("/guichets/retours/").content.decode()
    page = f"/guichets/retours/{request.pk}/"
    assert "Souvenir de notre mère." in agent.get(page).content.decode()
    refused = agent.post(page, {"is_abuse_feared": "yes", "is_returned": "yes", "assessment": REASONS})
    assert refused.status_code == 409
    agent.post(page, {"is_abuse_feared": "no", "is_returned": "yes", "assessment": REASONS})

    request.refresh_from_db()
    assert request.is_returned is True
    assert application.reference not in agent.get("/guichets/retours/").content.decode()


def test_a_request_is_taken_down_at_the_counter_that_has_the_application() -> None:
    application = cancelled()
    typed = TYPED | {"reference": application.reference}

    assert at_the_counter("centre").post("/guichets/retours/nouvelle/", typed).status_code == 422
    answer = at_the_counter("commune").post("/guichets/retours/nouvelle/", typed)

    assert answer["Location"] == f"/guichets/retours/{ReturnRequest.objects.get().pk}/"


def test_another_authority_does_not_see_the_request() -> None:
    request = asked()

    assert at_the_counter("centre").get(f"/guichets/retours/{request.pk}/").status_code == 404


@pytest.mark.applies("RDId 7")
def test_the_commune_sees_who_is_to_renew_and_each_opening_is_a_logged_reading() -> None:
    deliver(amelie())
    deliver(amelie(official_name="Rochat-Blanc"))
    commune, person = at_the_counter("commune"), Person.objects.get()

    listed = commune.get("/guichets/changements/").content.decode()
    assert "REN-" in listed
    assert "Rochat" not in listed
    reference = listed.split("/guichets/changements/REN-")[1].split("/")[0]
    assert "Rochat-Blanc" in commune.get(f"/guichets/changements/REN-{reference}/").content.decode()

    assert Reading.objects.of(person).filter(case_reference=f"REN-{reference}").count() == 1
    assert at_the_counter("police").get("/guichets/changements/").status_code == 403
