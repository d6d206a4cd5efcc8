"""French spacing: before « : ; ? ! » and inside guillemets the space does not break, so that no sign begins a line.

Templates are written with plain spaces; whoever loads them gets the others, once in the life of a process. What people
type and what the house computes is never touched: only the words of templates, those they hand to their tags, and the
sentences of the house that a template gives to ``set_words``.
"""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import app_directories

_SPACE = "\N{NO-BREAK SPACE}"
_NO_WORDS = re.compile(
    r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->|<(?:style|script|pre|code)\b.*?</(?:style|script|pre|code)>|<[^>]*>)",
    re.S,
)
_QUOTED = re.compile(r'"[^"]*"')
_BEFORE_A_SIGN = re.compile(r"(?<!\s) (?=[:;?!»](?:[\s<{,.)»\"]|$))")
_AFTER_AN_OPENING = re.compile(r"(?<=«) (?=\S|$)")


class Loader(app_directories.Loader):
    """Templates of the rooms, their words set in French."""

    def get_contents(self, origin: Origin) -> str:
        """The template's source; pages only, for letters and mails have rules of their own."""
        source = super().get_contents(origin)
        return set_in_french(source) if str(origin.template_name).endswith(".html") else source


def set_in_french(source: str) -> str:
    """The source of a page with its words set: what stands between tags, and the quoted words given to template tags."""
    parts = _NO_WORDS.split(source)
    # Words and what are none take turns: a pattern with one group splits so.
    parts[::2] = [set_words(words) for words in parts[::2]]
    parts[1::2] = [
        _QUOTED.sub(lambda found: set_words(found[0]), part) if part.startswith("{%") else part for part in parts[1::2]
    ]
    return "".join(parts)


def set_words(words: str) -> str:
    """Words of ours without any tag, set in French: a sentence of the house that no template holds."""
    return _AFTER_AN_OPENING.sub(_SPACE, _BEFORE_A_SIGN.sub(_SPACE, words))
