"""The texts as pages show them: articles under their divisions, paragraphs with what is known of each. Never the wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from guichet.kit.passages import address_of
from guichet.law import questions
from guichet.law.kernel.addresses import Ref, containers, order_of
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.provisions import STANDING_NAMES, Amendment, Division, LegalText, Provision, Standing

from .uses import Use, readings, uses

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

    @property
    def standing(self) -> str:
        """What becomes of it in the software, in French."""
        return STANDING_NAMES[self.provision.standing]

    @property
    def has_rule(self) -> bool:
        """Whether it says something of its own; a heading does not."""
        return self.provision.standing is not Standing.HEADING

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
    """An article in a table of contents."""

    ref: Ref
    heading: str
    address: str


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
    ref = text.ref(address)
    return Paragraph(
        ref,
        text.provisions[address],
        address_of(ref),
        _mark(ref),
        address.count("/"),
        uses().get(ref, ()),
        readings().get(ref, ()),
        text.named_from(address),
    )


def _mark(ref: Ref) -> str:
    """The last step of a citation: « al. 5 », « let. a »; of an article, « art. 28 »."""
    *_, kind, number, _ = ref.cite.split()
    return f"{kind}\N{NO-BREAK SPACE}{number}"


def heading(text: LegalText, article: str) -> str:
    """The heading of an article; a lone paragraph is its own."""
    provision = text.provisions.get(article)
    return provision.summary if provision else ""


@cache
def contents(text: LegalText) -> Part:
    """The table of contents of a text."""
    return _part(text, text.divisions, text.articles(), 0)


def _part(text: LegalText, divisions: Sequence[Division], articles: Sequence[str], depth: int) -> Part:
    parts = []
    for each in divisions:
        inside = [article for article in articles if each.holds(article)]
        part = _part(text, each.parts, inside, depth + 1)
        parts.append(Part(each.name, each.heading, depth + 1, part.articles, part.parts))
    own = [article for article in articles if not any(each.holds(article) for each in divisions)]
    return Part("", "", depth, tuple(_article(text, each) for each in own), tuple(parts))


def _article(text: LegalText, number: str) -> Article:
    ref = text.ref(number) if number in text.provisions else Ref(text.name, number)
    return Article(ref, heading(text, number), address_of(ref))


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
