"""Signing in, out and in again: what a wrong password tells, where one lands, what an attacker gains."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from guichet.people.models import Account

from .builders import PASSWORD, an_account, mailed_code, mails_to, signed_in, text_of

pytestmark = pytest.mark.django_db
SIGN_IN, RESET = reverse("account_login"), reverse("account_reset_password")
RESET_CODE, NEW = reverse("account_confirm_password_reset_code"), reverse("account_complete_password_reset")


def plain(page: bytes) -> str:
    """A page without the tokens of its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())


def test_address_and_password_open_the_account() -> None:
    account = an_account()

    answer = Client().post(SIGN_IN, {"login": "Alice@exemple.ch", "password": PASSWORD})

    assert answer["Location"] == reverse("account_home")
    account.refresh_from_db()
    assert account.last_login is not None


def test_an_unknown_address_and_a_wrong_password_look_the_same() -> None:
    an_account()

    answers = [
        Client().post(SIGN_IN, {"login": email, "password": "faux mot de passe"})
        for email in ("alice@exemple.ch", "nobod@exemple.ch")
    ]

    pages = [plain(answer.content).replace("alice@", "nobod@") for answer in answers]
    assert pages[0] == pages[1]
    assert "n&#x27;est pas correct" in pages[0]


def test_the_sixth_wrong_password_in_ten_minutes_closes_the_door() -> None:
    an_account()
    for _ in range(5):
        Client().post(SIGN_IN, {"login": "alice@exemple.ch", "password": "faux mot de passe"})

    answer = Client().post(SIGN_IN, {"login": "alice@exemple.ch", "password": PASSWORD})

    assert "Trop d&#x27;essais" in answer.content.decode()
    assert "_auth_user_id" not in Client().session


def test_attempts_on_an_unknown_address_are_limited_alike() -> None:
    for _ in range(5):
        Client().post(SIGN_IN, {"login": "nobody@exemple.ch", "password": "faux mot de passe"})

    answer = Client().post(SIGN_IN, {"login": "nobody@exemple.ch", "password": "faux mot de passe"})

    assert "Trop d&#x27;essais" in answer.content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://mallory.example/",
        "//mallory.example/",
        "/\\mallory.example",
        "javascript:alert(1)",
        "http:///x.example",
    ],
)
def test_a_sign_in_never_leads_to_another_site(elsewhere: str) -> None:
    an_account()

    answer = Client().post(SIGN_IN, {"login": "alice@exemple.ch", "password": PASSWORD, "next": elsewhere})

    assert answer["Location"] == reverse("account_home")


def test_another_allowed_host_is_still_another_site() -> None:
    an_account()

    answer = Client().post(
        SIGN_IN, {"login": "alice@exemple.ch", "password": PASSWORD, "next": "http://localhost/compte/"}
    )

    assert answer["Location"] == reverse("account_home")


def test_a_page_that_needs_an_account_is_shown_after_the_sign_in() -> None:
    an_account()
    browser = Client()
    wanted = reverse("account_readings") + "?page=2"

    asked = browser.get(wanted)
    answer = browser.post(SIGN_IN, {"login": "alice@exemple.ch", "password": PASSWORD, "next": wanted})

    assert asked["Location"].startswith(SIGN_IN)
    assert answer["Location"] == wanted


def test_the_links_on_the_sign_in_page_keep_where_one_was_going() -> None:
    page = Client().get(SIGN_IN, {"next": "/compte/verification/"}).content.decode()

    assert f'href="{reverse("account_signup")}?next=%2Fcompte%2Fverification%2F"' in page
    assert f'href="{RESET}?next=%2Fcompte%2Fverification%2F"' in page


def test_the_session_gets_a_new_key_at_sign_in() -> None:
    an_account()
    browser = Client()
    session = browser.session
    session["planted"] = "by Mallory"
    session.save()
    before = session.session_key

    browser.post(SIGN_IN, {"login": "alice@exemple.ch", "password": PASSWORD})

    assert browser.session.session_key != before


