"""Somebody in front of the counter: goes, reads, types and presses; each new page is examined as it is met.

Examined means: axe finds nothing, nothing scrolls sideways on a narrow telephone nor at twice the size of text, the
console stays silent, and nothing is asked of another machine. The dark colours come from the same few variables on
every page: the gallery of all parts shows them in each run, every page with ``make dark``.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Locator, Page, Request, expect

from tests.accessibility import violations

# Milliseconds: two cores may run a browser, a web server and a worker at once.
PATIENCE = 15_000
# The states an order goes through by itself, and one.
MOST_RELOADS = 5
IN_DARK_TOO = bool(os.environ.get("GUICHET_DARK"))
OPEN_ALL = "() => document.querySelectorAll('details:not([open])').forEach((one) => { one.open = true; one.dataset.opened = 'by the test'; })"
CLOSE_AGAIN = "() => document.querySelectorAll('details[data-opened]').forEach((one) => { one.open = false; delete one.dataset.opened; })"
# A plain space before a sign, or inside guillemets: the sign could begin a line (``guichet.kit.typesetting``).
MAY_BREAK = r"""() => {
  const left = 'script, style, pre, code, textarea, svg';
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const words = texts.currentNode;
    if (!words.parentElement.closest(left)) {
      found.push(...(words.data.match(/.{0,30}\S [:;?!»](?!\S)|« \S.{0,30}/g) ?? []));
    }
  }
  return found;
}"""
_SECRETS = re.compile(r"((?:CMD|PID)-[0-9A-Z]+-.|[0-9a-f-]{36}|[0-9a-f]{64}|[\w-]{20,40}|\d+-\w+)(?=/|$)")


class Examined:
    """What is known of the pages met so far: each kind of page is examined once, what was wrong is kept in words.

    The processes of a run share the folder ``seen``: what one of them has examined is new to none.
    """

    def __init__(self, seen: Path) -> None:
        self.seen = seen
        self.seen.mkdir(exist_ok=True)
        self.wrong: list[str] = []

    def is_new(self, page: Page) -> bool:
        """True the first time a kind of page is met; references and secrets in addresses don't make another kind."""
        path = _SECRETS.sub("*", page.url.split("?")[0].split("://", 1)[1].split("/", 1)[1])
        title = re.sub(r"(CMD|PID)-\S+", "*", page.title())
        mark = self.seen / hashlib.sha256(f"{path}|{title}".encode()).hexdigest()
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class Visitor:
    """One person in a browser of their own."""

    def __init__(self, context: BrowserContext, examined: Examined, *, scripted: bool) -> None:
        self.context, self.examined, self.scripted = context, examined, scripted
        # A form with errors is answered 422; a journey that goes where one is refused, or loses the line, says so.
        self.allowed = {"status of 422"}
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._hear)
        context.on("request", self._follow)

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium writes every answer from 400 on to the console.
        allowed = any(words in message.text for words in self.allowed)
        if message.type == "error" and not allowed:
            self.examined.wrong.append(f"console of {self.page.url}: {message.text}")

    def _follow(self, request: Request) -> None:
        if not re.match(r"(http://127\.0\.0\.1:\d+/|data:|blob:)", request.url):
            self.examined.wrong.append(f"{self.page.url} asks {request.url}")

    def hears(self, words: str) -> None:
        """Say that the console may say so from now on."""
        self.allowed.add(words)

    @property
    def main(self) -> Locator:
        """The page's content."""
        return self.page.locator("main")

    def goes_to(self, address: str) -> None:
        """Open an address of the counter."""
        self.page.goto(address)
        self.look()

    def follows(self, name: str, *, within: str = "main") -> None:
        """Follow the link of this name, or of a name that begins so."""
        link = self.page.locator(within).get_by_role("link", name=re.compile(f"^{re.escape(name)}"))
        with self.page.expect_navigation():
            link.first.click()
        self.look()

    def presses(self, name: str) -> None:
        """Press the button whose name begins so, in the page's content."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first.click()
        self.look()

    def types(self, typed: Mapping[str, str]) -> None:
        """Fill fields by their labels, which may say that an answer can be left out."""
        for label, value in typed.items():
            asked = re.escape(label).replace(r"\ ", r"\s")
            self.main.get_by_label(re.compile(rf"^{asked}( \(facultatif\))?$")).fill(value)

    def chooses(self, label: str) -> None:
        """Choose a radio button, or tick a box, by its label."""
        self.main.get_by_label(label).first.check()

    def reads(self, *sentences: str) -> None:
        """Find these words in the page's content."""
        for sentence in sentences:
            expect(self.main).to_contain_text(sentence)

    def takes(self, name: str, kept: Path, *, within: str = "main") -> Path:
        """Download what the link of this name gives, as a file in the folder ``kept``."""
        with self.page.expect_download() as download:
            self.page.locator(within).get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first.click()
        target = kept / download.value.suggested_filename
        download.value.save_as(target)
        return target

    def look(self) -> None:
        """Examine the page if it is the first of its kind; the examination itself needs scripts."""
        if self.scripted and self.examined.is_new(self.page):
            self.examine()

    def examine(self) -> None:
        """Examine the page, whether or not one of its kind was met before."""
        for _ in range(MOST_RELOADS):
            try:
                self._examine()
                return
            except Error as interrupted:
                # A page that follows its order loads anew when the order moves on: begin again with what it shows now.
                if "context was destroyed" not in interrupted.message:
                    raise
                self.page.wait_for_load_state()
        raise AssertionError(f"{self.page.url} does not stand still")

    def _examine(self) -> None:
        self.page.emulate_media(color_scheme="light")
        self.page.evaluate(OPEN_ALL)
        self.examined.wrong += violations(self.page)
        self.examined.wrong += [
            f"{self.page.url} may break a line in: {found}" for found in self.page.evaluate(MAY_BREAK)
        ]
        if IN_DARK_TOO:
            self.page.emulate_media(color_scheme="dark")
            self.examined.wrong += violations(self.page, only_contrast=True)
            self.page.emulate_media(color_scheme="light")
        self._width()
        self.page.evaluate(CLOSE_AGAIN)

    def _width(self) -> None:
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 360, "height": 800})
        try:
            self._measure()
        finally:
            if size is not None:
                self.page.set_viewport_size(size)

    def _measure(self) -> None:
        for percent in (100, 200):
            self.page.evaluate(f"() => {{ document.documentElement.style.fontSize = '{percent}%'; }}")
            if self.page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
                self.examined.wrong.append(f"{self.page.url} scrolls sideways at 360 pixels, {percent} % text")
        self.page.evaluate("() => document.documentElement.removeAttribute('style')")
