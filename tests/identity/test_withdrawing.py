"""The withdrawal of a delivered document (RDId 9, LDI 7): each ground, page, letter, the return, nothing made or sent after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from guichet.casework.acts import take
from guichet.documents.contents import Verification
from guichet.gateways.production.port import Stage, Told
from guichet.identity.models import IdentityApplication, IdentityDecision, ProductionOrder
from guichet.identity.operations import counter, deciding, producing
from guichet.identity.rights import member
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow
from tests.identity.builders import AT, an_application, the_authorities
from tests.identity.counter import an_agent_of, at_the_counter, browser_of, complete, deed, done

pytestmark = [pytest.mark.django_db, pytest.mark.applies("RDId 9")]
REASONS = "L'enquête a établi que l'inscription du lieu d'origine est fausse."


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def delivered() -> IdentityApplication:
    """An adult's card, lodged at a commune, made and delivered."""
    application = complete(an_application(), an_agent_of("commune"))
    done(application, an_agent_of("centre"), "document_ordered")
    for stage in ("produced", "delivered"):
        producing.absorb(ProductionOrder.objects.get().pk, Told(Stage(stage)), at=AT)
    application.refresh_from_db()
    assert application.state == "delivered"
    return application


def withdrawn(*, ground: str = "altered") -> IdentityDecision:
    agent = member(the_authorities()["centre"], an_agent_of("centre").pk)
    told = {"ground": ground, "reasons": REASONS, "agent": agent, "signatory": "Paul Morel"}
    return deciding.decide(delivered(), "document_withdrawn", at=AT, **told)


@pytest.mark.parametrize("ground", ["conditions", "identity", "altered", "naturalisation"])
def test_for_each_ground_the_centre_withdraws_on_its_page_and_the_letter_asks_for_the_document(ground: str) -> None:
    application, browser = delivered(), browser_of(an_agent_of("centre"))
    address = reverse("guichets:act", args=[application.reference, "document_withdrawn"])
    assert address in browser.get(reverse("guichets:case", args=[application.reference])).content.decode()
    asked = {"ground": ground, "reasons": REASONS}

    page = browser.post(address, asked | {"step": "preview"}).content.decode()
    assert "telle qu'elle partira" in page
    assert browser.post(address, asked | {"step": "decide"}).status_code == 302

    application.refresh_from_db()
    assert application.state == "revoked"
    decision = IdentityDecision.objects.get()
    letter = deciding.letter(decision, verification=Verification(code="X", address="https://exemple.ch/X"))
    assert "n'est plus valable dès maintenant" in letter.decision
    assert "dans les 30 jours (art. 7 al. 1ter LDI)" in letter.decision
    assert deciding.grounds("document_withdrawn")[ground] in letter.grounds[0].text.lower()
    assert letter.remedy is not None
    assert letter.issuer.name == "Centre cantonal de biométrie"


def test_the_grounds_of_the_page_are_the_closed_list_and_no_other_is_taken() -> None:
    assert set(deciding.grounds("document_withdrawn")) == {"conditions", "identity", "altered", "naturalisation"}
    application = delivered()
    address = reverse("guichets:act", args=[application.reference, "document_withdrawn"])

    answer = at_the_counter("centre").post(address, {"ground": "because", "reasons": REASONS, "step": "decide"})

    assert answer.status_code == 422
    application.refresh_from_db()
    assert application.state == "delivered"


def test_the_holder_reads_at_once_that_the_document_no_longer_holds_and_is_to_be_returned(client: Client) -> None:
    application = withdrawn().application

    page = client.get(f"/identite/demande/{application.token}/").content.decode()

    assert "plus valable" in page
    assert "Rendez-le" in page
    assert "dès que la décision vous est remise" in page


def test_the_thirty_days_to_return_it_count_from_the_notification() -> None:
    decision = withdrawn()
    assert IdentityApplication.objects.get().due_on is None

    agent = member(the_authorities()["centre"], an_agent_of("centre").pk)
    last_day = deciding.notify(decision, on=AT.date(), agent=agent, at=AT)

    # 30 days after 23 November; the time to appeal stands still over Christmas and ends later.
    assert IdentityApplication.objects.get().due_on == date(2026, 12, 23) < last_day


def test_nothing_is_made_delivered_or_ordered_after_the_withdrawal() -> None:
    application = withdrawn().application
    for act in ("document_ordered", "document_issued", "document_delivered", "undelivered_kept"):
        with pytest.raises(NotAllowedNow):
            take(act, application, actor=member(the_authorities()["centre"], application.pk), at=AT)

    producing.absorb(ProductionOrder.objects.get().pk, Told(Stage("delivered")), at=AT)

    application.refresh_from_db()
    assert application.state == "revoked"
    page = at_the_counter("centre").get(reverse("guichets:case", args=[application.reference])).content.decode()
    assert reverse("guichets:act", args=[application.reference, "document_ordered"]) not in page


def test_the_return_is_recorded_where_it_is_handed_in_and_ends_its_period() -> None:
    decision = withdrawn()
    clerk = an_agent_of("commune")
    address = reverse("guichets:case", args=[decision.application.reference])
    assert "Restitution du document retiré" in browser_of(clerk).get(address).content.decode()

    counter.perform(decision.application, deed("withdrawn_document_returned", clerk, at=AT + timedelta(days=3)))

    page = browser_of(clerk).get(address).content.decode()
    assert "Le document retiré a été restitué." in page
    assert "Restitution du document retiré" not in page
