"""What follows the decision on a cancelled document: its handing over, the appeal, and what everybody reads of them (RDId 8/2, 13)."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guichet.casework import journal
from guichet.casework.acts import Actor
from guichet.identity.models import IdentityApplication, IdentityDecision, ReturnRequest
from guichet.identity.operations import deciding, returning
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.kit.ids import uuid7
from tests.identity.builders import AT, the_authorities
from tests.identity.returns import AGENT, HANDED, asked, cancelled, decide, hand_over, typed_day
from tests.identity.test_losses_counter import at_the_counter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


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
