"""Readings chosen where a text leaves a doubt: written, numbered, citable, and signed by somebody or not yet.

The record is the one source: ``docs/interpretations/`` is written from it (``python -m tools.interpretations``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from guichet.law.kernel.addresses import Ref


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A doubt about a passage and the reading chosen; its file is ``docs/interpretations/NNNN-slug.md``.

    ``considered`` are the readings that were possible, the chosen one among them, and ``reason`` says why it was chosen.
    ``signed_by`` is who answers for it; until somebody does, each answer that rests on it carries a reservation.
    """

    number: int
    slug: str
    passages: tuple[Ref, ...]
    doubt: str
    reading: str
    signed_by: str = ""
    considered: tuple[str, ...] = ()
    reason: str = ""
    _owed: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        sentence = f"Interprétation n° {self.number}, non encore signée : {self.reading}"
        object.__setattr__(self, "_owed", () if self.signed_by else (sentence,))

    @property
    def name(self) -> str:
        """The name of its file, without the ending."""
        return f"{self.number:04d}-{self.slug}"

    def reservations(self) -> tuple[str, ...]:
        """The sentence an answer owes to its reader while nobody has signed; none afterwards."""
        return self._owed
