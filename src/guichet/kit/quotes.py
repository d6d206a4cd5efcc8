"""The price of a case: lines asked of the law, each with the passages that decided, as the case keeps them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from guichet.kit.components import PriceLine, Why
from guichet.kit.errors import Refused
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.kernel.money import Chf


class NoPrice(Refused):
    """The law core knows no price for this on this day: the office must complete its tariff."""

    code = "no_price"


class Line(NamedTuple):
    """One line of the price: ``fee`` or ``postage``, its amount and why."""

    kind: str
    label: str
    amount: Chf
    because: list[dict[str, Any]]
    reservations: list[str]

    @classmethod
    def of(cls, kind: str, label: str, answer: Answer) -> Line:
        """The line of an answer of the law whose value holds the ``amount``.

        Raises:
            NoPrice: the law has not decided it.
        """
        if not isinstance(answer, Decided):
            raise NoPrice(
                f"Le prix n'est pas connu pour le jour demandé : {label}. L'office doit compléter son tarif.",
                basis=answer.because,
            )
        because = [ref.to_json() for ref in answer.because]
        return cls(kind, label, answer.value["amount"], because, list(answer.reservations))

    @classmethod
    def kept(cls, line: Mapping[str, Any]) -> Line:
        """The line as a case has kept it."""
        return cls(line["kind"], line["label"], Chf(line["amount"]), line["because"], line["reservations"])

    def to_json(self) -> dict[str, Any]:
        """The line as the case keeps it; the amount in centimes."""
        return {**self._asdict(), "amount": self.amount.centimes}

    def shown(self, reason: str) -> PriceLine:
        """The line as the price box shows it; ``reason`` is the French sentence under « pourquoi ? »."""
        why = Why(reason, basis=tuple(self.because), reservations=tuple(self.reservations))
        return PriceLine(self.label, self.amount, why)


class Quote(NamedTuple):
    """The lines of a case's price on a day of law."""

    on: date
    lines: tuple[Line, ...]

    @property
    def total(self) -> Chf:
        """What must be paid."""
        return sum((line.amount for line in self.lines), Chf(0))

    def amount(self, kind: str) -> Chf:
        """The sum of the lines of a kind."""
        return sum((line.amount for line in self.lines if line.kind == kind), Chf(0))

    def to_json(self) -> list[dict[str, Any]]:
        """The lines as the case keeps them."""
        return [line.to_json() for line in self.lines]

    @property
    def digest(self) -> str:
        """Digest of what the applicant agrees to pay: kinds, labels and amounts (not the day, not the reasons)."""
        agreed = [[line.kind, line.label, line.amount.centimes] for line in self.lines]
        return hashlib.sha256(json.dumps(agreed, ensure_ascii=False).encode()).hexdigest()