def test_a_closed_account_cannot_sign_in() -> None:
    account = an_account()
    Account.objects.filter(pk=account.pk).update(is_active=False)
    browser = Client()

    answer = browser.post(SIGN_IN, {"login": "alice@exemple.ch", "password": PASSWORD})

    assert answer["Location"] == reverse("account_inactive")
    assert "Ce compte est fermé" in browser.get(answer["Location"]).content.decode()
    assert browser.get(reverse("account_home")).status_code == 302


def test_signing_out_is_asked_before_it_happens() -> None:
    browser = signed_in(an_account())

    page = browser.get(reverse("account_logout"))
    assert page.status_code == 200
    assert browser.get(reverse("account_home")).status_code == 200

    assert browser.post(reverse("account_logout"))["Location"] == "/"
    assert browser.get(reverse("account_home")).status_code == 302


def test_a_forgotten_password_is_replaced_by_a_mailed_code() -> None:
    an_account()
    browser = Client()
    assert browser.post(RESET, {"email": "alice@exemple.ch"})["Location"] == RESET_CODE
    assert browser.post(RESET_CODE, {"code": mailed_code("alice@exemple.ch")})["Location"] == NEW

    answer = browser.post(NEW, {"password1": "encore quatre autres mots"})

    assert answer.status_code == 302
    assert Account.objects.get().check_password("encore quatre autres mots")
    assert "un nouveau mot de passe a été choisi" in text_of(mails_to("alice@exemple.ch")[-1])


def test_a_new_password_ends_the_other_sessions() -> None:
    account = an_account()
    elsewhere, browser = signed_in(account), Client()
    browser.post(RESET, {"email": "alice@exemple.ch"})
    browser.post(RESET_CODE, {"code": mailed_code("alice@exemple.ch")})

    browser.post(NEW, {"password1": "encore quatre autres mots"})

    assert elsewhere.get(reverse("account_home")).status_code == 302


def test_a_forgotten_password_tells_nobody_whether_there_is_an_account() -> None:
    an_account()
    known, unknown = Client(), Client()

    answers = [known.post(RESET, {"email": "alice@exemple.ch"}), unknown.post(RESET, {"email": "nobod@exemple.ch"})]

    assert answers[0]["Location"] == answers[1]["Location"]
    pages = [plain(browser.get(RESET_CODE).content) for browser in (known, unknown)]
    assert pages[0].replace("alice@", "nobod@") == pages[1]
    assert "Aucun compte à cette adresse" in text_of(mails_to("nobod@exemple.ch")[-1])


def test_no_code_opens_the_reset_of_an_unknown_address() -> None:
    browser = Client()
    browser.post(RESET, {"email": "nobody@exemple.ch"})

    for code in ("", "XXX-XXX"):
        assert browser.post(RESET_CODE, {"code": code}).status_code == 200
    assert browser.get(NEW).status_code == 302


def test_a_new_address_counts_once_its_code_was_typed() -> None:
    account = an_account()
    browser = signed_in(account)
    page = reverse("account_email")
    browser.post(page, {"email": "new@exemple.ch", "action_add": "1"})
    account.refresh_from_db()
    assert account.email == "alice@exemple.ch"

    browser.post(reverse("account_email_verification_sent"), {"code": mailed_code("new@exemple.ch")})

    account.refresh_from_db()
    assert account.email == "new@exemple.ch"
    assert "adresse e-mail a été changée" in text_of(mails_to("alice@exemple.ch")[-1])


def test_the_address_of_somebody_else_cannot_be_taken() -> None:
    an_account("bob@exemple.ch")
    browser = signed_in(an_account())

    answer = browser.post(reverse("account_email"), {"email": "bob@exemple.ch", "action_add": "1"})

    assert answer.status_code in (200, 302)
    assert Account.objects.filter(email="bob@exemple.ch").count() == 1
