"""The gallery in a real browser: accessible, narrow, large, dark, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page, expect

from guichet.kit.gallery import PAGES
from tests.accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit: TypeAlias = Callable[..., Page]
ADDRESSES = [
    *("/", "/contact/", "/a-propos/", "/accessibilite/", "/protection-des-donnees/"),
    *(page.address for page in PAGES if "erreurs" not in page.address),
    *("/kit/erreurs/503/", "/kit/erreurs/1409/"),  # one of each template: the other pages differ in their words only
]


def violations_at(page: Page, addresses: Iterable[str], scheme: str) -> list[str]:
    """What axe finds on these pages with all that can be opened opened: every rule in light, the contrast in dark."""
    found: list[str] = []
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        found += violations(page, only_contrast=scheme == "dark")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_of_the_gallery(visit: Visit, scheme: Any) -> None:
    page = visit("/", color_scheme=scheme)

    assert violations_at(page, ADDRESSES, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_refused_form_takes_the_focus_to_its_summary(visit: Visit, scheme: Any) -> None:
    page = visit("/kit/formulaire/", color_scheme=scheme)

    page.get_by_role("button", name="Continuer").click()

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile(r"^Erreur\s: Vos données"))
    assert violations(page, only_contrast=scheme == "dark") == []


def test_a_form_can_be_corrected_by_keyboard_without_javascript(visit: Visit) -> None:
    page = visit("/kit/formulaire/", java_script_enabled=False)
    page.locator("#id_born_on_0").fill("31")
    page.locator("#id_born_on_1").fill("2")
    page.locator("#id_born_on_2").fill("1985")
    page.get_by_role("button", name="Continuer").press("Enter")

    page.get_by_role("link", name="le 31 février 1985 n'existe pas").press("Enter")
    page.keyboard.press("Tab")

    assert page.locator("#id_born_on_0").input_value() == "31"
    assert page.locator("#id_born_on_1").evaluate("element => element === document.activeElement")


@pytest.mark.parametrize(("width", "size"), [(320, 100), (360, 100), (768, 100), (1280, 200), (360, 200)])
def test_no_page_scrolls_sideways_on_any_screen(visit: Visit, width: int, size: int) -> None:
    page = visit("/", viewport={"width": width, "height": 800})
    wider: list[str] = []
    for address in ADDRESSES:
        page.goto(address)
        page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wider.append(address)

    assert wider == []


def test_answers_take_the_room_that_the_ways_to_change_them_leave(visit: Visit) -> None:
    page = visit("/kit/parties/", viewport={"width": 1280, "height": 800})
    widths = "element => element.getBoundingClientRect().width"

    way = page.locator(".govuk-summary-list__actions").first
    answer = way.locator("xpath=preceding-sibling::dd")

    assert answer.evaluate(widths) > 2 * way.evaluate(widths)


def test_nothing_is_refused_by_the_policy_and_nothing_is_missing(visit: Visit) -> None:
    page = visit("/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("response", lambda response: said.append(response.url) if response.status >= 400 else None)

    for address in ADDRESSES:
        page.goto(address)

    assert said == []


def test_a_second_click_sends_nothing_and_the_back_button_makes_the_form_usable(visit: Visit) -> None:
    page = visit("/kit/formulaire/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    page.evaluate("const b = document.querySelector('main .govuk-button'); b.click(); b.click();")
    page.wait_for_selector(".govuk-error-summary")

    assert len(sent) == 1
    page.go_back()
    assert page.locator("form[data-sent]").count() == 0


def test_a_password_can_be_shown_and_is_hidden_again_before_it_is_sent(visit: Visit) -> None:
    page = visit("/kit/formulaire/")

    page.get_by_role("button", name="Afficher le mot de passe").click()

    expect(page.locator("#id_password")).to_have_attribute("type", "text")
    page.evaluate("document.querySelector('main form').requestSubmit()")
    page.wait_for_selector(".govuk-error-summary")
    expect(page.locator("#id_password")).to_have_attribute("type", "password")


def test_reasons_are_opened_on_paper(visit: Visit) -> None:
    page = visit("/kit/parties/")

    page.emulate_media(media="print")

    expect(page.get_by_text("Un samedi ne compte pas comme dernier jour")).to_be_visible()
    expect(page.get_by_role("navigation", name="Navigation principale")).to_be_hidden()
