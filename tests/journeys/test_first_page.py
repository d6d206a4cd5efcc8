"""What somebody on a slow line waits for before the first page can be read.

Everything counts: page, style, font, icon. The page is weighed by its text compressed, as the house sends it to a browser;
style, font and icon with their headers.
"""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from playwright.sync_api import Browser

from .house import House

pytestmark = pytest.mark.browser

MOST_BYTES = 25 * 1024
MOST_REQUESTS = 4


def test_the_first_page_weighs_little_and_asks_seldom(browser: Browser, house: House) -> None:
    context = browser.new_context(base_url=house.url)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    asked: dict[str, str] = {}
    sizes: dict[str, int] = {}
    devtools.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))

    def finished(event: dict[str, Any]) -> None:
        sizes[asked.get(event["requestId"], "")] = int(event["encodedDataLength"])

    devtools.on("Network.loadingFinished", finished)
    first = page.goto("/", wait_until="networkidle")
    assert first is not None
    sizes[first.url] = len(gzip.compress(first.body()))
    context.close()

    assert len(sizes) <= MOST_REQUESTS, sizes
    assert sum(sizes.values()) <= MOST_BYTES, sizes
