"""Passages of the law on a page: how they are cited and where they lead (``/droit/…``)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guichet.law.kernel.addresses import Ref

from .components import Passage


def ref_of(passage: Passage) -> Ref:
    """The passage meant by an object of the law, a stored key (``CGV:3/1``) or its JSON form."""
    if isinstance(passage, Ref):
        return passage
    if isinstance(passage, str):
        return Ref.parse(passage)
    outside = bool(passage.get("outside", False))
    return Ref(passage["text"], passage["address"], outside=outside, source=passage.get("source", ""))


def cite(passage: Passage) -> str:
    """« art. 3 al. 1 CGV »."""
    return ref_of(passage).cite


def address_of(passage: Passage) -> str:
    """The one address of a passage of ours: ``/droit/rdid/11/1/1/a/``; of a whole text, ``/droit/rdid/``."""
    ref = ref_of(passage)
    return "/".join(("", "droit", ref.text.lower(), *filter(None, ref.address.split("/")), ""))


def citation(passage: Passage) -> SafeString:
    """The citation as a link to the page of the passage; a passage of a text we do not hold names its source instead."""
    ref = ref_of(passage)
    if ref.outside:
        return format_html('<span class="citation" title="{}">{}</span>', ref.source, ref.cite)
    return format_html('<a class="citation" href="{}">{}</a>', address_of(ref), ref.cite)


def citations(basis: Iterable[Passage]) -> SafeString:
    """Several citations in one line, separated by commas."""
    return format_html_join(", ", "{}", ((citation(passage),) for passage in basis))


def as_list(basis: Iterable[Passage]) -> SafeString:
    """Several citations, each on its line."""
    lines = format_html_join("", "<li>{}</li>", ((citation(passage),) for passage in basis))
    return format_html('<ul class="govuk-list">{}</ul>', lines)
