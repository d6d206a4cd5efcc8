"""A parent who objects once the document is ordered: noted, told, shown before the delivery, and taken up if it comes back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from guichet.casework import journal, outbox
from guichet.casework.acts import Actor, take
from guichet.casework.models import OutboxMessage
from guichet.gateways.production.port import Stage, Told
from guichet.identity.models import IdentityApplication, ParentalObjection, ProductionOrder
from guichet.identity.operations import counter, objections, producing
from guichet.kit.errors import NotAllowedNow, NotEntitled
from tests.identity.builders import AT, CENTRE
from tests.identity.counter import an_agent_of, at_the_counter, browser_of, complete, deed, done
from tests.identity.test_objections import LIFTED, RECORDED, a_child, case_page, ready
from tests.identity.test_portal import read

pytestmark = pytest.mark.django_db
EXAMINE = "Un parent s'oppose\N{NO-BREAK SPACE}: à examiner avant toute remise"
MARK = "opposition d'un parent</strong>"
LETTER = {"objected_on_day": "20", "objected_on_month": "11", "objected_on_year": "2026", "came_by": "letter"}


@pytest.fixture(autouse=True)
def at_the_counters(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the builders' day."""
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def ordered() -> IdentityApplication:
    """A child's card that the production makes."""
    return done(ready(an_agent_of("commune")), an_agent_of("centre"), "document_ordered")


def kept() -> IdentityApplication:
    """A child's card that came back from its address: the centre keeps it."""
    application = ordered()
    take("document_issued", application, actor=CENTRE, at=AT, fields={"issued_at": AT})
    take("undelivered_kept", application, actor=CENTRE, at=AT)
    return application


def test_the_desk_notes_it_and_the_case_goes_on_where_it_is() -> None:
    application, browser = ordered(), at_the_counter("commune")
    address = reverse("guichets:act", args=[application.reference, RECORDED])
    assert f'href="{address}"' in case_page(application, "commune")

    answer = browser.post(address, {**LETTER, "words": "Luc Rochat, lettre signée"})

    one, stored = ParentalObjection.objects.get(), IdentityApplication.objects.get()
    entry = journal.entries(application.reference)[-1]
    assert answer.status_code == 302
    assert (stored.state, stored.opposed_on, one.objected_on) == ("ordered", None, date(2026, 11, 20))
    assert (entry.act, entry.facts) == ("late_objection_noted", {"objected_on": "2026-11-20", "came_by": "letter"})
    assert entry.basis == ["RDId:6/1", "OLDI:11"]
    assert journal.verify(application.reference) == []


def test_every_authority_of_the_case_sees_it_and_nobody_notes_it_twice() -> None:
    application = done(ordered(), an_agent_of("commune"), RECORDED)

    for authority in ("commune", "centre"):
        page = case_page(application, authority)
        assert EXAMINE in page
        assert "Luc Rochat, le père" in page
        assert "Lever l'opposition" in page
    with pytest.raises(NotAllowedNow, match="déjà enregistrée"):
        done(application, an_agent_of("centre"), RECORDED)


def rows_of(authority: str, selection: str) -> dict[str, tuple[bool, bool]]:
    """Of each reference on a list: whether its row is marked, for the page and in words."""
    answer = at_the_counter(authority).get(f"/guichets/?liste={selection}")
    page = answer.content.decode()
    words = {
        line.split("</a>")[0].rsplit(">", 1)[-1]: MARK in line
        for line in page.split("<tr ")
        if 'class="reference"' in line
    }
    marked = {row.application.reference: row.is_opposed for row in answer.context["rows"]}
    return {reference: (marked[reference], words[reference]) for reference in marked}


@pytest.mark.parametrize("authority", ["commune", "centre"])
def test_the_lists_mark_it_in_words_until_it_is_lifted(authority: str) -> None:
    application, other, clerk = ordered(), ordered(), an_agent_of("commune")

    done(application, clerk, RECORDED)
    marked = rows_of(authority, "en-production")
    done(application, clerk, LIFTED)

    assert marked == {application.reference: (True, True), other.reference: (False, False)}
    assert set(rows_of(authority, "en-production").values()) == {(False, False)}


