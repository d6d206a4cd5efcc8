"""A person's browser without JavaScript: keeps cookies, reads forms, presses buttons, follows our own redirects."""

from __future__ import annotations

import copy
import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

Data = dict[str, list[str]]
_REDIRECTS = 8


@dataclass
class Form:
    """A form as the page shows it: what it would send, and the words on its buttons."""

    action: str
    method: str
    values: Data = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # words, name, value

    def button(self, words: str) -> tuple[str, str, str] | None:
        return next((one for one in self.buttons if words in one[0]), None)


@dataclass
class Page:
    """What the browser shows. ``leaves_to`` is the address outside our site that it was sent to, if it was."""

    status: int
    address: str
    html: str
    headers: dict[str, str]
    leaves_to: str = ""

    @property
    def text(self) -> str:
        """The words, as a person reads them."""
        return _Reader.of(self.html).text

    @property
    def forms(self) -> list[Form]:
        return _Reader.of(self.html).forms

    def form(self, words: str) -> Form:
        """The form with a button of these words."""
        found = next((form for form in self.forms if form.button(words)), None)
        assert found is not None, f"no button « {words} » on {self.status} {self.address}: {self.text[:400]}"
        return found

    def has_button(self, words: str) -> bool:
        return any(form.button(words) for form in self.forms)


class Unanswered(ConnectionError):  # noqa: N818 - reads as what happened
    """The site did not answer: the browser shows its own page and the person reloads."""


class Visitor:
    """One browser at one site; give a copy to a second tab (``tab()``), which shares the cookies."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}
        self.page = Page(0, "/", "", {})

    def tab(self) -> Visitor:
        """Another tab of the same browser."""
        other = copy.copy(self)
        other.cookies = self.cookies
        return other

    def get(self, address: str) -> Page:
        return self._go("GET", address, None)

    def press(self, words: str, page: Page | None = None, **typed: str | None) -> Page:
        """Fill in the form that has a button of these words and press it; ``page`` is an old page of the history."""
        page = page or self.page
        form = page.form(words)
        data = {name: list(values) for name, values in form.values.items()}
        for name, value in typed.items():
            if value is None:
                data.pop(name, None)
            else:
                assert name in data or f'name="{name}"' in page.html, f"no field {name} on {page.address}"
                data[name] = [value]
        button = form.button(words)
        if button and button[1]:
            data[button[1]] = [button[2]]
        target = urljoin(page.address, form.action or page.address)
        return self._go(form.method, target, data)

    def post(self, address: str, data: Data) -> Page:
        """Send what no form shows (a forged or outdated request)."""
        return self._go("POST", address, data)

    def _go(self, method: str, address: str, data: Data | None) -> Page:
        for _ in range(_REDIRECTS):
            page = self._ask(method, address, data)
            if page.status not in (301, 302, 303):
                break
            method, data, address = "GET", None, urljoin(self.site + page.address, page.headers["location"])
            if not address.startswith(self.site + "/"):
                page.leaves_to = address
                break
        if not page.leaves_to:
            self.page = page
        return page

    def _ask(self, method: str, address: str, data: Data | None) -> Page:
        site, wanted = urlsplit(self.site), urlsplit(address)
        path = (wanted.path or "/") + (f"?{wanted.query}" if wanted.query else "")
        headers = {"Accept": "text/html", "Connection": "close"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if method.upper() == "POST":
            body = urlencode(data or {}, doseq=True).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection(site.hostname or "", site.port, timeout=60)
        try:
            line.request(method.upper(), path, body, headers)
            answer = line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as failure:
            raise Unanswered(path) from failure
        finally:
            line.close()
        self._keep_cookies(answer)
        told = {name.lower(): value for name, value in answer.getheaders()}
        kind = told.get("content-type", "")
        html = content.decode() if "text" in kind else content.decode("latin-1")
        return Page(answer.status, path, html, told)

    def _keep_cookies(self, answer: http.client.HTTPResponse) -> None:
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)


class _Reader(HTMLParser):
    """Reads the words and the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._button: list[str] | None = None
        self._area = ""
        self._select = ""

    @classmethod
    def of(cls, html: str) -> _Reader:
        reader = cls()
        reader.feed(html)
        return reader

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "button":
            self._button = ["", given.get("name", ""), given.get("value", "")]
        elif tag == "textarea":
            self._area = given.get("name", "")
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and "selected" in given:
            self._hold(self._select, given.get("value", ""))
        elif tag == "input":
            self._input(given)

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if not name or kind in ("submit", "button") or (kind in ("radio", "checkbox") and "checked" not in given):
            return
        self._hold(name, given.get("value", "on" if kind == "checkbox" else ""))

    def _hold(self, name: str, value: str) -> None:
        if self._form is not None:
            self._form.values.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "button" and self._button is not None:
            if self._form is not None:
                words = " ".join(self._button[0].split())
                self._form.buttons.append((words, self._button[1], self._button[2]))
            self._button = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._button is not None:
            self._button[0] += data
        if self._area:
            self._hold(self._area, data.removeprefix("\n"))
