"""Amounts of money, in Swiss francs held as whole centimes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WRITTEN = re.compile(r"(-?)(\d{1,12})\.(\d{2})", re.ASCII)


@dataclass(frozen=True, order=True, slots=True)
class Chf:
    """An amount in Swiss francs, held in centimes so that no rounding can occur; it may be negative (a ledger has both
    signs).

    Raises:
        TypeError: the centimes are not a whole number (a float, a Decimal, a bool).
    """

    centimes: int

    def __post_init__(self) -> None:
        if type(self.centimes) is not int:
            raise TypeError(f"an amount is a whole number of centimes, not {self.centimes!r}")

    @classmethod
    def parse(cls, written: str) -> Chf:
        """Read francs with exactly two decimals, as ``25.00``.

        Raises:
            ValueError: anything else, including ``25``, ``25,00`` and ``25.5``.
        """
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(f"an amount is written in francs with two decimals, as 25.00, not {written!r}")
        sign, francs, centimes = match.groups()
        amount = int(francs) * 100 + int(centimes)
        return cls(-amount if sign else amount)

    @classmethod
    def total(cls, amounts: Iterable[Chf]) -> Chf:
        """The sum of the amounts; 0.00 when there is none."""
        return cls(sum(amount.centimes for amount in amounts))

    @property
    def francs(self) -> str:
        """The amount as it travels in JSON and forms: ``25.00``."""
        whole, rest = divmod(abs(self.centimes), 100)
        return f"{'-' if self.centimes < 0 else ''}{whole}.{rest:02d}"

    def __str__(self) -> str:
        return f"{self.francs} CHF"

    def __add__(self, other: Chf) -> Chf:
        return Chf(self.centimes + other.centimes) if isinstance(other, Chf) else NotImplemented

    def __sub__(self, other: Chf) -> Chf:
        return Chf(self.centimes - other.centimes) if isinstance(other, Chf) else NotImplemented

    def __mul__(self, times: int) -> Chf:
        return Chf(self.centimes * times)

    def __neg__(self) -> Chf:
        return Chf(-self.centimes)

    def __bool__(self) -> bool:
        return self.centimes != 0
