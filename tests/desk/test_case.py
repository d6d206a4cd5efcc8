"""The page of a case: where it stands, what differs, what may be done, who read and wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from guichet.casework import journal
from guichet.casework.acts import Actor
from guichet.casework.models import Note
from guichet.desk.deeds import deeds
from guichet.institutions.models import Role
from guichet.orders import handling
from guichet.orders.models import Order
from guichet.payments.models import Incident, PaymentAttempt
from guichet.payments.operations.incidents import open_incident
from guichet.payments.states import IncidentKind
from guichet.people.models import Person, Reading
from tests.orders.builders import AT, an_order, pay

from .builders import (
    an_agent,
    at_most,
    at_the_desk,
    browser_of,
    identified,
    in_examination,
    refused,
    to_be_posted,
)

pytestmark = pytest.mark.django_db


def address(order: Order, page: str = "case") -> str:
    """A page of the case."""
    return reverse(f"desk:{page}", args=[order.reference])


def page_of(order: Order) -> str:
    """The page of the case, as a clerk reads it."""
    return at_the_desk().get(address(order)).content.decode()


def an_incident(order: Order) -> Incident:
    """A payment whose answer did not match, as payments records it."""
    attempt = PaymentAttempt.objects.create(
        reference="PAY-00000001-1",
        case_reference=order.reference,
        serial=1,
        state="captured",
        provider="saferpay",
        amount_centimes=2500,
        quote_digest="x",
        lines=[],
        sent={},
        return_key="r",
        notify_key="n",
        transaction_id="tx1",
        started_at=AT,
        opened_at=AT,
    )
    open_incident(attempt, IncidentKind.MISMATCH, facts={"differing": ["amount_centimes"]}, at=AT)
    return Incident.objects.get(attempt=attempt)


def test_the_first_sentence_says_who_must_act_and_by_when() -> None:
    page = page_of(in_examination())

    assert "Un gestionnaire doit désigner la personne" in page
    assert "Dernier jour indicatif" in page


def test_a_late_case_says_how_late_it_is() -> None:
    assert "en retard de" in page_of(in_examination(at=AT - timedelta(days=28)))


def test_differences_from_the_register_are_counted_and_marked() -> None:
    page = page_of(identified())

    assert "1 donnée diffère" in page
    assert "27 mars 1985" in page
    assert "12 juin 1990" in page


def test_before_anybody_is_designated_nothing_is_read_from_the_register() -> None:
    page = page_of(in_examination())

    assert "Aucune personne du registre n'est encore désignée" in page
    assert not Reading.objects.exists()


def test_opening_a_case_is_a_reading_with_its_reader_and_reason() -> None:
    order = identified()
    agent = an_agent(Role.SUPERVISOR)

    browser_of(agent).get(address(order))

    reading = Reading.objects.get(case_reference=order.reference)
    assert (reading.role, reading.reader) == ("supervisor", str(agent.pk))
    assert "examiner" in reading.reason


def test_conditions_show_what_the_register_finds() -> None:
    page = page_of(identified())

    assert page.count("remplie</strong>") == 2


def test_a_protected_address_is_not_shown() -> None:
    order = identified()
    zoe = Person.objects.get(local_person_id="GE-D09")
    handling.identify(order, person_id=zoe.pk, clerk=Actor("clerk", "carole"), at=AT)

    page = page_of(order)

    assert "protégée" in page
    assert zoe.address["street"] not in page


@pytest.mark.parametrize("state", Order.procedure.states)
def test_buttons_are_those_of_the_procedure_for_a_clerk(state: str) -> None:
    order = Order(reference="CMD-00000000-0", state=state, delivery="post")

    offered = {deed.act for deed in deeds(order, has_incident=False)}

    possible = {transition.act for transition in Order.procedure.possible(state, "clerk")}
    assert offered <= possible
    assert possible - offered == set(), "an act of the clerk without a page"


def test_granting_waits_for_the_person_and_says_so() -> None:
    assert "Désignez d&#x27;abord la personne" in page_of(in_examination())


def test_a_case_is_one_click_away_from_its_incident_and_from_the_list_of_incidents() -> None:
    order = in_examination()
    incident = an_incident(order)
    browser = at_the_desk()

    for address in (reverse("desk:incidents:list"), reverse("desk:incidents:detail", args=[incident.pk])):
        assert f'href="{reverse("desk:case", args=[order.reference])}"' in browser.get(address).content.decode()


def test_an_open_incident_stops_the_case_and_is_one_click_away() -> None:
    order = identified()
    incident = an_incident(order)

    page = page_of(order)

    assert reverse("desk:incidents:detail", args=[incident.pk]) in page
    assert "doit le résoudre avant toute autre chose" in page
    assert "disabled" in page


def test_the_timeline_names_the_agent_who_wrote_a_note() -> None:
    order = in_examination()
    browser = browser_of(an_agent(name="Denise Dupraz"))

    browser.post(address(order, "note"), {"text": "Appelé la commune."})

    page = browser.get(address(order)).content.decode()
    assert page.count("Denise Dupraz") >= 2
    assert "Appelé la commune." in page
    assert "Appelé" not in str(journal.entries(order.reference)[-1].facts)


def test_an_empty_note_is_refused_beside_its_field() -> None:
    order = in_examination()

    answer = at_the_desk().post(address(order, "note"), {"text": "  "})

    assert answer.status_code == 422
    assert "La note est vide" in answer.content.decode()
    assert not Note.objects.exists()


def test_the_journal_is_verified_on_demand() -> None:
    order = in_examination()

    answer = at_the_desk().get(address(order, "chain"))

    assert "La chaîne est intacte" in answer.content.decode()
    assert answer.context["breaks"] == []


def test_the_document_of_a_case_opens_and_the_opening_is_journalled(sealing: None) -> None:
    order = to_be_posted()
    browser = at_the_desk()
    issued = browser.get(address(order)).context["file"].documents[0]

    answer = browser.get(reverse("desk:document", args=[order.reference, issued.pk]))

    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    assert journal.entries(order.reference)[-1].act == "document_opened"


def test_a_document_of_another_case_does_not_open_here(sealing: None) -> None:
    order, other = to_be_posted(), to_be_posted()
    browser = at_the_desk()
    issued = browser.get(address(other)).context["file"].documents[0]

    assert browser.get(reverse("desk:document", args=[order.reference, issued.pk])).status_code == 404


def test_a_case_costs_eight_statements_at_most(sealing: None) -> None:
    for order in (identified(), refused(), pay(an_order())):
        browser = browser_of(an_agent(email=f"{order.reference}@office.example"))
        browser.get(address(order))  # the names of the agents are known
        with at_most(8):
            assert browser.get(address(order)).status_code == 200