def test_the_lists_mark_what_an_objection_stops_and_not_what_is_over() -> None:
    stopped, over = ready(an_agent_of("commune")), kept()
    done(stopped, an_agent_of("commune"), RECORDED)
    done(over, an_agent_of("centre"), RECORDED, "document_delivered")

    assert rows_of("commune", "a-traiter") == {stopped.reference: (True, True)}
    assert rows_of("commune", "terminees") == {over.reference: (False, False)}


def test_whoever_hands_the_document_over_is_warned_on_the_page_of_the_act() -> None:
    application = kept()
    address = reverse("guichets:act", args=[application.reference, "document_delivered"])
    browser = browser_of(an_agent_of("centre"))
    before = browser.get(address).content.decode()

    done(application, an_agent_of("commune"), RECORDED)
    after = browser.get(address).content.decode().replace("&#x27;", "'")

    assert "oppose" not in before
    assert EXAMINE in after


def test_the_applicant_is_told_that_the_production_goes_on_and_who_decides(client: Client) -> None:
    application = done(ordered(), an_agent_of("commune"), RECORDED)

    page = read(client, application).replace("&#x27;", "'").replace("\N{NO-BREAK SPACE}", " ")
    _, mail = outbox.compose(OutboxMessage.objects.get(kind="identity/parental_objection"))

    for sentence in (objections.LATE.means, *objections.LATE.next):
        assert sentence in page
        assert sentence in mail
    assert "aucun document n'est commandé" not in page + mail
    assert client.get(f"/identite/demande/{application.token}/opposition.pdf").content.startswith(b"%PDF")


def test_both_parents_or_a_decision_lift_what_was_noted() -> None:
    application, clerk = ordered(), an_agent_of("commune")
    with pytest.raises(NotAllowedNow, match="à lever"):
        done(application, clerk, LIFTED)
    done(application, clerk, RECORDED, LIFTED)

    page = case_page(application, "commune")

    assert ParentalObjection.objects.get().lifting == "decision"
    assert journal.entries(application.reference)[-1].act == "late_objection_lifted"
    assert EXAMINE not in page
    assert "levée" in page


def test_a_document_that_the_production_rejects_is_not_ordered_again_against_it() -> None:
    application, centre = ordered(), an_agent_of("centre")
    done(application, an_agent_of("commune"), RECORDED)

    producing.absorb(ProductionOrder.objects.get().pk, Told(Stage.REJECTED, "photographie trop sombre"), at=AT)

    application.refresh_from_db()
    assert (application.state, application.opposed_on) == ("open", date(2026, 11, 20))
    assert application.awaits_agreement
    assert journal.entries(application.reference)[-1].act == RECORDED
    assert OutboxMessage.objects.filter(kind="identity/parental_objection").count() == 2
    with pytest.raises(NotAllowedNow, match="L'autre parent s'oppose"):
        done(application, centre, "document_ordered")


def test_what_the_centre_takes_back_by_hand_is_stopped_by_it_too() -> None:
    application, centre = ordered(), an_agent_of("centre")
    done(application, centre, RECORDED, "production_rejected")

    application.refresh_from_db()

    assert (application.state, application.opposed_on) == ("open", date(2026, 11, 20))


def test_neither_an_adult_nor_an_authority_that_has_no_counter_is_asked() -> None:
    application = ordered()
    adult = done(
        complete(a_child(born_on=date(1990, 6, 12)), an_agent_of("commune")), an_agent_of("centre"), "document_ordered"
    )
    told = {"way": "letter", "on": AT.date(), "words": "Luc Rochat", "at": AT}

    with pytest.raises(NotEntitled):
        objections.record(application, actor=Actor("police", deed(RECORDED, an_agent_of("police")).agent.name), **told)
    with pytest.raises(NotAllowedNow, match="majeure"):
        counter.perform(adult, deed(RECORDED, an_agent_of("commune")))
    assert "l'opposition" not in case_page(adult, "commune")


def test_a_delivered_document_is_past_noting_and_the_case_keeps_what_was_noted() -> None:
    application, centre = kept(), an_agent_of("centre")
    done(application, centre, RECORDED, "document_delivered")

    page = case_page(application, "centre")

    assert EXAMINE not in page
    assert "arrivée une fois le document commandé" in page
    assert "Enregistrer l'opposition" not in page
