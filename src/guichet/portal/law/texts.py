"""The texts as pages show them: articles under their divisions, paragraphs with what is known of each. Never the wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from guichet.kit.passages import address_of
from guichet.law import questions
from guichet.law.check.applying import where_applied
from guichet.law.kernel.addresses import Ref, containers, order_of
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.provisions import STANDING_NAMES, Amendment, Division, LegalText, Provision, Standing

from .days import on_a_day
from .uses import Use, uses_of

# As many uses as are shown at once beside a paragraph; more are opened in place.
FEW = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A provision as a page shows it: how deep it stands, and everything that Guichet knows and does about it."""

    ref: Ref
    provision: Provision
    address: str
    mark: str
    depth: int
    uses: tuple[Use, ...]
    readings: tuple[Interpretation, ...]
    named_from: date
    ends_by: Ref | None = None

    @property
    def standing(self) -> str:
        """What becomes of it in the software, in French."""
        return STANDING_NAMES[self.provision.standing]

    @property
    def has_rule(self) -> bool:
        """Whether it says something of its own; a heading does not."""
        return self.provision.standing is not Standing.HEADING

    @property
    def is_listed(self) -> bool:
        """Whether it has a line of its own in its article, whose heading stands above them all."""
        return self.has_rule or self.depth > 0

    @property
    def anchor(self) -> str:
        """Its place in a page that shows several."""
        return self.ref.address.replace("/", "-")

    @property
    def is_renamed(self) -> bool:
        """Whether only a name changed since its wording is known."""
        return self.ref.known_from is not None and self.named_from > self.ref.known_from

    @property
    def many_uses(self) -> bool:
        """Whether its uses are too many to be shown at once."""
        return len(self.uses) > FEW


@dataclass(frozen=True, slots=True)
class Article:
    """An article in a table of contents; ``note`` says what it is on the day where it cannot be applied."""

    ref: Ref
    heading: str
    address: str
    note: str = ""

    @property
    def mark(self) -> str:
        """« art. 28 »."""
        return _mark(self.ref)


@dataclass(frozen=True, slots=True)
class Part:
    """A division in a table of contents, with its own articles and its own divisions; the text itself has no ``name``."""

    name: str
    heading: str
    depth: int
    articles: tuple[Article, ...]
    parts: tuple[Part, ...]


@cache
def paragraphs(text: LegalText, address: str) -> tuple[Paragraph, ...]:
    """The provision at an address and everything it contains, in the order of the text."""
    inside = [each for each in _in_order(text) if each == address or each.startswith(f"{address}/")]
    return tuple(_paragraph(text, each) for each in inside)


@cache
def _in_order(text: LegalText) -> tuple[str, ...]:
    return tuple(sorted(text.provisions, key=order_of))


def _paragraph(text: LegalText, address: str) -> Paragraph:
    ref, provision = text.ref(address), text.provisions[address]
    applied = where_applied(ref)
    return Paragraph(
        ref,
        provision,
        address_of(ref),
        _mark(ref),
        address.count("/"),
        uses_of(ref, applied),
        applied.interpretations,
        text.named_from(address),
        text.ref(provision.until_by) if provision.until_by else None,
    )


def _mark(ref: Ref) -> str:
    """The last step of a citation: « al. 5 », « let. a »; of an article, « art. 28 »."""
    *_, kind, number = ref.cite.removesuffix(ref.text).split()
    return f"{kind}\N{NO-BREAK SPACE}{number}"


def heading(text: LegalText, article: str) -> str:
    """What an article is called in a list: its heading, or the summary of its lone paragraph."""
    return text.provisions[article].summary


def own_heading(text: LegalText, article: str) -> str:
    """The heading of an article; nothing where the article is its own lone paragraph."""
    provision = text.provisions[article]
    return provision.summary if provision.standing is Standing.HEADING else ""


@lru_cache(maxsize=64)
def contents(text: LegalText, on: date) -> Part:
    """The table of contents of a text, on a day of law."""
    return _part(text, text.divisions, text.articles(), on)


def _part(text: LegalText, divisions: Sequence[Division], articles: Sequence[str], on: date, depth: int = 0) -> Part:
    parts = []
    for each in divisions:
        inside = [article for article in articles if each.holds(article)]
        part = _part(text, each.parts, inside, on, depth + 1)
        parts.append(Part(each.name, each.heading, depth + 1, part.articles, part.parts))
    own = [article for article in articles if not any(each.holds(article) for each in divisions)]
    listed = (_article(text, each, _out_of_force(text, each, on)) for each in own)
    return Part("", "", depth, tuple(listed), tuple(parts))


def _article(text: LegalText, number: str, note: str = "") -> Article:
    ref = text.ref(number)
    return Article(ref, heading(text, number), address_of(ref), note)


def _out_of_force(text: LegalText, article: str, on: date) -> str:
    """What is to be said of an article that cannot be applied on the day, in whole or in part."""
    states = [on_a_day(text, each.ref.address, on) for each in paragraphs(text, article) if each.has_rule]
    names = sorted({state.name for state in states if not state.can_be_applied})
    if not names:
        return ""
    told = ", ".join(names).lower()
    return told if all(not state.can_be_applied for state in states) else f"en partie : {told}"


@cache
def neighbours(text: LegalText, article: str) -> tuple[Article | None, Article | None]:
    """The article before and the one after."""
    articles = text.articles()
    place = articles.index(article)
    before = _article(text, articles[place - 1]) if place else None
    return before, _article(text, articles[place + 1]) if place + 1 < len(articles) else None


@cache
def changes(text: LegalText, address: str) -> tuple[tuple[Amendment, str], ...]:
    """The amendments of a provision and of what stands in it, oldest first, with the passages they are noted on."""
    noted: dict[int, list[str]] = {}
    for place in (*containers(address)[1:], *(each.ref.address for each in paragraphs(text, address))):
        provision = text.provisions.get(place)
        for number in provision.amendments if provision else ():
            noted.setdefault(number, []).append(text.ref(place).cite.removesuffix(f" {text.name}"))
    found = sorted((text.amendments[number] for number in noted), key=lambda each: (each.in_force, each.number))
    return tuple((each, ", ".join(noted[each.number])) for each in found)


@cache
def questions_by_text() -> Mapping[str, tuple[object, ...]]:
    """The questions, under the name of the text they belong to."""
    grouped: dict[str, tuple[object, ...]] = {}
    for text in questions.TEXTS:
        grouped[text] = tuple(each for each in questions.QUESTIONS.values() if each.name.split(".")[0] == text.lower())
    return grouped
