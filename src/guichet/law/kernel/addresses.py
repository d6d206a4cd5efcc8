"""Addresses of passages (`11/1/1/a`) and the one formatter that cites them (« art. 11 al. 1 ch. 1 let. a RDId »).

Every text is cited the same way, the terms of sale too: « art. 3 al. 1 CGV ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

_SEGMENT = re.compile(r"(\d*)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Ref:
    """A passage that decided: its text, its address, and the day since which its present wording is known to apply.

    ``known_from`` is absent when the text gives no day. An ``outside`` passage belongs to none of the three texts: it
    then carries the ``source`` where it was read.
    """

    text: str
    address: str
    known_from: date | None = field(default=None, compare=False)
    outside: bool = field(default=False, compare=False)
    source: str = field(default="", compare=False)

    @property
    def cite(self) -> str:
        """« art. 11 al. 1 ch. 1 let. a RDId »; the name of the text alone when the whole of it is meant."""
        return cite(self.text, self.address)

    @property
    def key(self) -> str:
        """``RDId:11/1/1/a``: the form stored in journals, which `Ref.parse` reads."""
        return f"{self.text}:{self.address}"

    @classmethod
    def parse(cls, key: str) -> Ref:
        """Read a stored key back; the day and the source are not in it (`questions.passage` knows them)."""
        text, _, address = key.partition(":")
        return cls(text, address)

    def __str__(self) -> str:
        return self.cite

    def __hash__(self) -> int:
        # Reasons are merged in every combined answer; texts that share an address are told apart by comparison.
        return hash(self.address)

    def to_json(self) -> dict[str, Any]:
        """The object of the public contract; ``outside`` and ``source`` only where they say something."""
        written: dict[str, Any] = {
            "text": self.text,
            "address": self.address,
            "cite": self.cite,
            "known_from": self.known_from.isoformat() if self.known_from else None,
        }
        if self.outside:
            written |= {"outside": True, "source": self.source}
        return written


@lru_cache(maxsize=4096)
def cite(text: str, address: str) -> str:
    """Write an address as lawyers of the canton do."""
    if not address:
        return text
    first, *rest = address.split("/")
    if first == "annex":
        return " ".join(["annexe", *rest, text])
    parts = [f"art. {first}"]
    for place, segment in enumerate(rest):
        if not segment[:1].isdigit():
            parts.append(f"let. {segment}")
        else:
            parts.append(f"al. {segment}" if place == 0 else f"ch. {segment}")
    return " ".join([*parts, text])


def order_of(address: str) -> tuple[tuple[int, str], ...]:
    """A sort key in the order of the text: 2 before 10, 19 before 19A, 1/9 before 1/10."""
    numbered = []
    for segment in address.split("/"):
        digits, letters = _SEGMENT.fullmatch(segment).groups()  # type: ignore[union-attr]  # the pattern matches anything
        numbered.append((int(digits or 0), letters))
    return tuple(numbered)


def containers(address: str) -> tuple[str, ...]:
    """The address and everything that contains it, innermost first: 11/1/a, 11/1, 11."""
    segments = address.split("/")
    return tuple("/".join(segments[:length]) for length in range(len(segments), 0, -1))


def distinct(*groups: tuple[Ref, ...]) -> tuple[Ref, ...]:
    """The passages of several groups, each once, in the order met."""
    return tuple(dict.fromkeys(ref for group in groups for ref in group))
