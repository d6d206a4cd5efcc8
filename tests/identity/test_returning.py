"""A cancelled document is given back by the authority's decision, never where abuse is feared, never after a loss (RDId 8/2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guichet.casework import journal
from guichet.casework.acts import Actor, take
from guichet.casework.models import OutboxMessage
from guichet.documents.contents import Verification
from guichet.documents.models import IssuedDocument
from guichet.identity.models import IdentityApplication, IdentityDecision, ReturnRequest
from guichet.identity.operations import appeals, deciding, returning
from guichet.identity.operations.appeals import Finality
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.kit.ids import uuid7
from guichet.people.models import Person, Reading
from tests.identity.builders import AT, COMMUNE, an_application, the_authorities
from tests.identity.returns import AGENT, REASONS, asked, cancelled, decide, typed_day
from tests.identity.test_losses_counter import at_the_counter
from tests.identity.test_losses_portal import CONTACT
from tests.identity.test_renewing import deliver
from tests.people.register.builders import amelie

pytestmark = pytest.mark.django_db
TYPED = {**CONTACT, "requester": "relative", "name": "Paul Rochat", "reason": "Souvenir de notre mère."}


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


@pytest.mark.applies("RDId 8/2")
@pytest.mark.parametrize(
    ("is_returned", "act", "words"),
    [(True, "return_granted", "vous est rendu"), (False, "return_refused", "ne vous est pas rendu")],
)
def test_the_authority_decides_with_reasons_remedy_and_its_own_letter(is_returned: bool, act: str, words: str) -> None:
    decision = decide(asked(), is_returned=is_returned)

    letter = deciding.letter(decision, verification=Verification(code="X", address="https://exemple.ch/X"))
    assert letter.recipient == ("Amélie Rochat", "1207 Genève")
    assert words in letter.decision
    assert REASONS in letter.paragraphs
    assert letter.remedy is not None and "chambre administrative" in letter.remedy.text
    assert journal.entries(decision.application.reference)[-1].act == decision.act == act


@pytest.mark.usefixtures("sealing")
def test_the_letter_is_sealed_and_kept_in_the_case_by_the_authority_that_decided() -> None:
    decision = decide(asked())

    commit = deciding.write_letter.func(str(decision.pk), at=AT)
    assert commit is not None
    commit()

    issued = IssuedDocument.objects.get()
    assert (issued.title, issued.case_reference) == ("Restitution d'un document annulé", decision.application.reference)
    assert not OutboxMessage.objects.filter(kind="identity/decision_rendered").exists()
    page = at_the_counter("commune").get(f"/guichets/retours/{decision.return_request_id}/lettre.pdf")
    assert page.content.startswith(b"%PDF")
    assert at_the_counter("centre").get(f"/guichets/retours/{decision.return_request_id}/lettre.pdf").status_code == 404


@pytest.mark.applies("RDId 13")
def test_the_last_day_is_stored_with_the_notification_and_the_decision_becomes_final_after_it() -> None:
    decision = decide(asked(), is_returned=False)
    assert stands(AT.date()) == [Finality.UNNOTIFIED]

    last = deciding.notify(decision, on=AT.date(), agent=AGENT, at=AT)

    assert IdentityDecision.objects.get().appeal_by == last == date(2027, 1, 8)
    assert stands(last) == [Finality.OPEN]
    assert stands(last + timedelta(days=1)) == [Finality.FINAL]
    assert IdentityApplication.objects.get().state == "open"


def stands(on: date) -> list[Finality]:
    rows = appeals.decisions(the_authorities()["centre"])
    found = [appeals.finality(one, on=on) for one in rows]
    for state in Finality:
        assert appeals.only(rows, state, on=on).count() == found.count(state)
    return found


def test_a_judgment_upholds_the_decision_or_opens_the_request_again() -> None:
    request = asked()
    decision = decide(request, is_returned=False)
    with pytest.raises(NotAllowedNow, match="notifiée"):
        returning.file_appeal(decision, on=AT.date(), agent=AGENT, at=AT)
    deciding.notify(decision, on=AT.date(), agent=AGENT, at=AT)
    decision.refresh_from_db()
    with pytest.raises(Refused, match="futur"):
        returning.file_appeal(decision, on=AT.date() + timedelta(days=1), agent=AGENT, at=AT)
    with pytest.raises(NotAllowedNow, match="pendant"):
        returning.render_judgment(decision, "upheld", agent=AGENT, at=AT)

    returning.file_appeal(decision, on=AT.date(), agent=AGENT, at=AT)
    assert stands(date(2028, 1, 1)) == [Finality.APPEALED]
    returning.render_judgment(decision, "set_aside", agent=AGENT, at=AT)
    assert stands(date(2028, 1, 1)) == [Finality.SET_ASIDE]

    request.refresh_from_db()
    again = decide(request, is_returned=True)
    deciding.notify(again, on=AT.date(), agent=AGENT, at=AT)
    again.refresh_from_db()
    returning.file_appeal(again, on=AT.date(), agent=AGENT, at=AT)
    returning.render_judgment(again, "upheld", agent=AGENT, at=AT)
    assert sorted(stands(AT.date())) == sorted([Finality.SET_ASIDE, Finality.FINAL])


def test_a_refusal_to_give_back_does_not_stand_for_a_refusal_of_the_application() -> None:
    application = cancelled()
    decide(asked(application), is_returned=False)

    deciding.check_final(application, at=AT)
    page = at_the_counter("commune").get(f"/guichets/{application.reference}/").content.decode()

    assert "Enregistrer la notification" not in page
    assert "ne pas rendre l&#x27;ancien document" in page


@pytest.mark.applies("RDId 8/2")
def test_where_abuse_is_feared_the_document_is_not_returned() -> None:
    request = asked()

    with pytest.raises(Refused, match="abus"):
        decide(request, is_abuse_feared=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnRequest.objects.update(is_abuse_feared=True, is_returned=True, decided_at=AT)
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
    refused = agent.post(
        page, {"is_abuse_feared": "yes", "is_returned": "yes", "assessment": REASONS, "step": "decide"}
    )
    assert refused.status_code == 422
    assert REASONS in refused.content.decode()
    assert "Répondez" in str(refused.context["form"].errors["is_returned"])
    agent.post(page, {"is_abuse_feared": "no", "is_returned": "yes", "assessment": REASONS, "step": "decide"})

    request.refresh_from_db()
    assert request.is_returned is True
    assert "Aucune restitution à décider" in agent.get("/guichets/retours/").content.decode()
    assert agent.post(page, {"step": "notify", **typed_day("notified_on", 30)}).status_code == 422
    agent.post(page, {"step": "notify", **typed_day("notified_on", 23)})
    assert "dernier jour du recours" in agent.get(page).content.decode()
    agent.post(page, {"step": "appeal", **typed_day("appealed_on", 23)})
    agent.post(page, {"step": "judge", "ruling": "upheld"})
    handed = {"handing": "by_post", "words": "recommandé", **typed_day("handed_on", 23)}
    agent.post(page, {"step": "hand_over", **handed})
    shown = agent.get(page).content.decode()
    assert "définitive" in shown
    assert 'name="step"' not in shown


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
    opened = commune.get(f"/guichets/changements/REN-{reference}/").content.decode()
    assert "Rochat-Blanc" in opened
    assert "12 juin 1990" in opened.replace("\N{NO-BREAK SPACE}", " ")

    assert Reading.objects.of(person).filter(case_reference=f"REN-{reference}").count() == 1
    assert at_the_counter("police").get("/guichets/changements/").status_code == 403


def test_the_address_of_the_application_is_not_asked_for_twice(client: Client) -> None:
    application = cancelled()
    application.answers = {"delivery": {"street": "Rue du Lac", "postcode": "1207", "town": "Genève"}}
    application.save(update_fields=["answers"])

    page = client.get(f"/identite/retour/{application.token}/").content.decode()

    assert 'value="Rue du Lac"' in page
    assert 'value="1207"' in page
