"""The payer's page in a real browser, without script, at the width of a telephone, with axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from guichet.gateways.payment.port import Authorised
from guichet.gateways.payment.saferpay import Saferpay
from guichet.gateways.payment.simulator.control import Simulator
from tests.accessibility import violations

from .builders import Merchant, an_opened_page

pytestmark = pytest.mark.browser


def test_a_person_pays_without_script_and_comes_back(
    simulator: Simulator, adapter: Saferpay, merchant: Merchant, browser: Browser
) -> None:
    opened = an_opened_page(adapter, merchant=merchant.address)
    page = browser.new_page(java_script_enabled=False)

    page.goto(opened.page.address)
    page.get_by_label("PostFinance Pay").check()
    page.get_by_role("button", name="Payer 25.00 CHF").click()
    came_back_to = page.url
    page.close()

    merchant.wait_for(2)
    assert came_back_to == f"{merchant.address}/paiement/retour/r"
    assert isinstance(seen := opened.observe(), Authorised) and seen.facts.means == "POSTFINANCEPAY"
    assert {"/paiement/retour/r", "/paiement/avis/n/s"} <= set(merchant.seen)


def test_a_challenge_is_passed_by_keyboard_alone(
    simulator: Simulator, adapter: Saferpay, merchant: Merchant, browser: Browser
) -> None:
    opened = an_opened_page(adapter, merchant=merchant.address)
    page = browser.new_page()

    page.goto(opened.page.address)
    page.get_by_text("Autres issues").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Confirmer le paiement").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{merchant.address}/**")
    page.close()

    merchant.wait_for(2)
    assert isinstance(opened.observe(), Authorised)


@pytest.mark.parametrize(
    ("state", "scheme"),
    [("choices", "light"), ("challenge", "light"), ("used", "light"), ("declined", "light"), ("declined", "dark")],
)
def test_every_state_of_the_page_is_accessible_and_fits_a_telephone(
    simulator: Simulator, adapter: Saferpay, browser: Browser, state: str, scheme: str
) -> None:
    opened = an_opened_page(adapter)
    outcome = {"challenge": "challenge", "declined": "decline_retry", "used": "approve"}.get(state)
    if outcome:
        simulator.pay(opened.page.address, outcome)
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = context.new_page()

    page.goto(opened.page.address)
    for hidden in page.locator("summary").all():
        hidden.click()
    found = violations(page)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()

    assert found == []
    assert overflow == 0
