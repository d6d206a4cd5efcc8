"""What the office does about incidents of payment, by its operations and on its pages."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest
from django.template.loader import get_template
from django.test import Client

from guichet.casework.models import Entry
from guichet.gateways.payment.port import Unknown
from guichet.institutions.models import Membership, Office
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow, NotYours
from guichet.payments.models import Incident, PaymentAttempt
from guichet.payments.operations import ORDER_RELEASE, ask_again, resolve_incident
from guichet.payments.states import IncidentKind, Resolution, State
from guichet.people.models import Account

from . import urls
from .builders import CAROLE, NOON, a_counter, an_open_page, later

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.payments.urls")]


def a_mismatch():
    counter, attempt = an_open_page()
    counter.pays(attempt, means="TWINT")
    counter.settle(attempt)
    return counter, Incident.objects.get(attempt=attempt)


def an_unknown_end():
    counter, attempt = an_open_page()
    counter.says(attempt, Unknown("timeout"))
    counter.settle(attempt, later(hours=23))
    return counter, Incident.objects.get(attempt=attempt)


def decide(counter, incident, resolution, at=NOON):
    resolve_incident(incident.pk, resolution=resolution, actor=CAROLE, at=at, wiring=counter.wiring)


def test_held_money_is_released_at_an_agent_s_decision_and_the_provider_closes_the_incident():
    counter, incident = a_mismatch()
    decide(counter, incident, ORDER_RELEASE)
    assert Incident.objects.get(pk=incident.pk).resolved_at is None

    counter.work()

    closed = Incident.objects.select_related("attempt").get(pk=incident.pk)
    assert (closed.resolution, closed.attempt.state) == (Resolution.VOIDED, State.VOIDED)


def test_a_release_ordered_twice_is_refused_the_second_time():
    counter, incident = a_mismatch()
    decide(counter, incident, ORDER_RELEASE)

    with pytest.raises(NotAllowedNow):
        decide(counter, incident, ORDER_RELEASE)


def test_an_unknown_end_declared_unpaid_lets_the_person_pay_again():
    counter, incident = an_unknown_end()

    decide(counter, incident, Resolution.NOT_PAID, later(hours=30))

    assert PaymentAttempt.objects.get(pk=incident.attempt_id).state == State.NOT_PAID
    assert counter.press_pay(later(hours=31)).serial == 2


def test_who_closed_an_incident_is_on_record_and_in_the_journal():
    counter, incident = an_unknown_end()

    decide(counter, incident, Resolution.EXPLAINED, later(hours=30))

    closed = Incident.objects.get(pk=incident.pk)
    assert (closed.resolved_by, closed.resolved_at) == ("carole", later(hours=30))
    assert Entry.objects.get(case_reference=counter.reference, act="payment_incident_resolved").actor == "carole"


@pytest.mark.parametrize("resolution", [Resolution.NOT_PAID, Resolution.VOIDED, "nonsense", ""])
def test_an_incident_is_closed_only_in_the_ways_its_kind_allows(resolution):
    counter, incident = a_mismatch()

    with pytest.raises(NotAllowedNow):
        decide(counter, incident, resolution)


def test_a_closed_incident_cannot_be_closed_again():
    counter, incident = an_unknown_end()
    decide(counter, incident, Resolution.EXPLAINED)

    with pytest.raises(NotAllowedNow):
        decide(counter, incident, Resolution.EXPLAINED)


def test_an_agent_can_have_the_provider_asked_again():
    counter, incident = an_unknown_end()
    counter.pays(incident.attempt, later(hours=22))

    state = ask_again(incident.attempt_id, actor=CAROLE, at=later(hours=23, minutes=30), wiring=counter.wiring)

    assert (state, len(counter.told("payment_validated"))) == (State.AUTHORISED, 1)


def test_an_incident_or_attempt_that_does_not_exist_is_not_found():
    counter = a_counter()
    nobody = "01900000-0000-7000-8000-000000000000"

    with pytest.raises(NotYours):
        resolve_incident(nobody, resolution="", actor=CAROLE, at=NOON, wiring=counter.wiring)
    with pytest.raises(NotYours):
        ask_again(nobody, actor=CAROLE, at=NOON, wiring=counter.wiring)


@pytest.mark.parametrize("kind", IncidentKind)
def test_every_kind_of_incident_tells_the_agent_what_happened(kind):
    assert "<p" in get_template(f"payments/desk/kind/{kind}.html").render()


def test_only_incidents_about_money_a_case_relies_on_hold_it_up():
    held, _ = a_mismatch()
    uncertain, _ = an_unknown_end()

    assert [Incident.objects.holding(counter.reference).count() for counter in (held, uncertain)] == [1, 0]


def signed_in(counter, *, role: str | None = "clerk") -> Client:
    """A browser in which somebody of the office, or of the public, is signed in."""
    urls.WIRING.update(counter.wiring)
    account = Account.objects.create_account("carole@example.ch", password=None, name="Carole", at=NOON)
    if role:
        office = Office.objects.create(code="ocpm", name="OCPM", kind="cantonal", address="Onex")
        Membership.objects.create(account=account, office=office, role=role, from_on=date(2020, 1, 1))
    client = Client()
    client.force_login(account)
    return client


def test_the_list_of_incidents_shows_open_ones_to_an_agent():
    counter, incident = a_mismatch()
    client = signed_in(counter)

    page = client.get("/bureau/incidents/").content.decode()

    assert counter.reference in page
    assert f'href="{incident.pk}/"' in page
    assert counter.reference not in client.get("/bureau/incidents/?clos=1").content.decode()


def test_the_page_of_an_incident_shows_what_was_said_and_what_can_be_done():
    counter, incident = a_mismatch()

    page = signed_in(counter).get(f"/bureau/incidents/{incident.pk}/").content.decode()

    assert "moyen de paiement TWINT" in page
    assert "Libérer le montant" in page


def test_the_list_of_closed_incidents_says_how_each_ended():
    counter, incident = a_mismatch()
    client = signed_in(counter)
    client.post(f"/bureau/incidents/{incident.pk}/decision", {"resolution": "explained"})

    assert [
        "traité hors du guichet" in client.get(f"/bureau/incidents/{which}").content.decode()
        for which in ("", "?clos=1")
    ] == [False, True]


def test_the_page_of_an_incident_says_nothing_of_what_has_not_happened():
    counter, incident = a_mismatch()

    page = signed_in(counter).get(f"/bureau/incidents/{incident.pk}/").content.decode()

    assert ("Ouvert le" in page, "Encaissé le" in page) == (True, False)


def test_an_agent_decides_on_the_page_of_the_incident():
    counter, incident = an_unknown_end()

    response = signed_in(counter).post(f"/bureau/incidents/{incident.pk}/decision", {"resolution": "explained"})

    assert (response.status_code, response["Location"]) == (302, "./")
    assert Incident.objects.get(pk=incident.pk).resolution == Resolution.EXPLAINED


def test_an_agent_has_the_provider_asked_on_the_page_of_the_incident():
    counter, incident = an_unknown_end()
    counter.pays(incident.attempt, later(hours=22))

    with patch.object(clock, "now", return_value=later(hours=23, minutes=30)):
        signed_in(counter).post(f"/bureau/incidents/{incident.pk}/question")

    assert len(counter.told("payment_validated")) == 1


@pytest.mark.parametrize(("role", "status"), [(None, 403), ("supervisor", 200)])
def test_only_people_of_the_office_see_incidents(role, status):
    counter, incident = a_mismatch()
    client = signed_in(counter, role=role)

    assert [client.get(f"/bureau/incidents/{path}").status_code for path in ("", f"{incident.pk}/")] == [status] * 2


def test_who_is_not_signed_in_is_sent_to_sign_in():
    counter, incident = a_mismatch()
    urls.WIRING.update(counter.wiring)

    response = Client().get(f"/bureau/incidents/{incident.pk}/")

    assert response.status_code == 302
    assert response["Location"].startswith("/compte/connexion/")


def test_decisions_about_incidents_are_never_taken_by_a_link():
    counter, incident = a_mismatch()
    client = signed_in(counter)

    for act in ("decision", "question"):
        assert client.get(f"/bureau/incidents/{incident.pk}/{act}").status_code == 405


def test_an_unknown_incident_is_not_found():
    counter = a_counter()
    client, nobody = signed_in(counter), "01900000-0000-7000-8000-000000000000"

    assert client.get(f"/bureau/incidents/{nobody}/").status_code == 404
    assert client.post(f"/bureau/incidents/{nobody}/question").status_code == 404
