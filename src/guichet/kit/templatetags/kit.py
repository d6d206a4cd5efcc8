"""``{% load kit %}``: values written for people, and the parts that pages are made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from guichet.kit import formats, passages, summary
from guichet.kit.components import Crumb, Entrance, Happening, OpenClock, Passage, Price, Row, Table, Why
from guichet.kit.typesetting import set_words
from guichet.law.kernel.answers import Answer
from guichet.law.kernel.money import Chf

register = template.Library()

for _write in (
    formats.chf,
    formats.long_date,
    formats.short_date,
    formats.numeric_date,
    formats.instant,
    formats.clock_time,
    formats.file_size,
    formats.pluralize,
    formats.avs,
):
    register.filter(_write.__name__, _write)
register.filter("cite", passages.cite)
register.filter("set_words", set_words, is_safe=True)
register.simple_tag(passages.citation)
register.simple_tag(passages.citations)
register.simple_tag(summary.error_prefix, takes_context=True)
register.inclusion_tag("kit/components/error_summary.html")(summary.error_summary)


_drawn: dict[tuple[str, str], SafeString] = {}


@register.simple_tag(takes_context=True)
def furniture(context: Context, name: str) -> SafeString:
    """A part of every page (``ways``, ``languages``, ``footer``) that changes with nothing but where one is.

    Drawn once in the life of a process for each place.
    """
    site: Any = context.get("site") or {}
    key = (name, str(site.get("here", "")))
    if key not in _drawn:
        _drawn[key] = render_to_string(f"kit/{name}.html", {"site": site})
    return _drawn[key]


@register.simple_tag
def day(on: date) -> SafeString:
    """A day written out, readable by machines too."""
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), formats.long_date(on))


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """An instant written out, readable by machines too."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), formats.instant(at))


@register.simple_tag
def amount(of: Chf | int | None, unknown: str = "à déterminer") -> SafeString:
    """A sum that never breaks over two lines; ``unknown`` when the law or the tariff cannot tell it."""
    return format_html('<span class="amount">{}</span>', unknown if of is None else formats.chf(of))


@register.simple_tag
def tag(text: str, kind: str = "") -> SafeString:
    """A state in words; ``late`` and ``done`` repeat it in colour."""
    return format_html('<strong class="govuk-tag{}">{}</strong>', f" tag--{kind}" if kind else "", text)


@register.inclusion_tag("kit/components/why.html")
def why(reasons: Why | Answer | None, question: str = "pourquoi\N{NO-BREAK SPACE}?") -> dict[str, object]:
    """« pourquoi ? »: opens the reasons in place, without a script; nothing when there are none."""
    shown = reasons if reasons is None or isinstance(reasons, Why) else Why.of(reasons)
    return {"why": shown, "question": question}


@register.inclusion_tag("kit/components/price_box.html")
def price_box(price: Price, title: str = "Ce que vous payez") -> dict[str, object]:
    """« Ce que vous payez », with the reason of each line; ``title`` where somebody else than the payer reads it."""
    return {"price": price, "title": title}


@register.inclusion_tag("kit/components/summary_list.html")
def summary_list(rows: Sequence[Row]) -> dict[str, object]:
    """What was answered, each line with « modifier » where it can be changed."""
    return {"rows": rows}


@register.inclusion_tag("kit/components/step_line.html")
def step_line(number: int, of: int, label: str) -> dict[str, object]:
    """« Étape 2 sur 4 : vos données »."""
    return {"number": number, "of": of, "label": label}


@register.inclusion_tag("kit/components/timeline.html")
def timeline(happenings: Sequence[Happening], next_step: str = "") -> dict[str, object]:
    """What happened, oldest first, and at its foot what is owed next."""
    return {"happenings": happenings, "next_step": next_step}


@register.inclusion_tag("kit/components/clocks.html")
def clocks(open_clocks: Sequence[OpenClock]) -> dict[str, object]:
    """The periods that run, each with « comment cette date est-elle calculée ? »."""
    return {"clocks": open_clocks}


@register.inclusion_tag("kit/components/table.html")
def table(shown: Table) -> dict[str, object]:
    """A table that scrolls on its own on a narrow screen, its header always in sight."""
    return {"table": shown}


@register.inclusion_tag("kit/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, object]:
    """The pages of a list; filters stay in the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context.get("request")}


@register.inclusion_tag("kit/components/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[Crumb]) -> dict[str, object]:
    """The way to this page."""
    return {"crumbs": crumbs}


@register.inclusion_tag("kit/components/choices.html")
def choices(entrances: Sequence[Entrance]) -> dict[str, object]:
    """A page of ways in: each a link and one sentence."""
    return {"entrances": entrances}


@register.inclusion_tag("kit/components/contact_box.html", takes_context=True)
def contact_box(context: Context, reference: str = "") -> dict[str, object]:
    """Who answers for the site and who answers for the case (CGV 11), with the reference to quote."""
    return {"office": context["site"]["office"], "reference": reference}


@register.simple_tag
def back_link(address: str, label: str = "Retour") -> SafeString:
    """Back to the page before, above the heading."""
    return format_html('<a class="govuk-back-link" href="{}">{}</a>', address, label)


@register.simple_block_tag
def state(content: str) -> SafeString:
    """Where a case stands and who must act by when, in one sentence at the head of its page."""
    return format_html('<p class="state">{}</p>', content)


@register.simple_block_tag
def notice(content: str, title: str = "", kind: str = "info") -> SafeString:
    """Something the person must know; ``kind``: info, success, warning, error."""
    heading = format_html('<h2 class="govuk-notification-banner__title">{}</h2>', title) if title else ""
    role = "alert" if kind == "error" else "status"
    return format_html('<div class="notice notice--{}" role="{}">{}{}</div>', kind, role, heading, content)


@register.simple_block_tag
def confirmation(content: str, title: str, reference: str = "") -> SafeString:
    """The panel after something was done: what, under which reference, and what follows."""
    number = format_html('<span class="reference">{}</span>', reference) if reference else ""
    return format_html(
        '<div class="govuk-panel"><h1 class="govuk-panel__title">{}</h1>'
        '<div class="govuk-panel__body">{}{}</div></div>',
        title,
        number,
        content,
    )


@register.simple_block_tag
def reveal(content: str, question: str) -> SafeString:
    """More about something, opened in place."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">{}</summary>'
        '<div class="govuk-details__text">{}</div></details>',
        question,
        content,
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """What a list says when it has nothing to show, and what one can do then."""
    return format_html('<div class="empty"><p><strong>{}</strong></p>{}</div>', title, content)


@register.simple_tag
def linked_data(described: dict[str, Any]) -> SafeString:
    """A description of the page for programs (JSON-LD): a block of data that no browser runs, so no script of ours."""
    written = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        written = written.replace(sign, f"\\u{ord(sign):04X}")
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 - no sign of a tag is left


@register.simple_tag
def passage_list(basis: Sequence[Passage]) -> SafeString:
    """The passages of a refusal or a letter, each on its line, as links."""
    return passages.as_list(basis)
