"""Every page of identity documents in a real browser: accessible, narrow, large and dark; a new route must join them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext

from guichet.institutions.models import Role
from guichet.people.models import Account
from tests.identity.builders import the_authorities
from tests.identity.counter import an_agent_of, browser_of

from . import every_page
from .every_page import BUTTON, NO_PAGE, Shown
from .visitor import Examined, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agents() -> dict[str, Account]:
    """One member of each authority, who may do everything there."""
    return {one: an_agent_of(one, role=Role.SUPERVISOR) for one in the_authorities()}


@pytest.fixture
def come(
    browser: Browser, live_server: Any, agents: dict[str, Account], examined: Examined
) -> Iterator[Callable[[str], Visitor]]:
    """Visitors of the test's own server: somebody from the street, or the agent of an authority."""
    contexts: list[BrowserContext] = []
    server = live_server.url.replace("localhost", "127.0.0.1")  # the only machine that a visitor may ask

    def arrive(authority: str) -> Visitor:
        context = browser.new_context(locale="fr-CH", base_url=server)
        contexts.append(context)
        if authority:
            session = browser_of(agents[authority]).cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server}
            context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own dictionary type
        return Visitor(context, examined, scripted=True)

    yield arrive
    for context in contexts:
        context.close()


def test_each_page_of_identity_documents_is_examined(
    come: Callable[[str], Visitor], agents: dict[str, Account], examined: Examined
) -> None:
    visitors: dict[str, Visitor] = {}
    shown = every_page.pages(agents)

    for page in shown:
        if page.authority not in visitors:
            visitors[page.authority] = come(page.authority)
        check(visitors[page.authority], page, examined)

    wrong, examined.wrong = examined.wrong, []
    assert "\n".join(wrong) == ""
    assert {page.route for page in shown} == every_page.routes() - NO_PAGE.keys()


def check(visitor: Visitor, page: Shown, examined: Examined) -> None:
    """The page is there, not another one in its place, and nothing is wrong with it, unless a journey has just said so."""
    answer = visitor.page.goto(page.address)
    if answer is None or answer.status != 200 or not visitor.page.url.endswith(page.address):
        examined.wrong.append(f"{page.route} is not shown: {visitor.page.url} {answer and answer.status}")
    visitor.look()


@pytest.mark.parametrize("route", [route for route, reason in NO_PAGE.items() if reason is BUTTON])
def test_what_only_a_button_leads_to_shows_no_page(route: str, agents: dict[str, Account]) -> None:
    assert browser_of(agents["commune"]).get(every_page.address_of(route)).status_code == 405
