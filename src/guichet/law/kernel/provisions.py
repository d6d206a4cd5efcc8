"""A text of law as a table: its provisions by address, its amendments by number, and since when each wording is known.

*Known from* is never typed on a provision: it is derived from the numbers of the amendments that touched it or what
contains it, as the official print notes them. Summaries are our own words; the texts are not reproduced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from guichet.law.kernel.addresses import Ref, containers, order_of
from guichet.law.kernel.answers import Answer, NotInForce, Step, Unknown
from guichet.law.kernel.wording import write_date

ONE_DAY = timedelta(days=1)


class Standing(StrEnum):
    """What becomes of a provision in the software.

    The coverage map refuses a ``CODED`` provision that no test sees applied, and a ``PLANNED`` one that some test does.
    """

    CODED = "coded"
    PLANNED = "planned"
    ORGANISATION = "organisation"
    TEXT_ONLY = "text_only"
    HEADING = "heading"


STANDING_NAMES: Mapping[Standing, str] = {
    Standing.CODED: "Appliquée par le logiciel",
    Standing.PLANNED: "Prévue, pas encore appliquée",
    Standing.ORGANISATION: "Organisation de l'office",
    Standing.TEXT_ONLY: "Texte seul",
    Standing.HEADING: "Titre",
}


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the text, by its number in the official print; a renaming touches names of authorities only."""

    number: int
    adopted: date
    in_force: date
    renaming: bool = False


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """What a provision said before, in our words, and the amendment that brought that wording; 0 for the first one."""

    summary: str
    number: int


