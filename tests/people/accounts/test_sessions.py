"""Sessions and accounts in one statement (ADR 0012): the same answers as Django's, and nothing outlives its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guichet.kit import clock
from guichet.people.accounts.jobs import forget_sessions
from guichet.people.accounts.web.sessions import SessionStore
from guichet.people.models import Account, Session

from .builders import an_account, signed_in

pytestmark = pytest.mark.django_db
HOME = reverse("account_home")
IN, OUT = 200, 302


def its_session(browser: Client) -> Session:
    return Session.objects.get(session_key=browser.cookies["sessionid"].value)


def changed(browser: Client, **values: Any) -> None:
    """Sign other values into a browser's session."""
    row = its_session(browser)
    held = SessionStore().decode(row.session_data) | values
    Session.objects.filter(pk=row.pk).update(session_data=SessionStore().encode(held))


def test_a_page_of_somebody_signed_in_asks_once_who_they_are() -> None:
    browser = signed_in(an_account())

    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/").status_code == IN

    assert len(asked) == 1
    assert '"people_session"' in asked[0]["sql"]
    assert '"people_account"' in asked[0]["sql"]


def test_a_visitor_without_a_session_costs_no_statement_and_gets_no_session() -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get("/")

    assert len(asked) == 0
    assert "sessionid" not in answer.cookies
    assert not Session.objects.exists()


def test_the_session_of_an_account_says_whose_it_is() -> None:
    account = an_account()

    assert its_session(signed_in(account)).account == account


def test_a_guest_s_session_is_nobody_s() -> None:
    browser = Client()
    session = browser.session
    session["opened_documents"] = ["x"]
    session.save()

    assert its_session(browser).account is None
    assert browser.get(HOME).status_code == OUT


def test_a_session_that_is_over_opens_nothing() -> None:
    browser = signed_in(an_account())
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))

    assert browser.get(HOME).status_code == OUT


def test_a_new_password_ends_a_session_at_its_next_page() -> None:
    account = an_account()
    browser = signed_in(account)
    assert browser.get(HOME).status_code == IN
    account.set_password("encore quatre autres mots")
    account.save()

    assert browser.get(HOME).status_code == OUT
    assert not Session.objects.filter(account=account).exists()


def test_a_closed_account_is_signed_in_nowhere() -> None:
    account = an_account()
    browser = signed_in(account)
    Account.objects.filter(pk=account.pk).update(is_active=False)

    assert browser.get(HOME).status_code == OUT


def test_a_session_removed_elsewhere_is_over() -> None:
    browser = signed_in(an_account())
    Session.objects.all().delete()

    assert browser.get(HOME).status_code == OUT


def test_sessions_that_are_over_are_removed_and_the_others_stay() -> None:
    over, lasting = signed_in(an_account()), signed_in(an_account("bruno@exemple.ch"))
    at = clock.now()
    Session.objects.filter(pk=its_session(over).pk).update(expire_date=at - timedelta(seconds=1))

    forget_sessions.func(at=at)

    assert [row.pk for row in Session.objects.all()] == [its_session(lasting).pk]


def test_the_signed_data_count_and_not_the_column() -> None:
    alice, bruno = an_account(), an_account("bruno@exemple.ch")
    browser = signed_in(alice)
    Session.objects.update(account=bruno)

    page = browser.get(HOME)

    assert page.status_code == IN
    assert page.context["account"] == alice


@pytest.mark.parametrize(
    "values", [{HASH_SESSION_KEY: ""}, {HASH_SESSION_KEY: "0" * 64}, {"_auth_user_backend": "somebody.elses.Backend"}]
)
def test_a_session_that_lacks_one_proof_opens_nothing(values: dict[str, str]) -> None:
    browser = signed_in(an_account())
    changed(browser, **values)

    assert browser.get(HOME).status_code == OUT


def test_a_session_altered_in_the_database_opens_nothing() -> None:
    browser = signed_in(an_account())
    row = its_session(browser)
    Session.objects.update(session_data=f"{row.session_data[:-1]}{'A' if row.session_data[-1] != 'A' else 'B'}")

    assert browser.get(HOME).status_code == OUT


def test_signing_out_removes_the_session() -> None:
    browser = signed_in(an_account())

    browser.post(reverse("account_logout"))

    assert not Session.objects.filter(account__isnull=False).exists()
    assert SESSION_KEY not in browser.session
