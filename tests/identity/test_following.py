"""Following an application: what is still to bring, what happened, what runs, what it leads to."""

from __future__ import annotations

import pytest
from django.test import Client

from guichet.casework.acts import Actor, take
from guichet.identity.models import IdentityApplication
from tests.identity.builders import AT, CENTRE, COMMUNE, acted, an_application
from tests.orders.builders import an_account, an_order

pytestmark = pytest.mark.django_db
READY = ("appearance_recorded", "majority_recorded", "photo_accepted")


@pytest.fixture(autouse=True)
def at_the_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the builders' day."""
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def page_of(client: Client, application: IdentityApplication) -> str:
    """The application's page."""
    return client.get(f"/identite/demande/{application.token}/").content.decode()


def test_what_is_still_to_bring_becomes_less_with_each_act_of_the_counter(client: Client) -> None:
    application = an_application(reason="theft")
    before = page_of(client, application)

    acted(application, "police_certificate_received", actor=COMMUNE)
    acted(application, *READY, actor=COMMUNE)
    after = page_of(client, application)

    assert "Apportez l" in before
    assert "police suisse" in before.split("Ce qui s")[0]
    assert "Venez en personne" in before
    assert "Venez en personne" not in after
    assert "Signez la formule" in after


def test_the_timeline_cites_the_article_of_each_act_and_links_to_no_text_that_is_not_ours(client: Client) -> None:
    application = acted(an_application(), "appearance_recorded", "fee_paid", actor=COMMUNE)

    page = page_of(client, application)

    assert "La demande a été déposée auprès de l" in page
    assert "art. 11 al. 1 RDId" in page
    assert "art. 50 OLDI" in page
    assert "/droit/oldi/" not in page


def test_a_clock_that_runs_is_shown_with_the_way_it_is_counted(client: Client) -> None:
    application = acted(an_application(), *READY, "fee_paid", actor=COMMUNE)
    acted(application, "form_signed", actor=Actor("applicant", "guest"))
    take("document_ordered", application, actor=CENTRE, at=AT)

    page = page_of(client, application)

    assert "7 décembre 2026" in page
    assert "comment cette date est-elle calculée" in page


@pytest.mark.parametrize("state", ["open", "old_document_due", "certificate_due", "abandoned"])
def test_the_page_of_each_state_is_drawn(client: Client, state: str) -> None:
    reasons = {"old_document_due": "renewal", "certificate_due": "loss"}
    application = an_application(reason=reasons.get(state, "first"))
    if state == "abandoned":
        client.post(f"/identite/demande/{application.token}/retirer/")

    page = page_of(client, application)

    assert application.reference in page
    application.refresh_from_db()
    assert application.state == state
    assert ("Retirer la demande" in page) is (state != "abandoned")


def test_the_code_of_an_application_and_that_of_an_order_find_their_pages(client: Client) -> None:
    application, order = an_application(), an_order()

    for case, path in ((application, f"/identite/demande/{application.token}/"), (order, f"/suivi/{order.token}/")):
        found = client.post("/suivi/", {"reference": case.reference, "code": case.tracking_code})
        assert found["Location"] == path
    crossed = client.post("/suivi/", {"reference": application.reference, "code": order.tracking_code})
    assert crossed.status_code == 422


def test_mes_demarches_lists_orders_and_applications_together(client: Client) -> None:
    account = an_account(person=None)
    order, application = an_order(account=account), an_application()
    IdentityApplication.objects.filter(pk=application.pk).update(account=account)
    client.force_login(account)

    page = client.get("/mes-demarches/").content.decode()

    assert order.reference in page
    assert application.reference in page
    assert "carte d" in page
    assert page.count(", 23 novembre 2026</td>") == 2, "the day on which each was begun"


def test_a_withdrawal_is_asked_for_once_more_before_it_is_done(client: Client) -> None:
    application = an_application()
    address = f"/identite/demande/{application.token}/retirer/"

    asked = client.get(address).content.decode()
    application.refresh_from_db()
    before = application.state
    client.post(address)
    application.refresh_from_db()

    assert "Retirer la demande\N{NO-BREAK SPACE}?" in asked
    assert (before, application.state) == ("open", "abandoned")
    assert client.get(address)["Location"] == f"/identite/demande/{application.token}/"
