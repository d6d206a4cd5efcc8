"""A cancelled document is given back by the authority's decision, never where abuse is feared, never after a loss (RDId 8/2)."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

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


def decide(
    request: ReturnRequest, *, authority: str = "commune", agent: Actor = AGENT, **told: Any
) -> IdentityDecision:
    decided = {"is_abuse_feared": False, "is_returned": True, "assessment": REASONS} | told
    office = the_authorities()[authority]
    return returning.decide(request, office=office, agent=agent, signatory="Marc Favre", at=AT, **decided)


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


def typed_day(name: str, day: int) -> dict[str, str]:
    """A day of November 2026, as it is typed in three fields."""
    return {f"{name}_day": str(day), f"{name}_month": "11", f"{name}_year": "2026"}


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


HANDED = {"on": AT.date(), "handing": "in_person", "words": "à la titulaire, permis de conduire vu"}


def hand_over(decision: IdentityDecision, *, authority: str = "commune", agent: Actor = AGENT, **told: Any) -> None:
    office = the_authorities()[authority]
    returning.hand_over(decision, **(HANDED | told), office=office, agent=agent, at=AT)


@pytest.mark.applies("RDId 8/2")
def test_that_the_document_was_handed_over_is_an_act_with_its_day_its_way_and_who() -> None:
    decision = decide(asked())
    hand_over(decision, handing="by_post", words="envoi recommandé à son adresse")

    given, entry = ReturnRequest.objects.get(), journal.entries(decision.application.reference)[-1]
    assert (given.handed_on, given.handing, given.handed_by) == (AT.date(), "by_post", uuid.UUID(AGENT.name))
    assert given.handing_words == "envoi recommandé à son adresse"
    assert (entry.act, entry.actor, entry.basis) == ("return_handed_over", AGENT.name, ["RDId:8/2"])
    assert entry.facts == {"handed_on": "2026-11-23", "handing": "by_post"}
    assert IdentityApplication.objects.get().state == "open"


def test_it_is_handed_over_once_and_only_by_who_decided_to_give_it_back() -> None:
    granted, refused = decide(asked()), decide(asked(), is_returned=False)

    with pytest.raises(NotAllowedNow, match="pas à remettre"):
        hand_over(refused)
    with pytest.raises(NotEntitled):
        hand_over(granted, authority="centre", agent=Actor("centre", str(uuid7())))
    with pytest.raises(Refused, match="futur"):
        hand_over(granted, on=AT.date() + timedelta(days=1))
    with pytest.raises(Refused, match="à qui"):
        hand_over(granted, words=" ")
    stale = IdentityDecision.objects.select_related("return_request").get(pk=granted.pk)
    hand_over(granted)
    with pytest.raises(NotAllowedNow, match="déjà enregistrée"):
        hand_over(stale)
    with pytest.raises(NotAllowedNow, match="déjà rendu"):
        asked(granted.application)


def test_nothing_is_handed_over_while_an_appeal_waits() -> None:
    decision = decide(asked())
    deciding.notify(decision, on=AT.date(), agent=AGENT, at=AT)
    decision.refresh_from_db()
    returning.file_appeal(decision, on=AT.date(), agent=AGENT, at=AT)
    decision.refresh_from_db()
    commune = the_authorities()["commune"]

    with pytest.raises(NotAllowedNow, match="pas à remettre"):
        hand_over(decision)
    assert not returning.to_hand_over(commune).exists()
    returning.render_judgment(decision, "upheld", agent=AGENT, at=AT)
    decision.refresh_from_db()
    assert returning.to_hand_over(commune).get() == decision.return_request
    hand_over(decision)

    assert not returning.to_hand_over(commune).exists()


def test_the_database_holds_that_a_handing_over_is_told_whole() -> None:
    decide(asked())

    for columns in ({"handed_on": AT.date()}, {"handing": "in_person"}, {"handed_on": AT.date(), "handing": "by_post"}):
        with pytest.raises(IntegrityError, match="told_whole"), transaction.atomic():
            ReturnRequest.objects.update(**columns)


def test_the_commune_hands_it_over_on_its_screen_and_the_page_of_the_person_tells_it(client: Client) -> None:
    decision, agent = decide(asked()), at_the_counter("commune")
    page, own = f"/guichets/retours/{decision.return_request_id}/", f"/identite/demande/{decision.application.token}/"
    sent = {"step": "hand_over", "handing": "in_person", "words": HANDED["words"], **typed_day("handed_on", 23)}
    due = agent.get("/guichets/retours/").content.decode()

    assert agent.post(page, sent | {"words": ""}).status_code == 422
    assert agent.post(page, sent | typed_day("handed_on", 30)).status_code == 422
    agent.post(page, sent)

    shown, listed = agent.get(page).content.decode(), agent.get("/guichets/retours/").content.decode()
    told = client.get(own).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Aucun document à remettre" not in due
    assert "Aucun document à remettre" in listed
    assert "remis en main propre le 23 novembre 2026" in listed.replace("\N{NO-BREAK SPACE}", " ")
    assert str(HANDED["words"]) in shown
    assert 'value="hand_over"' not in shown
    assert 'value="notify"' in shown
    assert "Il a été remis en main propre le" in told
    assert "L&#x27;ancien document, annulé, a été rendu" in told
    assert str(HANDED["words"]) not in told


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


def test_the_page_of_the_application_tells_what_became_of_the_request(client: Client) -> None:
    application = cancelled()
    page = f"/identite/demande/{application.token}/"
    ask_again = f'href="/identite/retour/{application.token}/"'
    assert ask_again in client.get(page).content.decode()

    request = asked(application)
    waiting = client.get(page).content.decode()
    decide(request, is_returned=False)
    refused = client.get(page).content.decode()
    decide(asked(application))
    granted = client.get(page).content.decode()

    assert "l'autorité vous répond par lettre" in waiting
    assert "ancien document, annulé, a été redemandé." in waiting
    assert ask_again not in waiting + granted
    assert "L&#x27;autorité a décidé de ne pas rendre" in refused
    assert ask_again in refused
    assert "L'autorité a décidé de vous le rendre" in granted


def words_of(client: Client, address: str) -> str:
    """What somebody reads on a page, its marks left out."""
    page = client.get(address).content.decode()
    return re.sub(r"<[^>]+>", "", page).replace("&#x27;", "'").replace("\N{NO-BREAK SPACE}", " ")


def own_page(client: Client, decision: IdentityDecision) -> str:
    """What the page of the application says of the old document."""
    text = words_of(client, f"/identite/demande/{decision.application.token}/")
    return text.split("L'ancien document\n")[-1].split("Retirer la demande")[0]


def test_the_page_of_the_application_tells_the_appeal_and_what_the_court_said(client: Client) -> None:
    decision = decide(asked(), is_returned=False)
    told = [own_page(client, decision)]
    deciding.notify(decision, on=AT.date(), agent=AGENT, at=AT)
    decision.refresh_from_db()
    told.append(own_page(client, decision))
    returning.file_appeal(decision, on=AT.date(), agent=AGENT, at=AT)
    told.append(own_page(client, decision))
    returning.render_judgment(decision, "set_aside", agent=AGENT, at=AT)
    told.append(own_page(client, decision))

    refused, open_to_appeal, appealed, judged = told
    assert "sa lettre dit pourquoi" in refused
    assert "recourir" not in refused
    assert "Vous pouvez recourir jusqu'au vendredi 8 janvier 2027 compris (art. 13 RDId)" in open_to_appeal
    assert "Un recours est déposé : la justice tranche" in appealed
    assert "Redemander" in open_to_appeal
    assert "Redemander" not in appealed + judged
    assert "La justice a annulé la décision prise : l'autorité décide à nouveau" in judged


@pytest.mark.usefixtures("sealing")
def test_the_counter_sees_what_was_decided_before_and_what_the_court_said() -> None:
    request, agent = asked(), at_the_counter("commune")
    decision, page = decide(request, is_returned=False), f"/guichets/retours/{request.pk}/"
    commit = deciding.write_letter.func(str(decision.pk), at=AT)
    assert commit is not None
    commit()
    assert "à remettre à Amélie Rochat" in agent.get(page).content.decode()
    deciding.notify(decision, on=AT.date(), agent=AGENT, at=AT)
    decision.refresh_from_db()
    returning.file_appeal(decision, on=AT.date(), agent=AGENT, at=AT)
    appealed = words_of(agent, page)
    returning.render_judgment(decision, "set_aside", agent=AGENT, at=AT)
    again = words_of(agent, page)
    request.refresh_from_db()
    hand_over(decide(request))
    listed = agent.get("/guichets/retours/").content.decode()
    case = words_of(agent, f"/guichets/{decision.application.reference}/")

    assert "Recours déposé le lundi 23 novembre 2026" in appealed
    assert "à remettre à Amélie Rochat" not in appealed
    assert "Refus de rendre un document annulé, décidé le" in again
    assert "Jugement : la décision est annulée" in again
    assert listed.count("remis en main propre") == 1
    assert "est jugé : la décision est annulée" in case


def test_the_centre_reads_where_the_appeal_and_the_judgment_are_recorded() -> None:
    decision = decide(asked(), is_returned=False)
    office = decision.application.office
    assert office is not None

    page = words_of(at_the_counter("centre"), f"/guichets/recours/{decision.application.reference}/")

    assert f"s'enregistrent chez {office.name}" in page


def test_the_address_of_the_application_is_not_asked_for_twice(client: Client) -> None:
    application = cancelled()
    application.answers = {"delivery": {"street": "Rue du Lac", "postcode": "1207", "town": "Genève"}}
    application.save(update_fields=["answers"])

    page = client.get(f"/identite/retour/{application.token}/").content.decode()

    assert 'value="Rue du Lac"' in page
    assert 'value="1207"' in page
