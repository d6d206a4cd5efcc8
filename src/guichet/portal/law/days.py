"""What a passage is on a day of law: applied, applied with a reservation, not yet known, not yet or no longer there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.kernel.inputs import read_day
from guichet.law.kernel.provisions import LegalText
from guichet.law.kernel.wording import write_date


class Force(StrEnum):
    """The five things a passage can be on a day."""

    APPLIES = "applies"
    RESERVED = "reserved"
    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    ENDED = "ended"


FORCE_NAMES = {
    Force.APPLIES: "En vigueur",
    Force.RESERVED: "En vigueur, sous réserve",
    Force.UNKNOWN: "Texte de ce jour inconnu",
    Force.NOT_YET: "Pas encore en vigueur",
    Force.ENDED: "Plus en vigueur",
}


@dataclass(frozen=True, slots=True)
class OnADay:
    """What a passage is on a day, in a word and in the sentences of a careful jurist."""

    force: Force
    sentences: tuple[str, ...]

    @property
    def name(self) -> str:
        """The word for it, in French."""
        return FORCE_NAMES[self.force]

    @property
    def can_be_applied(self) -> bool:
        """Whether an answer can rest on it."""
        return self.force in (Force.APPLIES, Force.RESERVED)


def on_a_day(text: LegalText, address: str, on: date) -> OnADay:
    """What the passage is on that day."""
    gap = text.gap(address, on)
    if gap is None:
        remarks = text.remarks(address, on)
        return OnADay(Force.RESERVED if remarks else Force.APPLIES, remarks)
    told = (f"{gap.sentence}.", *(step.text for step in gap.steps), *gap.reservations)
    if not isinstance(gap, NotInForce):
        return OnADay(Force.UNKNOWN, told)
    return OnADay(Force.ENDED if gap.until and on > gap.until else Force.NOT_YET, told)


def whole_on_a_day(text: LegalText, on: date) -> OnADay:
    """What a text as a whole is on that day; some of its passages may be something else."""
    if on < text.entry and not text.earlier_editions:
        return OnADay(Force.NOT_YET, (f"{NotInForce(since=text.entry).sentence}.",))
    if on < text.certain_from:
        return OnADay(Force.UNKNOWN, (f"{Unknown(before=text.certain_from).sentence}.",))
    remarks = text.horizon(on)
    return OnADay(Force.RESERVED if remarks else Force.APPLIES, remarks)


@dataclass(frozen=True, slots=True)
class LawDay:
    """The day of law that a page shows: as asked in its address (``?on=2014-03-31``), else today's.

    ``refused`` is what was typed where that is no day; the page then shows today's law and says so.
    """

    on: date
    today: date
    refused: str = ""

    @classmethod
    def asked(cls, typed: str | None, today: date) -> LawDay:
        """Read the day of an address."""
        day = read_day(typed) if typed else today
        return cls(day or today, today, "" if day else (typed or ""))

    @property
    def is_today(self) -> bool:
        """Whether the law of today is shown."""
        return self.on == self.today

    @property
    def query(self) -> str:
        """What keeps the day in the addresses of other pages of the law; nothing for today."""
        return "" if self.is_today else f"?on={self.on.isoformat()}"

    @property
    def written(self) -> str:
        """« 31 mars 2014 »."""
        return write_date(self.on)
