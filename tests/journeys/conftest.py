"""One browser for all journeys, one running counter for those that need all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.identity.counter import an_agent_of, browser_of

from .house import House, running_house
from .visitor import PATIENCE, Examined, Visitor

Sit = Callable[..., Visitor]

# Two cores may run a browser, a web server and a worker at once: what should appear is waited for a little longer.
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Open a page of the server in a browser of its own: ``visit("/", viewport=...)``; all are closed at the end."""
    contexts: list[BrowserContext] = []

    def opened(address: str, **options: Any) -> Page:
        context = browser.new_context(locale="fr-CH", base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[House]:
    """The whole counter, started once for all journeys, with a database of its own of the kind the tests run on."""
    with running_house(tmp_path_factory.mktemp("house") / "data") as running:
        yield running


@pytest.fixture(scope="session")
def examined(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Examined:
    """The pages met so far in this run, whichever of its processes met them."""
    own = tmp_path_factory.getbasetemp()
    return Examined((own if worker_id == "master" else own.parent) / "pages-seen")


@pytest.fixture
def somebody(browser: Browser, house: House, examined: Examined) -> Iterator[Callable[..., Visitor]]:
    """Make visitors, each with their own browser: ``somebody(scripted=False)``. What their pages did wrong fails the test."""
    contexts: list[BrowserContext] = []

    def come(*, scripted: bool = True, **options: Any) -> Visitor:
        given = {"viewport": {"width": 1100, "height": 800}, **options}
        context = browser.new_context(locale="fr-CH", base_url=house.url, java_script_enabled=scripted, **given)
        contexts.append(context)
        return Visitor(context, examined, scripted=scripted)

    yield come
    for context in contexts:
        context.close()
    wrong, examined.wrong = examined.wrong, []
    assert "\n".join(wrong) == ""


@pytest.fixture
def sit(browser: Browser, live_server: Any, examined: Examined) -> Iterator[Sit]:
    """Agents of an authority at its counter, on a server of the test's own database."""
    contexts: list[BrowserContext] = []
    server = live_server.url.replace("localhost", "127.0.0.1")  # the only machine that a visitor may ask

    def down(authority: str, *, scripted: bool = True) -> Visitor:
        context = browser.new_context(locale="fr-CH", base_url=server, java_script_enabled=scripted)
        contexts.append(context)
        session = browser_of(an_agent_of(authority)).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server}])
        return Visitor(context, examined, scripted=scripted)

    yield down
    for context in contexts:
        context.close()
    wrong, examined.wrong = examined.wrong, []
    assert "\n".join(wrong) == ""
