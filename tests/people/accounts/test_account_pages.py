"""« Mon compte » and the pages around it: what each visitor sees, what is kept, what is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guichet.people import register
from guichet.people.accounts import operations
from guichet.people.accounts.web import resume
from guichet.people.models import Account, VerificationCode

from .builders import AT, PASSWORD, STRANGER, amelie, an_account, code_of, letters_to, now, signed_in, the_register

pytestmark = pytest.mark.django_db
HOME, ASK = reverse("account_home"), reverse("account_verify")
CODE, READINGS = reverse("account_verify_code"), reverse("account_readings")
PAGES = [HOME, ASK, CODE, READINGS]
CLAIM = {"name": "Rochat Amélie", "birth_date_0": "12", "birth_date_1": "6", "birth_date_2": "1990"}


def claim_fields(browser: Client) -> dict[str, str]:
    """The claim under the names that the form's fields really have."""
    names = re.findall(r'name="(birth_date\w+)"', browser.get(ASK).content.decode())
    return {"name": "Rochat Amélie", **dict(zip(names, ("12", "6", "1990"), strict=True))}


def plain(page: bytes) -> str:
    """A page without the tokens of its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())


@pytest.mark.parametrize("page", PAGES)
def test_the_holder_of_an_account_sees_the_page(page: str) -> None:
    assert signed_in(an_account()).get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_signs_in_first_and_comes_back(page: str) -> None:
    answer = Client().get(page)

    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={page}"


@pytest.mark.parametrize(("page", "verb"), [(HOME, "post"), (READINGS, "post"), (ASK, "put"), (CODE, "delete")])
def test_other_verbs_are_not_allowed(page: str, verb: str) -> None:
    browser = signed_in(an_account())

    assert getattr(browser, verb)(page).status_code == 405


def test_a_simple_account_is_told_how_to_become_verified() -> None:
    page = signed_in(an_account()).get(HOME).content.decode()

    assert "Votre compte est <strong>simple</strong>" in page
    assert f'href="{ASK}"' in page


def test_a_waiting_account_is_led_to_the_code() -> None:
    account = an_account()
    operations.request_verification(account, amelie(), at=now())

    page = signed_in(account).get(HOME).content.decode()

    assert f'href="{CODE}"' in page


def test_a_verified_account_sees_who_read_its_data() -> None:
    account = an_account(verified_for=amelie())
    assert account.person is not None
    register.extract(
        account.person.pk, reader=STRANGER, reason="établir l'attestation", case_reference="CMD-00000000-0", at=AT
    )

    page = signed_in(account).get(READINGS).content.decode()

    assert "établir l&#x27;attestation" in page
    assert "CMD-00000000-0" in page
    assert "2 novembre 2026 à 10\xa0h\xa030" in page


def test_a_simple_account_sees_no_readings_of_anybody() -> None:
    page = signed_in(an_account()).get(READINGS).content.decode()

    assert "Seul un compte vérifié" in page


def test_the_letter_is_asked_for_and_the_code_typed() -> None:
    the_register("GE-D01")
    account = an_account()
    browser = signed_in(account)
    assert browser.post(ASK, claim_fields(browser))["Location"] == CODE

    answer = browser.post(CODE, {"code": code_of(account)}, follow=True)

    assert "Votre compte est vérifié." in answer.content.decode()
    account.refresh_from_db()
    assert account.is_verified


def test_a_stranger_to_the_register_sees_the_same_pages() -> None:
    the_register("GE-D01")
    pages = []
    for email, first_name in (("a@exemple.ch", "Amélie"), ("b@exemple.ch", "Camille")):
        browser = signed_in(an_account(email))
        asked = browser.post(ASK, {**claim_fields(browser), "name": f"Rochat {first_name}"})
        wrong = browser.post(CODE, {"code": "0000-0000-0000"})
        pages.append((asked.status_code, asked["Location"], plain(wrong.content)))

    without_minutes = [re.sub(r"\d+ h \d+", "", page[2]) for page in pages]
    assert pages[0][:2] == pages[1][:2]
    assert without_minutes[0] == without_minutes[1]
    assert len(letters_to(Account.objects.get(email="a@exemple.ch"))) == 1
    assert letters_to(Account.objects.get(email="b@exemple.ch")) == []


def test_a_wrong_code_is_told_with_the_tries_left() -> None:
    account = an_account()
    operations.request_verification(account, amelie(), at=now())

    page = signed_in(account).post(CODE, {"code": "0000-0000-0000"}).content.decode()

    assert "Il vous reste 4 essais." in page


def test_something_that_is_no_code_costs_no_try() -> None:
    account = an_account()
    operations.request_verification(account, amelie(), at=now())

    signed_in(account).post(CODE, {"code": "bonjour"})

    assert VerificationCode.objects.get().tries_left == operations.TRIES


def test_a_code_that_nobody_waits_for_is_refused_with_a_sentence() -> None:
    answer = signed_in(an_account()).post(CODE, {"code": "0000-0000-0000"})

    assert answer.status_code == 409
    assert "Aucun code n&#x27;est attendu" in answer.content.decode()


def test_a_verified_account_is_led_home_from_the_request() -> None:
    answer = signed_in(an_account(verified_for=amelie())).get(ASK)

    assert answer["Location"] == HOME


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Saisissez votre numéro AVS"),
        ({"avs_number": "756.9217.0769.84"}, "erreur de frappe"),
        ({"avs_number": "123"}, "13 chiffres"),
        ({"month": "13"}, "Le mois va de 1 à 12"),
        ({"year": "90"}, "quatre chiffres"),
    ],
)
def test_each_mistake_is_told_and_everything_typed_is_kept(changes: dict[str, str], sentence: str) -> None:
    account = an_account()
    browser = signed_in(account)
    fields: dict[str, Any] = claim_fields(browser)
    day, month, year = [name for name in fields if name.startswith("birth_date")]
    renamed = {{"day": day, "month": month, "year": year}.get(name, name): value for name, value in changes.items()}

    page = browser.post(ASK, {**fields, **renamed}).content.decode()

    assert sentence in page
    assert all(f'value="{value}"' in page for value in {**fields, **renamed}.values() if value)
    assert VerificationCode.objects.count() == 0


def test_what_was_typed_after_the_session_ended_is_shown_again() -> None:
    account = an_account()
    fields = claim_fields(signed_in(account))
    browser = Client()

    asked = browser.post(ASK, fields)
    signed = browser.post(
        reverse("account_login"), {"login": account.email, "password": PASSWORD, "next": ASK}, follow=True
    )

    assert asked["Location"] == f"{reverse('account_login')}?next={ASK}"
    assert 'value="Rochat Amélie"' in signed.content.decode()
    assert 'value="Rochat Amélie"' not in browser.get(ASK).content.decode()


def test_what_was_typed_is_unreadable_in_the_session() -> None:
    browser = Client()

    browser.post(ASK, {"name": "Rochat Amélie"})

    assert "Rochat" not in str(dict(browser.session))


def test_what_was_typed_is_forgotten_after_a_quarter_of_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resume, "KEPT_FOR", timedelta(seconds=-1))
    account = an_account()
    browser = Client()
    browser.post(ASK, claim_fields(signed_in(account)))

    page = browser.post(
        reverse("account_login"), {"login": account.email, "password": PASSWORD, "next": ASK}, follow=True
    )

    assert 'value="Rochat Amélie"' not in page.content.decode()


def test_codes_and_passwords_are_never_kept_for_later() -> None:
    account = an_account()
    browser = Client()
    browser.post(CODE, {"code": "7K2M-9XQA-44CD"})

    page = browser.post(
        reverse("account_login"), {"login": account.email, "password": PASSWORD, "next": CODE}, follow=True
    )

    assert "7K2M-9XQA-44CD&quot;" not in page.content.decode()
    assert 'value="7K2M' not in page.content.decode()


def test_a_form_of_another_site_does_nothing() -> None:
    account = an_account()
    browser = signed_in(account, enforce_csrf_checks=False)
    browser.handler.enforce_csrf_checks = True

    answer = browser.post(ASK, CLAIM)

    assert answer.status_code == 403
    assert VerificationCode.objects.count() == 0


@pytest.mark.parametrize(("page", "queries"), [(HOME, 3), (CODE, 3), (ASK, 2), (READINGS, 2)])
def test_each_page_keeps_to_its_budget_of_queries(page: str, queries: int, django_assert_max_num_queries: Any) -> None:
    browser = signed_in(an_account())

    with django_assert_max_num_queries(queries):
        browser.get(page)


@pytest.mark.parametrize(
    "name",
    [
        *("account_email", "account_change_password", "mfa_index", "account_logout"),
        *("account_login", "account_signup", "account_reset_password", "account_inactive"),
    ],
)
def test_every_page_of_accounts_is_in_french_and_of_the_house(name: str) -> None:
    browser = (
        signed_in(an_account())
        if name not in ("account_login", "account_signup", "account_reset_password")
        else Client()
    )

    page = browser.get(reverse(name)).content.decode()

    assert '<html lang="fr"' in page
    assert "masthead" in page
    assert "style=" not in page
    assert not re.search(r"\b(Password|Sign In|Email|Submit)\b", page)
