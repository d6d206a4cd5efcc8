"""What differs between an official print and the core, passage by passage, and what rests on each difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guichet.law.check.applying import where_applied
from guichet.law.check.figures import DURATIONS, Figure, normal
from guichet.law.check.inventory import Inventory
from guichet.law.check.printed import Passage, PrintedAmendment, PrintedText
from guichet.law.check.waivers import WAIVERS
from guichet.law.kernel.addresses import Ref, containers, order_of
from guichet.law.kernel.clocks import UNIT_NAMES, Clock
from guichet.law.kernel.provisions import ONE_DAY, Amendment, Division, LegalText, Provision
from guichet.law.kernel.wording import write_date

NOTHING = "rien"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the print and the core do not say alike; every word is French, for the operator.

    ``about`` is the passage concerned, or the text itself when its address is empty.
    """

    about: Ref
    subject: str
    official: str
    ours: str

    def rests_on_it(self, core: Inventory) -> tuple[str, ...]:
        """The questions, tables, acts, clocks and interpretations to look at again."""
        return where_applied(self._known(core), core).names()

    def _known(self, core: Inventory) -> Ref:
        """The passage, or the nearest one around it that the core knows."""
        around = (Ref(self.about.text, address) for address in containers(self.about.address))
        return next((ref for ref in around if core.has(ref)), self.about)


def compare(printed: PrintedText, core: Inventory) -> tuple[Difference, ...]:
    """Every difference between a print and the core, in the order of the text; empty when there is none."""
    text = core.texts.get(printed.name)
    if text is None:
        return (Difference(Ref(printed.name, ""), "le texte entier", "un texte", NOTHING),)
    found = [*_passages(printed, text), *_contents(printed, text), *_undated(printed, core)]
    found.sort(key=lambda each: order_of(each.about.address))
    return (*_edition(printed, text), *_amendments(printed, text), *_divisions(printed, text), *found)


def _passages(printed: PrintedText, text: LegalText) -> Iterator[Difference]:
    for address in printed.passages.keys() - text.provisions.keys():
        yield Difference(Ref(text.name, address), "passage", "ce passage", NOTHING)
    for address in text.provisions.keys() - printed.passages.keys():
        yield Difference(Ref(text.name, address), "passage", NOTHING, "ce passage")


def _contents(printed: PrintedText, text: LegalText) -> Iterator[Difference]:
    for address in printed.passages.keys() & text.provisions.keys():
        passage, provision = printed.passages[address], text.provisions[address]
        yield from _notes(passage, provision, text)
        yield from _figures(passage, provision, text)
        yield from _end(printed, passage, provision, text)


def _notes(passage: Passage, provision: Provision, text: LegalText) -> Iterator[Difference]:
    if passage.notes != set(provision.amendments):
        official, ours = (_listed(map(str, sorted(each))) for each in (passage.notes, set(provision.amendments)))
        yield Difference(text.ref(passage.address), "numéros de modification", official, ours)


def _figures(passage: Passage, provision: Provision, text: LegalText) -> Iterator[Difference]:
    """A figure with a unit must be in the core; a figure of the core must be a number of the passage."""
    ours = {normal(figure) for figure in provision.figures}
    if any(figure.value not in ours for figure in passage.figures) or not ours <= passage.numbers:
        official = _listed(dict.fromkeys(map(str, passage.figures)))
        yield Difference(text.ref(passage.address), "chiffres", official, _listed(provision.figures))


def _end(printed: PrintedText, passage: Passage, provision: Provision, text: LegalText) -> Iterator[Difference]:
    """A last day in force is written in the passage that ends it, or is the eve of the amendment that took it out."""
    if passage.is_repealed:
        rows = (printed.amendments.get(number) for number in passage.notes)
        official = [row.in_force - ONE_DAY for row in rows if row]
    else:
        by = printed.passages.get(provision.until_by)
        official = sorted(by.dates) if by else []
    if (passage.is_repealed or provision.until) and provision.until not in official:
        ours = write_date(provision.until) if provision.until else NOTHING
        yield Difference(text.ref(passage.address), "dernier jour", _listed(map(write_date, official)), ours)


def _undated(printed: PrintedText, core: Inventory) -> Iterator[Difference]:
    """A period that the text fixes has its clock, or a waiver that says why it has none."""
    for passage in printed.passages.values():
        ref = Ref(printed.name, passage.address)
        if WAIVERS.keys() & {f"{printed.name}:{address}" for address in containers(passage.address)}:
            continue
        clocks = [clock for clock in core.clocks.values() if ref in clock.basis]
        for figure in passage.figures:
            if figure.unit in DURATIONS and not any(_counts(clock, figure) for clock in clocks):
                held = _listed(f"{clock.length} {UNIT_NAMES[clock.unit]}" for clock in clocks)
                yield Difference(ref, "délai", str(figure), held)


def _counts(clock: Clock, figure: Figure) -> bool:
    is_unit = UNIT_NAMES[clock.unit].split()[0] == figure.unit
    return is_unit and figure.value in {str(clock.length), str(clock.at_least)}


def _edition(printed: PrintedText, text: LegalText) -> Iterator[Difference]:
    days = (
        ("entrée en vigueur", printed.entry, text.entry),
        ("premier jour certain", printed.certain_from, text.certain_from),
        ("dernières modifications", printed.consolidated_to, text.consolidated_to),
    )
    for subject, official, ours in days:
        if official != ours:
            written = (write_date(day) if day else NOTHING for day in (official, ours))
            yield Difference(Ref(text.name, ""), subject, *written)


def _amendments(printed: PrintedText, text: LegalText) -> Iterator[Difference]:
    for number in sorted(printed.amendments.keys() | text.amendments.keys()):
        official, ours = _row(printed.amendments.get(number)), _row(text.amendments.get(number))
        if official != ours:
            yield Difference(Ref(text.name, ""), f"modification n° {number}", official, ours)


def _divisions(printed: PrintedText, text: LegalText) -> Iterator[Difference]:
    official = {f"{each.name} (art. {each.first} à {each.last})" for each in printed.divisions}
    ours = set(_written_divisions(text.divisions))
    for name in sorted(official ^ ours):
        sides = (name if name in each else NOTHING for each in (official, ours))
        yield Difference(Ref(text.name, ""), "division", *sides)


def _written_divisions(divisions: tuple[Division, ...]) -> Iterator[str]:
    for each in divisions:
        yield f"{each.name} (art. {each.first} à {each.last})"
        yield from _written_divisions(each.parts)


def _row(change: Amendment | PrintedAmendment | None) -> str:
    if change is None:
        return NOTHING
    nature = ", changement de nom" if change.renaming else ""
    return f"adoptée le {write_date(change.adopted)}, en vigueur le {write_date(change.in_force)}{nature}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or NOTHING
