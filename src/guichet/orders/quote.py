"""The price of an order: asked of the law, line by line, each with the passage that decided (CGV 5)."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any, NamedTuple

from guichet.kit.errors import Refused
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.kernel.money import Chf
from guichet.law.questions import ask

from .models import Postage


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

    def to_json(self) -> dict[str, Any]:
        """The line as the order keeps it; the amount in centimes."""
        return {**self._asdict(), "amount": self.amount.centimes}


class Quote(NamedTuple):
    """The lines of an order's price on a day of law."""

    on: date
    lines: tuple[Line, ...]

    @property
    def total(self) -> Chf:
        """What must be paid before anything is delivered (CGV 3/2)."""
        return sum((line.amount for line in self.lines), Chf(0))

    def amount(self, kind: str) -> Chf:
        """The sum of the lines of a kind."""
        return sum((line.amount for line in self.lines if line.kind == kind), Chf(0))

    def to_json(self) -> list[dict[str, Any]]:
        """The lines as the order keeps them."""
        return [line.to_json() for line in self.lines]

    @property
    def digest(self) -> str:
        """Digest of what the applicant agrees to pay: kinds, labels and amounts (not the day, not the reasons)."""
        agreed = [[line.kind, line.label, line.amount.centimes] for line in self.lines]
        return hashlib.sha256(json.dumps(agreed, ensure_ascii=False).encode()).hexdigest()


def quote(service_code: str, *, title: str, postage: str | None, on: date) -> Quote:
    """The price of a service on the day of law ``on``; ``postage`` None when nothing is posted.

    Raises:
        NoPrice: fee or postage isn't decided for that day.
    """
    lines = [_line("fee", title, ask("cgv.fee", on=on, service=service_code))]
    if postage is not None:
        label = f"Frais d'envoi : {Postage(postage).label}"
        lines.append(_line("postage", label, ask("cgv.postage", on=on, option=postage)))
    return Quote(on, tuple(lines))


def postage_offered(on: date) -> list[tuple[str, Chf]]:
    """The postal options whose price is known on a day, cheapest first, each with its price."""
    answers = ((option, ask("cgv.postage", on=on, option=option)) for option in Postage.values)
    known = [(option, answer.value["amount"]) for option, answer in answers if isinstance(answer, Decided)]
    return sorted(known, key=lambda pair: pair[1])


def _line(kind: str, label: str, answer: Answer) -> Line:
    if not isinstance(answer, Decided):
        raise NoPrice(
            f"Le prix n'est pas connu pour le jour demandé : {label}. L'office doit compléter son tarif.",
            basis=answer.because,
        )
    because = [ref.to_json() for ref in answer.because]
    return Line(kind, label, answer.value["amount"], because, list(answer.reservations))
