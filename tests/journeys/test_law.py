"""The law in a real browser: read, searched, asked, followed as a diagram; by eye, by keyboard, on a telephone, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page, expect

from .album import page_picture
from .keyboard import Keyboard
from .test_gallery import violations_at
from .visitor import IN_DARK_TOO

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit: TypeAlias = Callable[..., Page]
# One of each kind, with long and with empty content.
ADDRESSES = (
    "/droit/",
    "/droit/?q=donn%C3%A9es",
    "/droit/?q=xyzzy",
    "/droit/lipad/",
    "/droit/cgv/?on=2024-10-15",
    "/droit/rdid/11/",
    "/droit/lipad/39/?on=2005-01-01",
    "/droit/lipad/69/1/",
    "/droit/cgv/4/?on=hier",
    "/droit/cgv/imprimer/",
    "/droit/procedures/cgv.order/",
    "/droit/procedures/lipad.access/",
    "/droit/procedures/cgv.order/?evenements=%5B&on=",
    "/droit/questions/lipad.communication/",
    "/droit/questions/cgv.total/?service=residence&option=b_standard",
    "/droit/questions/rdid.fee/?request=x",
    "/droit/interpretations/",
    "/droit/interpretations/0001-working-days/",
)


@pytest.mark.parametrize("scheme", ["light", "dark"] if IN_DARK_TOO else ["light"])
def test_axe_finds_nothing_on_any_kind_of_page_of_the_law(visit: Visit, scheme: Any) -> None:
    page = visit("/droit/", color_scheme=scheme)

    assert violations_at(page, ADDRESSES, scheme) == []


@pytest.mark.parametrize(("width", "size"), [(360, 100), (768, 100), (1280, 200), (360, 200)])
def test_no_page_of_the_law_scrolls_sideways_but_its_diagram_in_its_own_frame(
    visit: Visit, width: int, size: int
) -> None:
    page = visit("/droit/", viewport={"width": width, "height": 800})
    wider: list[str] = []
    for address in ADDRESSES:
        page.goto(address)
        page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wider.append(address)

    assert wider == []


def test_nothing_on_the_pages_of_the_law_is_refused_by_the_policy(visit: Visit) -> None:
    page = visit("/droit/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    for address in ADDRESSES:
        page.goto(address)

    assert said == []


def test_an_article_stands_in_two_columns_on_a_wide_screen_and_in_one_on_a_telephone(visit: Visit) -> None:
    page = visit("/droit/lipad/28/", viewport={"width": 1280, "height": 800})
    lefts = (
        "() => ['.law-row__says', '.law-row__does'].map((name) => document.querySelector(name).getBoundingClientRect())"
    )
    says, does = page.evaluate(lefts)
    page.set_viewport_size({"width": 360, "height": 800})
    above, below = page.evaluate(lefts)

    assert does["left"] > says["right"]
    assert below["top"] >= above["bottom"]


def test_somebody_searches_and_reads_the_article_as_it_was_without_javascript(visit: Visit) -> None:
    page = visit("/droit/", java_script_enabled=False)
    page.get_by_label("Chercher dans le droit").fill("videosurveillance")
    page.get_by_role("button", name="Chercher").click()
    page_picture(page, "droit-02-recherche")
    page.get_by_role("link", name=re.compile("art. 42 LIPAD")).first.click()
    page.get_by_label("Droit du").fill("2009-12-31")
    page.get_by_role("button", name="Regarder ce jour").click()

    expect(page.get_by_role("main")).to_contain_text("jeudi 31 décembre 2009")
    expect(page.get_by_role("main")).to_contain_text("Texte de ce jour inconnu")
    assert "on=2009-12-31" in page.url


def test_somebody_types_an_article_and_is_there(visit: Visit) -> None:
    page = visit("/droit/")
    page_picture(page, "droit-01-entree")

    page.get_by_label("Chercher dans le droit").fill("art. 28 LIPAD")
    page.get_by_role("button", name="Chercher").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("art. 28 LIPAD")
    page_picture(page, "droit-03-article")


def test_a_question_is_asked_by_keyboard_refused_corrected_and_answered(visit: Visit) -> None:
    page = visit("/droit/questions/rdid.fee/")
    keyboard = Keyboard(page)

    keyboard.enter("Demander")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_label("Demande").first.select_option("passport")
    keyboard.types("Date de naissance", "02052007")
    keyboard.types("Jour du droit", "02052025")
    keyboard.enter("Demander")

    expect(page.get_by_role("region", name="Réponse au")).to_contain_text("140.00 CHF")
    page_picture(page, "droit-04-question")


def test_the_list_beneath_a_diagram_is_walked_through_by_keyboard(visit: Visit) -> None:
    page = visit("/droit/procedures/lipad.access/")
    keyboard = Keyboard(page)

    keyboard.reaches("Le même contenu en liste")
    page.keyboard.press("Enter")
    keyboard.reaches("Enregistrer la demande")
    page.keyboard.press("Enter")

    expect(page.locator("tr:target")).to_contain_text("Enregistrer la demande")
    inside = "() => document.querySelectorAll('svg a:not([tabindex=\"-1\"])').length"
    assert page.evaluate(inside) == 0


def test_a_box_of_a_diagram_leads_to_its_passage(visit: Visit) -> None:
    page = visit("/droit/procedures/cgv.order/")
    page_picture(page, "droit-05-procedure")

    page.locator("svg a", has_text="Annuler la commande").click()

    expect(page).to_have_url(re.compile(r"/droit/cgv/3/1/$"))


def test_a_wide_diagram_scrolls_in_its_own_frame_on_a_telephone(visit: Visit) -> None:
    page = visit("/droit/procedures/lipad.access/", viewport={"width": 360, "height": 800})

    frame = page.locator(".law-figure__frame")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert frame.evaluate("frame => frame.tabIndex") == 0


def test_on_paper_an_article_keeps_its_text_and_loses_its_controls(visit: Visit) -> None:
    page = visit("/droit/lipad/28/")

    page.emulate_media(media="print")

    expect(page.get_by_text("Qui demande un document")).to_be_visible()
    expect(page.get_by_role("button", name="Regarder ce jour")).to_be_hidden()
    after = "() => getComputedStyle(document.querySelector('.law-row__mark a'), '::after').content"
    assert page.evaluate(after) == "none"