@dataclass(frozen=True, slots=True)
class Provision:
    """One paragraph, figure or letter: what it says in our words, and what the software does with it (or why nothing).

    ``until`` is the last day in force of a provision that ends, with all it contains, and ``until_by`` the passage that
    ends it. A ``new`` one was added by its amendment: before, the text held nothing at this address. ``figures`` are
    the numbers of the wording that the code relies on, compared with the official text by the law check. ``before``
    holds the earlier wordings we know, newest first: without any, the day before the last amendment is unknown.
    """

    address: str
    summary: str
    standing: Standing = Standing.HEADING
    software: str = ""
    amendments: tuple[int, ...] = ()
    figures: tuple[str, ...] = ()
    until: date | None = None
    until_by: str = ""
    new: bool = False
    before: tuple[EarlierWording, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """When a text applies, as far as its print tells.

    ``entry`` is the first day on which it can have been in force. When the source gives only a month, ``certain_from``
    is the first day on which it surely was. ``earlier_editions`` tells a text that replaced another wording we do not
    hold (before ``entry``: unknown) from one that began on that day (before: not in force). ``consolidated_to`` is the
    last day up to which the print was checked, when it says one.
    """

    entry: date
    certain_from: date | None = None
    earlier_editions: bool = False
    consolidated_to: date | None = None


class Level(StrEnum):
    """How deep a division of a text stands."""

    TITLE = "title"
    CHAPTER = "chapter"
    SECTION = "section"


LEVEL_NAMES: Mapping[Level, str] = {Level.TITLE: "Titre", Level.CHAPTER: "Chapitre", Level.SECTION: "Section"}


@dataclass(frozen=True, slots=True)
class Division:
    """A title, chapter or section of a text: its printed number and short heading, its first and last article.

    The articles of the divisions it holds (``parts``) are among its own.
    """

    level: Level
    number: str
    heading: str
    first: str
    last: str
    parts: tuple[Division, ...] = ()

    @property
    def name(self) -> str:
        """« Titre II », « Chapitre III », « Section 2 »."""
        return f"{LEVEL_NAMES[self.level]} {self.number}"

    def holds(self, article: str) -> bool:
        """Whether an article stands in it."""
        return order_of(self.first) <= order_of(article) <= order_of(self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Where the official text is read: the address that makes faith, who publishes it, its number in the collection.

    ``adopted`` is the day on which the text was first adopted, absent where the source does not say it.
    """

    address: str
    publisher: str
    number: str = ""
    adopted: date | None = None


class LegalText:
    """A text: CGV, RDId or LIPAD, its provisions by address and its amendments by number."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        edition: Edition,
        provisions: Iterable[Provision],
        amendments: Iterable[Amendment] = (),
        divisions: tuple[Division, ...] = (),
        publication: Publication | None = None,
    ) -> None:
        self.name, self.title, self.entry = name, title, edition.entry
        self.divisions, self.publication = divisions, publication
        self.certain_from = edition.certain_from or edition.entry
        self.earlier_editions = edition.earlier_editions
        self.consolidated_to = edition.consolidated_to
        self.amendments: Mapping[int, Amendment] = {change.number: change for change in amendments}
        self.provisions: Mapping[str, Provision] = {provision.address: provision for provision in provisions}
        self._known_from = {address: self._latest(address, renamings=False) for address in self.provisions}
        self._named_from = {address: self._latest(address, renamings=True) for address in self.provisions}
        self._horizon = _horizon_of(edition)
        self._earlier = {each.address: self._history(each) for each in self.provisions.values() if each.before}
        # Since when we hold a wording, the present one or an earlier one.
        self._held_from = self._known_from | {address: days[-1] for address, days in self._earlier.items()}
        self._since = {address: self._added(address) for address in self.provisions}
        self._ends = dict(self._ending())
        self._refs = {address: Ref(name, address, day) for address, day in self._known_from.items()}

    def provision(self, address: str) -> Provision:
        """The provision at this address.

        Raises:
            KeyError: the text has none there.
        """
        return self.provisions[address]

    def ref(self, address: str, on: date | None = None) -> Ref:
        """The passage, with the day since which its wording is known: the present one, or the one of a day.

        Raises:
            KeyError: the text has no such address; a citation cannot be invented.
        """
        ref = self._refs[address]
        if on is None or address not in self._earlier or on >= self._known_from[address]:
            return ref
        day = next((day for day in self._earlier[address] if on >= day), None)
        return replace(ref, known_from=day) if day else ref

    def refs(self, *addresses: str, on: date | None = None) -> tuple[Ref, ...]:
        """Several passages of this text, in the order given."""
        if on is None or not self._earlier:
            return tuple([self._refs[address] for address in addresses])
        return tuple([self.ref(address, on) for address in addresses])

    def summary(self, address: str, on: date) -> str:
        """What the provision says on that day, in our words; the oldest wording we know for an earlier day."""
        provision = self.provisions[address]
        if on >= self._known_from[address] or not provision.before:
            return provision.summary
        days = self._earlier[address]
        held = [wording for wording, day in zip(provision.before, days, strict=True) if on >= day]
        return (held or provision.before[-1:])[0].summary

    def leaves(self) -> tuple[Provision, ...]:
        """The provisions that hold a rule of their own, in the order of the text."""
        found = (each for each in self.provisions.values() if each.standing is not Standing.HEADING)
        return tuple(sorted(found, key=lambda each: order_of(each.address)))

    def articles(self) -> tuple[str, ...]:
        """The numbers of the articles (chapters, in the terms of sale), in the order of the text."""
        return tuple(sorted({address.split("/")[0] for address in self.provisions}, key=order_of))

    def trail(self, article: str) -> tuple[Division, ...]:
        """The divisions an article stands in, the widest first; none where the text has none."""
        found: list[Division] = []
        level = self.divisions
        while inner := next((each for each in level if each.holds(article)), None):
            found.append(inner)
            level = inner.parts
        return tuple(found)

    def changes(self, address: str) -> tuple[Amendment, ...]:
        """The amendments that touched the provision or what contains it, oldest first, renamings included."""
        numbers = {
            n for place in containers(address) if place in self.provisions for n in self.provisions[place].amendments
        }
        numbers |= {wording.number for wording in self.provisions[address].before if wording.number}
        return tuple(sorted((self.amendments[n] for n in numbers), key=lambda each: (each.in_force, each.number)))

    def known_from(self, address: str) -> date:
        """The latest change of substance on the provision or on what contains it; the entry into force without one."""
        return self._known_from[address]

    def named_from(self, address: str) -> date:
        """The latest change of any kind: before it, the authority may have borne another name."""
        return self._named_from[address]

    def gap(self, address: str, on: date) -> Answer | None:
        """Why the provision cannot be applied on that day; nothing when it can."""
        known_from, ending = self._held_from[address], self._ends.get(address)
        if on >= known_from and on >= self.certain_from and ending is None:
            return None
        ref = self._refs[address]
        since = self._since[address]
        if on < since and not self.earlier_editions:
            return NotInForce(since=since, because=(ref,))
        if on < known_from:
            return Unknown(before=known_from, because=(ref,), steps=self._later(address, on))
        if on < self.certain_from:
            return Unknown(before=self.certain_from, because=(ref,), reservations=(self._imprecise(),))
        if ending and ending.until and on > ending.until:
            return NotInForce(until=ending.until, because=(ref, *self.refs(ending.until_by)))
        return None

    def remarks(self, address: str, on: date) -> tuple[str, ...]:
        """What a careful jurist adds to an answer that rests on this provision on that day."""
        named_from = self._named_from[address]
        if on >= named_from:
            return self.horizon(on)
        return (f"Le nom actuel de l'autorité n'est connu que depuis le {write_date(named_from)}.", *self.horizon(on))

    def horizon(self, on: date) -> tuple[str, ...]:
        """What is owed to whoever asks about a day after the last one up to which the print was checked."""
        return self._horizon if self.consolidated_to and on > self.consolidated_to else ()

    def _history(self, provision: Provision) -> tuple[date, ...]:
        """The first days of the earlier wordings, newest first."""
        numbers = [wording.number for wording in provision.before]
        days = [self.amendments[number].in_force if number else self.entry for number in numbers]
        if any(later <= day for later, day in pairwise([self._known_from[provision.address], *days])):
            raise ValueError(f"the wordings of {provision.address} are not written newest first")
        return tuple(days)

    def _latest(self, address: str, *, renamings: bool) -> date:
        days = [self.entry]
        for container in containers(address):
            provision = self.provisions.get(container)
            for number in provision.amendments if provision else ():
                change = self.amendments[number]
                if renamings or not change.renaming:
                    days.append(change.in_force)
        return max(days)

    def _added(self, address: str) -> date:
        """Since when the text holds something there: its entry, or the day the provision or its container was added."""
        places = [place for place in containers(address) if place in self.provisions and self.provisions[place].new]
        return max([self.entry, *(self._held_from[place] for place in places)])

    def _ending(self) -> Iterator[tuple[str, Provision]]:
        for address in self.provisions:
            for container in containers(address):
                provision = self.provisions.get(container)
                if provision and provision.until:
                    yield address, provision
                    break

    def _later(self, address: str, on: date) -> tuple[Step, ...]:
        ref = self._refs[address]
        return tuple(
            Step(
                f"Modification n° {change.number} adoptée le {write_date(change.adopted)}, en vigueur le "
                f"{write_date(change.in_force)} : le texte antérieur n'est pas dans nos sources.",
                (ref,),
                change.in_force,
            )
            for change in self.changes(address)
            if on < change.in_force <= self._held_from[address] and not change.renaming
        )

    def _imprecise(self) -> str:
        return (
            f"L'édition est datée du mois seulement : entre le {write_date(self.entry)} et le "
            f"{write_date(self.certain_from - ONE_DAY)}, on ne sait pas si elle s'appliquait déjà."
        )


def _horizon_of(edition: Edition) -> tuple[str, ...]:
    if edition.consolidated_to is None:
        return ()
    return (f"Texte consolidé au {write_date(edition.consolidated_to)} : une modification a pu suivre.",)
