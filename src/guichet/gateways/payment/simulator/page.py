"""The payer's page: plain HTML in French or English, without script, marked as a simulator on every line of sight."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from . import payer
from .book import Page
from .exchange import Answer, Call
from .notifier import Notifier
from .words import MEANS_NAMES, WORDS
from .world import World

HTML = "text/html; charset=utf-8"
_ADDRESS = re.compile(r"/vt2/api/PaymentPage/(?P<customer>\d+)/(?P<terminal>\d+)/(?P<token>[A-Za-z0-9]+)")
_STYLE = Path(__file__).with_name("page.css")
_OTHERS = ("challenge", "approve_no_shift", "decline", "decline_retry", "close", "pending")


def respond(world: World, notifier: Notifier, call: Call) -> Answer:
    """The page at its address, or what follows the payer's choice."""
    if call.path == "/vt2/page.css":
        return Answer(200, _STYLE.read_bytes(), "text/css; charset=utf-8", (("Cache-Control", "max-age=3600"),))
    found = _ADDRESS.fullmatch(call.path)
    page = world.book.pages.get(found["token"]) if found else None
    if page is None or found is None or (page.customer_id, page.terminal_id) != (found["customer"], found["terminal"]):
        return _message(404, "unknown", language=_language(call, "fr"), back="")
    with world.book.lock:
        if refusal := _refusal(world, page, call):
            return refusal
        if call.method == "GET":
            payer.opened(world, page)
            return _shown(page, call)
        answer, owed = _chosen(world, page, call)
    if owed is not None:
        notifier.owe(page, success=owed)
    return answer


def _refusal(world: World, page: Page, call: Call) -> Answer | None:
    language = _language(call, page.language)
    if page.state not in payer.OPEN:
        return _message(409, "used", language=language, back=page.return_url)
    if world.clock.now() >= page.expires:
        return _message(410, "expired", language=language, back=page.return_url)
    return None


def _chosen(world: World, page: Page, call: Call) -> tuple[Answer, bool | None]:
    form = call.form()
    outcome, means = form.get("outcome", ""), form.get("means", page.means[0] if page.means else "")
    if outcome not in payer.OUTCOMES or means not in page.means:
        return _shown(page, call, status=400), None
    owed = payer.act(world, page, outcome=outcome, means=means)
    if outcome == "close":
        return _message(200, "closed", language=_language(call, page.language), back=""), owed
    stays = outcome in ("challenge", "decline_retry")
    target = _own_address(call) if stays else page.return_url
    return Answer(303, headers=(*_headers(page), ("Location", target))), owed


def _shown(page: Page, call: Call, *, status: int = 200) -> Answer:
    language = _language(call, page.language)
    words = WORDS[language]
    body = _challenge(words) if page.state == "challenged" else _choices(page, words)
    notice = f'<p class="notice" role="alert">{escape(words["refused"])}</p>' if page.state == "declined_retry" else ""
    main = (
        f"{notice}<h1>{escape(words['challenge_title' if page.state == 'challenged' else 'title'])}</h1>"
        f"{_summary(page, words)}"
        f'<form method="post" action="{escape(_own_address(call))}">{body}</form>'
    )
    switch = f'<a href="{escape(call.path)}?lang={words["language_code"]}" lang="{words["language_code"]}">{words["language"]}</a>'
    return Answer(status, _document(language, words["title"], main, switch), HTML, _headers(page))


def _summary(page: Page, words: dict[str, str]) -> str:
    rows = (
        ("to", words["merchant"]),
        ("for", page.description),
        ("reference", page.order_id),
        ("amount", amount(page)),
    )
    lines = "".join(f"<div><dt>{escape(words[key])}</dt><dd>{escape(value)}</dd></div>" for key, value in rows)
    return f"<dl>{lines}</dl>"


def _choices(page: Page, words: dict[str, str]) -> str:
    means = "".join(
        f'<label><input type="radio" name="means" value="{code}"{" checked" if code == page.means[0] else ""}>'
        f"<span>{escape(MEANS_NAMES.get(code, code))}</span></label>"
        for code in page.means
    )
    others = "".join(_button(name, words[name], "quiet") for name in _OTHERS)
    return (
        f"<fieldset><legend>{escape(words['means'])}</legend>{means}</fieldset>"
        f'<div class="acts">{_button("approve", words["pay"] + " " + amount(page), "pay")}'
        f"{_button('abort', words['abort'], 'plain')}</div>"
        f'<details><summary>{escape(words["other"])}</summary><div class="others">{others}</div></details>'
    )


def _challenge(words: dict[str, str]) -> str:
    passed = _button("challenge_passed", words["challenge_passed"], "pay")
    failed = _button("challenge_failed", words["challenge_failed"], "plain")
    return f'<p>{escape(words["challenge_text"])}</p><div class="acts">{passed}{failed}</div>'


def _button(outcome: str, text: str, look: str) -> str:
    return f'<button name="outcome" value="{outcome}" class="{look}">{escape(text)}</button>'


def _message(status: int, name: str, *, language: str, back: str) -> Answer:
    words = WORDS[language]
    link = f'<p><a class="back" href="{escape(back)}">{escape(words["back"])}</a></p>' if back else ""
    main = f"<h1>{escape(words[f'{name}_title'])}</h1><p>{escape(words[f'{name}_text'])}</p>{link}"
    return Answer(status, _document(language, words["title"], main, ""), HTML, _headers(None))


def _document(language: str, title: str, main: str, switch: str) -> bytes:
    words = WORDS[language]
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/vt2/page.css"><link rel="icon" href="data:,"></head><body>'
        f'<header class="banner"><p><strong>{escape(words["banner"])}</strong> {escape(words["banner_text"])}</p>'
        f"{switch}</header><main>{main}</main></body></html>"
    ).encode()


def _headers(page: Page | None) -> tuple[tuple[str, str], ...]:
    # Some browsers hold the redirect after a form to form-action as well: the merchant's own origin must be in it.
    targets = "'self'" + (f" {_origin(page.return_url)}" if page else "")
    policy = (
        f"default-src 'none'; style-src 'self'; img-src data:; form-action {targets}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return (
        ("Content-Security-Policy", policy),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _language(call: Call, default: str) -> str:
    asked = call.parameters().get("lang", default)[:2]
    return asked if asked in WORDS else "en"


def _own_address(call: Call) -> str:
    language = call.parameters().get("lang", "")
    return call.path + (f"?lang={language}" if language in WORDS else "")


def amount(page: Page) -> str:
    """The amount as the payer reads it: ``25.00 CHF``."""
    return f"{page.value // 100}.{page.value % 100:02d} {page.currency}"
