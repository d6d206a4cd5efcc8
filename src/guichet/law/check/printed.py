"""What an official print holds, reduced to its structure: addresses, notes, figures, dates; no sentence is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from guichet.law.check.figures import Figure, dates_in, figures_in, numbers_in
from guichet.law.kernel.addresses import order_of

NOTE = re.compile(r"\((\d{1,2})\)")
_LEADERS = re.compile(r"[\s.,;:…-]*")


class UnreadableText(Exception):  # noqa: N818 - named like the other refusals of the core
    """A copy of a text is missing, is not text, or is not that text; the message is French and names the file."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of the print: the numbers of its notes, its figures with their units, all its numbers, its dates.

    ``is_repealed`` tells a place kept for what was taken out, of which only the note is left.
    """

    address: str
    notes: frozenset[int]
    figures: tuple[Figure, ...] = ()
    numbers: frozenset[str] = frozenset()
    dates: frozenset[date] = frozenset()
    is_repealed: bool = False


@dataclass(frozen=True, slots=True)
class PrintedAmendment:
    """A row of the closing table."""

    number: int
    adopted: date
    in_force: date
    renaming: bool


@dataclass(frozen=True, slots=True)
class PrintedDivision:
    """A title, chapter or section: its name (« Chapitre II »), its first and last article."""

    name: str
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedText:
    """A print read: its passages by address, its table, the days of its head; what a print does not say is absent."""

    name: str
    passages: Mapping[str, Passage]
    divisions: tuple[PrintedDivision, ...] = ()
    amendments: Mapping[int, PrintedAmendment] = field(default_factory=dict)
    entry: date | None = None
    certain_from: date | None = None
    consolidated_to: date | None = None

    def parts(self, address: str) -> tuple[Passage, ...]:
        """The passages inside this one, at any depth."""
        return tuple(each for each in self.passages.values() if each.address.startswith(f"{address}/"))

    def leaves(self) -> tuple[Passage, ...]:
        """The passages that hold nothing smaller, in the order of the text."""
        containers = {each.address.rpartition("/")[0] for each in self.passages.values()}
        found = (each for each in self.passages.values() if each.address not in containers)
        return tuple(sorted(found, key=lambda each: order_of(each.address)))


class Gathering:
    """Passages as a reader meets them: opened once, then given their words."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._words: dict[str, list[str]] = {}

    def open(self, address: str, words: str = "") -> None:
        """Begin a passage.

        Raises:
            UnreadableText: the address was met before.
        """
        if address in self._words:
            raise UnreadableText(f"{self.file} : l'adresse {address} y figure deux fois.")
        self._words[address] = [words]

    def add(self, address: str, words: str) -> None:
        """More words of a passage already begun."""
        self._words[address].append(words)

    def passages(self) -> dict[str, Passage]:
        """Each passage reduced to what is compared.

        Raises:
            UnreadableText: nothing was met.
        """
        if not self._words:
            raise UnreadableText(f"{self.file} : aucun article n'y a été reconnu.")
        containers = {address.rpartition("/")[0] for address in self._words}
        return {
            address: _reduced(address, " ".join(words), is_container=address in containers)
            for address, words in self._words.items()
        }


def _reduced(address: str, words: str, *, is_container: bool) -> Passage:
    bare = NOTE.sub("", words)
    notes = frozenset(int(number) for number in NOTE.findall(words))
    return Passage(
        address,
        notes,
        figures_in(bare),
        numbers_in(bare),
        dates_in(bare),
        is_repealed=bool(notes) and not is_container and not _LEADERS.sub("", bare),
    )


def lines_of(content: str) -> Iterator[str]:
    """The lines of a print that are not blank, each kind of space made plain."""
    for line in content.splitlines():
        plain = re.sub(r"[\s\u00a0\u202f]+", " ", line).strip()
        if plain:
            yield plain
