"""Accounts in a real browser: from the sign-up to a verified account, a passkey, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from guichet.people.models import Account
from tests.accessibility import violations
from tests.people.accounts.builders import PASSWORD, an_account, code_of, mailed_code, the_register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit: TypeAlias = Callable[..., Page]
OPEN_PAGES = ["account_login", "account_signup", "account_reset_password", "account_inactive", "mail_inbox"]
OWN_PAGES = [
    *("account_home", "account_verify", "account_verify_code", "account_readings", "account_email"),
    *("account_change_password", "mfa_index", "mfa_add_webauthn", "account_logout"),
]


def press(page: Page, name: str) -> None:
    """Press the button of this name in the page's content."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page, account: Account) -> None:
    """Type address and password."""
    page.goto(reverse("account_login"))
    page.get_by_label("Adresse e-mail").fill(account.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    press(page, "Se connecter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")


def with_an_authenticator(page: Page) -> None:
    """Give the browser a device that holds passkeys and says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )


def open_and_verify(page: Page) -> None:
    """The whole way from no account to a verified one."""
    page.get_by_label("Prénom et nom").fill("Amélie Rochat")
    page.get_by_label("Adresse e-mail").fill("amelie@exemple.ch")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    press(page, "Continuer")
    page.get_by_label("Code reçu par e-mail").fill(mailed_code("amelie@exemple.ch"))
    press(page, "Confirmer")
    page.get_by_label("Nom et prénoms officiels").fill("Rochat Amélie")
    for part, typed in (("Jour", "12"), ("Mois", "6"), ("Année", "1990")):
        page.get_by_label(part).fill(typed)
    press(page, "Demander la lettre")
    page.get_by_label("Code de la lettre").fill(code_of(Account.objects.get()).lower())
    press(page, "Vérifier mon compte")


@pytest.mark.parametrize("has_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_person_of_the_register_gets_a_verified_account(visit: Visit, has_script: bool) -> None:
    the_register("GE-D01")
    page = visit(f"{reverse('account_signup')}?next={reverse('account_verify')}", java_script_enabled=has_script)

    open_and_verify(page)

    expect(page.get_by_role("main")).to_contain_text("Votre compte est vérifié.")
    assert Account.objects.get().is_verified


def test_a_passkey_replaces_the_password_and_leads_where_one_was_going(visit: Visit) -> None:
    page = visit("/compte/connexion/")
    with_an_authenticator(page)
    sign_in(page, an_account())
    page.goto(reverse("mfa_add_webauthn"))
    if page.get_by_label("Mot de passe", exact=True).count():
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        press(page, "Continuer")
    page.get_by_label("Me connecter avec cette clé sans mot de passe").check()
    press(page, "Ajouter la clé")
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    page.goto(reverse("account_logout"))
    press(page, "Se déconnecter")

    page.goto(f"{reverse('account_login')}?next={reverse('account_readings')}")
    press(page, "Utiliser une clé d'accès")

    expect(page.get_by_role("heading", level=1)).to_have_text("Qui a lu mes données")


def test_at_an_address_of_numbers_the_page_leads_to_one_that_can_have_passkeys(visit: Visit, live_server: Any) -> None:
    page = visit(live_server.url.replace("localhost", "127.0.0.1") + reverse("account_login"))
    expect(page.get_by_role("button", name="Utiliser une clé d'accès")).to_be_hidden()
    page.get_by_label("Adresse e-mail").fill(an_account().email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    press(page, "Se connecter")
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + reverse("mfa_add_webauthn"))
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    press(page, "Continuer")

    expect(page.get_by_role("button", name="Ajouter la clé")).to_be_hidden()
    named = page.get_by_role("link", name="localhost")
    assert named.evaluate("link => link.href") == live_server.url + reverse("mfa_add_webauthn")


def test_a_device_that_says_no_is_told_in_words(visit: Visit) -> None:
    page = visit("/compte/connexion/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('refused')); }")

    press(page, "Utiliser une clé d'accès")

    expect(page.get_by_role("alert")).to_contain_text("n'a pas donné de clé d'accès")
    expect(page.get_by_role("button", name="Utiliser une clé d'accès")).to_be_enabled()


def test_passkeys_are_not_offered_without_javascript(visit: Visit) -> None:
    page = visit("/compte/connexion/", java_script_enabled=False)

    expect(page.get_by_role("button", name="Utiliser une clé d'accès")).to_be_hidden()


def test_the_account_pages_can_be_used_by_everybody(visit: Visit) -> None:
    account = an_account()
    page = visit("/compte/connexion/")
    found = []
    for name in OPEN_PAGES:
        page.goto(reverse(name))
        found += violations(page)
    sign_in(page, account)
    for name in OWN_PAGES:
        page.goto(reverse(name))
        found += violations(page)

    assert found == []


def test_refused_forms_can_be_used_by_everybody(visit: Visit) -> None:
    page = visit("/compte/ouvrir/")
    press(page, "Continuer")

    assert violations(page) == []
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Erreur\N{NO-BREAK SPACE}: ")


def test_the_account_pages_fit_a_narrow_telephone(visit: Visit) -> None:
    account = an_account("une.adresse.vraiment.tres.longue.comme.il.y.en.a@administration-communale.exemple.ch")
    page = visit("/compte/connexion/", viewport={"width": 360, "height": 740})
    sign_in(page, account)

    widths = []
    for name in [*OWN_PAGES, "mail_inbox"]:
        page.goto(reverse(name))
        widths.append(page.evaluate("document.documentElement.scrollWidth"))

    assert widths == [360] * len(widths)
