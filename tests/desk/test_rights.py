"""Who may open which page of the desk, and what anybody else is told."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from guichet.institutions import operations as institutions
from guichet.institutions.models import Role
from guichet.kit.clock import day_of
from guichet.kit.ids import uuid7
from guichet.people.models import Account, Session
from tests.orders.builders import AT, a_draft

from .builders import FORBIDDEN, GREEN, MISSING, an_agent, another_office, at_the_desk, browser_of, in_examination

pytestmark = pytest.mark.django_db
PAGES = ("home", "worklist", "post", "incidents:list", "jobs", "register", "diary")
CASE_PAGES = ("case", "chain", "person", "refusal")
POSTS = ("keep_filter", "post_preview", "make_batch", "jobs_preview", "retry_jobs")
CASE_POSTS = ("note", "designate", "examine", "grant", "posted")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_a_clerk_of_the_office(page: str) -> None:
    answer = at_the_desk().get(reverse(f"desk:{page}"))

    assert answer.status_code == GREEN
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("page", CASE_PAGES)
def test_every_page_of_a_case_opens_for_a_clerk(page: str) -> None:
    order = in_examination()

    assert at_the_desk().get(reverse(f"desk:{page}", args=[order.reference])).status_code == GREEN


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_signs_in_and_comes_back(page: str) -> None:
    address = reverse(f"desk:{page}")

    answer = Client().get(address)

    assert answer["Location"] == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize("page", PAGES)
def test_an_account_without_a_role_is_refused(page: str) -> None:
    account = Account.objects.create_account("alice@exemple.ch", password=None, name="Alice", at=AT)

    answer = browser_of(account).get(reverse(f"desk:{page}"))

    assert answer.status_code == FORBIDDEN
    assert "réservée" in answer.content.decode()


def test_the_column_of_a_session_gives_nobody_a_seat() -> None:
    account = Account.objects.create_account("alice@exemple.ch", password=None, name="Alice", at=AT)
    browser = browser_of(account)
    Session.objects.update(account=an_agent())

    assert browser.get(reverse("desk:home")).status_code == FORBIDDEN


def test_a_closed_account_sits_nowhere() -> None:
    agent = an_agent()
    browser = browser_of(agent)
    Account.objects.filter(pk=agent.pk).update(is_active=False)

    assert browser.get(reverse("desk:home")).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_a_role_in_another_office_opens_nothing_here(page: str) -> None:
    account = Account.objects.create_account("maire@exemple.ch", password=None, name="Mireille", at=AT)
    institutions.appoint(account, another_office(), Role.SUPERVISOR, from_on=day_of(AT))
    institutions.load()

    assert browser_of(account).get(reverse(f"desk:{page}")).status_code == FORBIDDEN


def test_a_role_that_has_ended_opens_nothing_any_more() -> None:
    agent = an_agent()
    institutions.dismiss(agent, agent.memberships.get().office, until_on=day_of(AT))

    assert browser_of(agent).get(reverse("desk:home")).status_code == FORBIDDEN


def test_a_case_is_closed_to_an_account_without_a_role() -> None:
    order = in_examination()
    account = Account.objects.create_account("bob@exemple.ch", password=None, name="Bob", at=AT)

    for page in CASE_PAGES:
        answer = browser_of(account).get(reverse(f"desk:{page}", args=[order.reference]))
        assert answer.status_code == FORBIDDEN
        assert order.bearer not in answer.content.decode()


@pytest.mark.parametrize("page", [page for page in PAGES if page != "register"])  # its criteria travel in the body
def test_reading_pages_answer_no_other_verb(page: str) -> None:
    assert at_the_desk().post(reverse(f"desk:{page}")).status_code == 405


@pytest.mark.parametrize("page", POSTS)
def test_acting_addresses_cannot_be_followed_as_links(page: str) -> None:
    assert at_the_desk().get(reverse(f"desk:{page}")).status_code == 405


@pytest.mark.parametrize("page", CASE_POSTS)
def test_acting_addresses_of_a_case_cannot_be_followed_as_links(page: str) -> None:
    order = in_examination()

    assert at_the_desk().get(reverse(f"desk:{page}", args=[order.reference])).status_code == 405


@pytest.mark.parametrize("page", [*CASE_PAGES, "correction", "notification"])
def test_an_unknown_reference_is_told_as_such(page: str) -> None:
    assert at_the_desk().get(reverse(f"desk:{page}", args=["CMD-00000000-0"])).status_code == MISSING


@pytest.mark.parametrize("page", CASE_PAGES)
def test_a_draft_is_its_authors_alone(page: str) -> None:
    draft = a_draft()

    assert at_the_desk().get(reverse(f"desk:{page}", args=[draft.reference])).status_code == MISSING


def test_an_unknown_batch_document_or_person_is_not_found() -> None:
    order, browser = in_examination(), at_the_desk()

    answers = [
        browser.get(reverse("desk:batch", args=[uuid7()])),
        browser.get(reverse("desk:document", args=[order.reference, uuid7()])),
        browser.get(reverse("desk:register_person", args=[uuid7()])),
        browser.get(reverse("desk:receipt", args=[order.reference])),
    ]

    assert [answer.status_code for answer in answers] == [MISSING] * 4
