"""Looking somebody up outside of a case: a reason first, everything on the record."""

from __future__ import annotations

import pytest
from django.urls import reverse

from guichet.casework.acts import Actor
from guichet.institutions.models import Role
from guichet.people.models import Person, Reading, RegisterSearch
from guichet.people.register import extract
from tests.orders.builders import AT

from .builders import amelie, an_agent, at_most, at_the_desk, browser_of

pytestmark = pytest.mark.django_db
SEARCH = reverse("desk:register")
WHY = {"reason": "appel téléphonique au sujet de son attestation"}


def address(person: Person) -> str:
    """The record's page."""
    return reverse("desk:register_person", args=[person.pk])


def test_candidates_show_no_address_and_no_avs_number() -> None:
    person = amelie()

    page = at_the_desk().post(SEARCH, {"name": "rochat"}).content.decode()

    assert "1 personne trouvée" in page
    assert person.address["street"] not in page
    assert person.avs_number not in page


def test_a_search_is_on_the_record_of_who_made_it() -> None:
    amelie()
    agent = an_agent(Role.SUPERVISOR)

    browser_of(agent).post(SEARCH, {"name": "rochat"})

    search = RegisterSearch.objects.get()
    assert (search.role, search.reader) == ("supervisor", str(agent.pk))


def test_nobody_found_says_what_else_to_try() -> None:
    amelie()

    assert "moins de critères" in at_the_desk().post(SEARCH, {"name": "Inconnue"}).content.decode()


def test_a_record_asks_why_before_it_shows_anything() -> None:
    person = amelie()

    page = at_the_desk().get(address(person)).content.decode()

    assert "Pourquoi consultez-vous" in page
    assert person.official_name not in page
    assert not Reading.objects.exists()


@pytest.mark.parametrize("reason", ["", "curieux", "x" * 201])
def test_a_record_stays_closed_without_a_proper_reason(reason: str) -> None:
    person = amelie()

    answer = at_the_desk().post(address(person), {"reason": reason})

    assert answer.status_code == 422
    assert person.official_name not in answer.content.decode()
    assert not Reading.objects.exists()


def test_a_record_opens_with_a_reason_that_is_kept() -> None:
    person = amelie()

    page = at_the_desk().post(address(person), WHY).content.decode()

    assert "Rue Élise-Fontanet" in page
    assert Reading.objects.get(person=person).reason == WHY["reason"]


def test_a_record_shows_who_read_it_before() -> None:
    person = amelie()
    earlier = an_agent(email="denise@office.example", name="Denise Dupraz")
    extract(person.pk, reader=Actor("clerk", str(earlier.pk)), reason="guichet", case_reference=None, at=AT)

    page = at_the_desk().post(address(person), WHY).content.decode()

    assert "Denise Dupraz" in page
    assert "guichet" in page


def test_a_locked_address_stays_locked() -> None:
    amelie()
    zoe = Person.objects.get(local_person_id="GE-D09")

    page = at_the_desk().post(address(zoe), WHY).content.decode()

    assert "protégée" in page
    assert zoe.address["street"] not in page


def test_a_record_costs_four_statements_at_most() -> None:
    person = amelie()
    browser = at_the_desk()

    browser.post(address(person), WHY)  # the names of the agents are known
    with at_most(4):
        browser.post(address(person), WHY)
