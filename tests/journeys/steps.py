"""What people do in several journeys, in their words."""

from __future__ import annotations

import re
import time

from playwright.sync_api import expect

from guichet.people.accounts.demo import PASSWORD

from .visitor import Visitor

RESIDENCE = "Attestation de résidence"
ALPHABET = "[0-9A-HJKMNP-TV-Z]"
REFERENCE = re.compile(rf"CMD-{ALPHABET}+-.")
CODE = re.compile(rf"\b{ALPHABET}{{4}}-{ALPHABET}{{4}}-{ALPHABET}{{4}}\b")
PATIENCE = 40.0


def sign_in(visitor: Visitor, email: str) -> None:
    """Sign in on the page one is on."""
    visitor.types({"Adresse e-mail": email, "Mot de passe": PASSWORD})
    visitor.presses("Se connecter")


def begin(visitor: Visitor, service: str = RESIDENCE) -> None:
    """From the home page to the first question of an order."""
    visitor.goes_to("/prestations/")
    visitor.follows(service)
    visitor.presses("Commander")


def accept_and_go_to_payment(visitor: Visitor) -> None:
    """Accept both texts on the review page and go to the provider's page."""
    visitor.chooses("J'accepte")
    visitor.presses("Payer")


def pay(visitor: Visitor) -> None:
    """Pay on the provider's page, come back, and go to the order's page."""
    visitor.presses("Payer")
    visitor.reads("Votre paiement a réussi")
    visitor.follows("Suivre ma démarche")


def reference(visitor: Visitor) -> str:
    """The reference of the order on the page."""
    found = REFERENCE.search(visitor.page.locator("body").inner_text())
    assert found is not None
    return found[0]


def tracking_code(visitor: Visitor) -> str:
    """The code beside it, by which an order is found without an account."""
    found = CODE.search(visitor.page.locator("aside").inner_text())
    assert found is not None
    return found[0]


def wait_for(visitor: Visitor, words: str, *, within: str = "main", patience: float = PATIENCE) -> None:
    """Load the page again until a part of it holds these words: what the worker does shows in a few seconds."""
    end, part = time.monotonic() + patience, visitor.page.locator(within)
    while words not in part.inner_text() and time.monotonic() < end:
        visitor.page.wait_for_timeout(300)
        visitor.page.reload()
    expect(part).to_contain_text(words)
    visitor.look()


def open_mail(visitor: Visitor, to: str, subject: str) -> str:
    """Open the newest mail or letter to somebody whose subject holds these words; gives its text."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        visitor.goes_to(f"/courrier/?adresse={to}")
        mail = visitor.main.get_by_role("link", name=re.compile(re.escape(subject)))
        if mail.count():
            with visitor.page.expect_navigation():
                mail.first.click()
            visitor.look()
            return visitor.main.inner_text()
        visitor.page.wait_for_timeout(300)
    raise AssertionError(f"no mail to {to} about {subject}")
