"""Opening an account: what is asked, the code by mail, and that nobody learns who has one already."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from guichet.casework import journal
from guichet.casework.models import OutboxMessage
from guichet.people.models import Account

from .builders import PASSWORD, an_account, mailed_code, mails_to, text_of

pytestmark = pytest.mark.django_db
NEW = {"name": "Alice Test", "email": "alice@exemple.ch", "password1": PASSWORD}
SIGN_UP, CODE = reverse("account_signup"), reverse("account_email_verification_sent")


def page_of(browser: Client, address: str) -> str:
    """A page without what differs on each view: the token of its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", browser.get(address).content.decode())


def test_an_account_opens_once_the_mailed_code_is_typed() -> None:
    browser = Client()
    asked = browser.post(SIGN_UP, NEW)
    assert asked["Location"] == CODE

    answer = browser.post(CODE, {"code": mailed_code("alice@exemple.ch")})

    assert answer["Location"] == reverse("account_home")
    assert "Alice Test" in browser.get(reverse("account_home")).content.decode()


def test_a_new_account_is_simple_and_its_opening_is_journalled() -> None:
    Client().post(SIGN_UP, NEW)

    account = Account.objects.get()

    assert (account.level, account.person, account.name) == (Account.Level.SIMPLE, None, "Alice Test")
    assert [entry.act for entry in journal.entries(account.reference)] == ["open_account"]


def test_an_address_in_capitals_is_the_same_account() -> None:
    Client().post(SIGN_UP, {**NEW, "email": "Alice@Exemple.CH"})

    assert Account.objects.get().email == "alice@exemple.ch"


def test_nobody_is_signed_in_before_the_code_is_typed() -> None:
    browser = Client()
    browser.post(SIGN_UP, NEW)

    answer = browser.get(reverse("account_home"))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_taken_address_answers_exactly_like_a_free_one() -> None:
    an_account("taken@exemple.ch")
    free, taken = Client(), Client()

    answers = [
        free.post(SIGN_UP, {**NEW, "email": "frees@exemple.ch"}),
        taken.post(SIGN_UP, {**NEW, "email": "taken@exemple.ch"}),
    ]

    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    assert page_of(free, CODE) == page_of(taken, CODE).replace("taken@", "frees@")


def test_the_holder_of_a_taken_address_is_told_by_mail_only() -> None:
    an_account("taken@exemple.ch")

    Client().post(SIGN_UP, {**NEW, "email": "taken@exemple.ch"})

    assert Account.objects.count() == 1
    assert "Vous avez déjà un compte" in text_of(mails_to("taken@exemple.ch")[-1])


def test_a_wrong_code_is_refused_the_same_for_free_and_taken_addresses() -> None:
    an_account("taken@exemple.ch")
    bodies = []
    for email in ("frees@exemple.ch", "taken@exemple.ch"):
        browser = Client()
        browser.post(SIGN_UP, {**NEW, "email": email})
        answer = browser.post(CODE, {"code": "XXX-XXX"}).content.decode()
        bodies.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer).replace(email, ""))

    assert bodies[0] == bodies[1]
    assert "Recopiez le code le plus récent" in bodies[0]


def test_after_five_wrong_codes_the_sign_up_starts_over() -> None:
    browser = Client()
    browser.post(SIGN_UP, NEW)
    for _ in range(4):
        assert browser.post(CODE, {"code": "XXX-XXX"}).status_code == 200

    last = browser.post(CODE, {"code": "XXX-XXX"})

    assert last["Location"] == reverse("account_login")
    assert browser.post(CODE, {"code": mailed_code("alice@exemple.ch")})["Location"] == reverse("account_login")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Saisissez votre prénom et votre nom"),
        ({"email": ""}, "Saisissez votre adresse e-mail"),
        ({"email": "alice"}, "Cette adresse e-mail n&#x27;est pas complète"),
        ({"password1": ""}, "Choisissez un mot de passe d&#x27;au moins 12 caractères"),
        ({"password1": "court"}, "12"),
        ({"password1": "q1w2e3r4t5y6"}, "courant"),
        ({"password1": "alice@exemple.ch"}, "semblable"),
    ],
)
def test_each_mistake_is_told_in_french_and_keeps_what_was_typed(wrong: dict[str, str], sentence: str) -> None:
    page = Client().post(SIGN_UP, {**NEW, **wrong}).content.decode()

    assert sentence in page
    assert "Erreur\N{NO-BREAK SPACE}: " in page
    assert PASSWORD not in page
    assert Account.objects.count() == 0
    kept = {**NEW, **wrong}
    assert f'value="{kept["name"]}"' in page or not kept["name"]


def test_the_way_to_the_page_one_came_from_survives_the_sign_up() -> None:
    browser = Client()
    browser.post(SIGN_UP, {**NEW, "next": reverse("account_readings")})

    answer = browser.post(CODE, {"code": mailed_code("alice@exemple.ch")})

    assert answer["Location"] == reverse("account_readings")


def test_codes_are_unreadable_in_the_database() -> None:
    Client().post(SIGN_UP, NEW)
    code = mailed_code("alice@exemple.ch")

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT context FROM "{OutboxMessage._meta.db_table}"')
        stored = str(cursor.fetchall())

    assert code not in stored


def test_twenty_sign_ups_a_minute_from_one_place_are_enough() -> None:
    browser = Client()
    answers = [browser.post(SIGN_UP, {**NEW, "email": "bad"}).status_code for _ in range(21)]

    assert answers[:20] == [200] * 20
    assert answers[20] == 429
