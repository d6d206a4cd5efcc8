"""Search over the law: articles and passages in our words, questions, procedures, interpretations. In memory, no database.

Letters are compared without accents and capitals, words without their plural; every word must be found, the beginning of a word
is enough, a heading counts more than a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from guichet.kit.passages import address_of
from guichet.law import procedures, questions

MOST_HITS, LONGEST_QUERY, SHORTEST_BEGINNING = 40, 200, 3
IN_HEADING, IN_BODY, WHOLE_WORD = 6, 2, 1
_WORD = re.compile(r"\w+")
# Words too common to be looked for.
_STOPPED = frozenset(
    re.findall(
        r"\w+",
        "a au aux ce ces d de des du en est et il j l la le les leur lui ne n on ou par pas pour qu que qui s sa se si son "
        "sur un une",
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: what it is (``kind``), its heading, its sentence, and its address."""

    kind: str
    heading: str
    body: str
    address: str
    heading_words: frozenset[str]
    body_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, the words that were looked for marked."""

    kind: str
    heading: SafeString
    body: SafeString
    address: str


def normal(word: str) -> str:
    """A word without accents, capitals and plural: « Communaux » and « communal » are the same."""
    flat = unicodedata.normalize("NFKD", word.replace("œ", "oe").replace("Œ", "oe"))
    flat = "".join(sign for sign in flat if not unicodedata.combining(sign)).lower()
    if len(flat) > 4 and flat.endswith("aux"):
        return f"{flat[:-3]}al"
    if len(flat) > 3 and flat[-1] in "sx":
        return flat[:-1]
    return flat


def words_of(text: str) -> list[str]:
    """The words of a text that can be looked for, in order; a lone letter says nothing."""
    words = (normal(found) for found in _WORD.findall(text))
    return [word for word in words if word not in _STOPPED and (len(word) > 1 or word.isdigit())]


def find(query: str) -> list[Hit]:
    """What holds every word of the query, best first, at most forty; nothing for a query without a word."""
    asked = words_of(query[:LONGEST_QUERY])
    if not asked:
        return []
    ranked = [(score, place) for place, each in enumerate(_entries()) if (score := _score(asked, each))]
    ranked.sort(key=lambda one: (-one[0], one[1]))
    return [_hit(_entries()[place], asked) for _, place in ranked[:MOST_HITS]]


def _score(asked: Sequence[str], entry: Entry) -> int:
    """How well an entry answers; 0 when a word is missing."""
    total = 0
    for word in asked:
        points = max(_points(word, entry.heading_words, IN_HEADING), _points(word, entry.body_words, IN_BODY))
        if not points:
            return 0
        total += points
    return total


def _points(word: str, among: frozenset[str], worth: int) -> int:
    if word in among:
        return worth + WHOLE_WORD
    long_enough = len(word) >= SHORTEST_BEGINNING
    return worth if long_enough and any(each.startswith(word) for each in among) else 0


@cache
def _entries() -> tuple[Entry, ...]:
    return tuple(
        Entry(kind, heading, body, address, frozenset(words_of(heading)), frozenset(words_of(f"{body} {hidden}")))
        for kind, heading, body, address, hidden in _all()
    )


def _all() -> Iterator[tuple[str, str, str, str, str]]:
    """Kind, heading, body, address, and words that are found but not shown."""
    for question in questions.QUESTIONS.values():
        sources = ", ".join(ref.cite for ref in question.sources)
        yield "Question", question.title, sources, f"/droit/questions/{question.name}/", question.name
    for text in questions.TEXTS.values():
        yield "Texte", f"{text.title} ({text.name})", "", f"/droit/{text.name.lower()}/", ""
        for provision in text.provisions.values():
            ref = text.ref(provision.address)
            article = text.provisions.get(provision.address.split("/")[0])
            heading = f"{ref.cite} : {article.summary}" if article and not article.software else ref.cite
            body = provision.summary if provision.software else ""
            yield "Passage" if body else "Article", heading, body, address_of(ref), provision.software
    for procedure in procedures.PROCEDURES.values():
        acts = " ".join(each.label for each in procedure.transitions)
        states = ", ".join(procedure.states.values())
        yield "Procédure", procedure.title, states, f"/droit/procedures/{procedure.name}/", acts
    for each in questions.INTERPRETATIONS:
        heading = f"Interprétation n° {each.number}"
        yield "Interprétation", heading, f"{each.doubt} {each.reading}", f"/droit/interpretations/{each.name}/", ""


def _hit(entry: Entry, asked: Sequence[str]) -> Hit:
    return Hit(entry.kind, _marked(entry.heading, asked), _marked(entry.body, asked), entry.address)


def _marked(text: str, asked: Sequence[str]) -> SafeString:
    """The text with the words that were looked for marked."""
    parts, last = [], 0
    for found in _WORD.finditer(text):
        word = normal(found.group())
        if any(word == one or (len(one) >= SHORTEST_BEGINNING and word.startswith(one)) for one in asked):
            parts += [escape(text[last : found.start()]), format_html("<mark>{}</mark>", found.group())]
            last = found.end()
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 - each part is escaped
