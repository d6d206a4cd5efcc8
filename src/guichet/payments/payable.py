"""What a case that can be paid for must know and accept: payments looks up to its owner only through this port."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypedDict

from guichet.casework.models import Case
from guichet.gateways.payment.port import PaymentProvider
from guichet.kit.errors import NotYours
from guichet.law.kernel.money import Chf


class Line(NamedTuple):
    """One line of what is owed: ``kind`` is ``fee`` or ``postage``; a line of 0.00 is shown but not booked.

    ``articles`` are stored keys of the passages it rests on (``CGV:5/1``).
    """

    kind: str
    label: str
    amount: Chf
    articles: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The line as it is frozen with an attempt and on a receipt."""
        return {
            "kind": self.kind,
            "label": self.label,
            "centimes": self.amount.centimes,
            "articles": list(self.articles),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Line:
        """Read a frozen line back."""
        return cls(stored["kind"], stored["label"], Chf(stored["centimes"]), tuple(stored["articles"]))


def lines_of(kept: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    """The lines of a price as its case keeps them (``guichet.kit.quotes``)."""
    return tuple(
        Line(
            line["kind"],
            line["label"],
            Chf(line["amount"]),
            tuple(f"{ref['text']}:{ref['address']}" for ref in line["because"]),
        )
        for line in kept
    )


class Standing(NamedTuple):
    """How a case stands towards payment, read under its lock.

    ``case`` is the locked row, handed back to its owner with whatever is told of it, or only its reference.
    ``quote_digest`` identifies what is owed under the law of the day asked about: if it isn't what an attempt was opened with, money reserved by
    that attempt is released and the payer asked again (CGV 2/4). ``cancelled_at`` is the instant at which the applicant
    cancelled or the office let the case lapse; ``validated_attempt`` the reference of the attempt that made it final.
    """

    case: Case | str
    payable: bool
    cancelled_at: datetime | None
    amount: Chf
    quote_digest: str
    validated_attempt: str | None
    lines: tuple[Line, ...]


class Payable(Protocol):
    """The owner of cases that are paid for (orders, identity applications).

    Every method but ``work_ahead`` runs inside the transaction of payments and must do no slow work; each consequence
    is told once, with the standing that ``lock`` gave in the same transaction.
    """

    def lock(self, case_reference: str, *, on: date) -> Standing:
        """Lock the case's row (the first lock taken by anyone who locks both) and say how it stands.

        The quote is the one owed under the law of the day ``on`` (CGV 2/4).

        Raises:
            NotYours: there is no such case.
        """
        ...

    def payment_validated(self, standing: Standing, *, attempt: str, validated_at: datetime, at: datetime) -> None:
        """The payment is validated: from the provider's instant ``validated_at`` the case is definitive (CGV 3/1)."""
        ...

    def cancellation_overtaken(self, standing: Standing, *, attempt: str, validated_at: datetime, at: datetime) -> None:
        """The payment was validated before the cancellation: the case was already definitive and stays so."""
        ...

    def work_ahead(self, case_reference: str, *, at: datetime) -> object | None:
        """The slow work that follows upon the collection, done while that is about to be written down.

        Outside any transaction, after the provider has confirmed that it has the money. What is given goes back to
        ``payment_collected``, or nowhere if something came between; None if the work is to be done later.
        """
        ...

    def payment_collected(
        self, standing: Standing, *, attempt: str, receipt: str, at: datetime, ahead: object | None = None
    ) -> None:
        """The money is on its way: the service may be delivered (CGV 2/3, 3/2). ``receipt`` is the receipt's number.

        ``ahead`` is what ``work_ahead`` gave for this case.
        """
        ...

    def payment_not_concluded(self, standing: Standing, *, attempt: str, at: datetime) -> None:
        """A payer who was told to wait, or whose reservation was released, wasn't charged and must be told so."""
        ...

    def tracking_path(self, case: Case | str) -> str:
        """The page where the payer goes on after the payment; it shows nothing to whom the case isn't theirs.

        ``case`` is the owner's row, if a standing has given it, or the case's reference.
        """
        ...


class Wiring(TypedDict):
    """The calls of payments that go up or out: owners of cases by reference prefix (``CMD``), and the provider."""

    payables: Mapping[str, Payable]
    provider: Callable[[], PaymentProvider]


def payable_of(case_reference: str, wiring: Wiring) -> Payable:
    """The owner of a case.

    Raises:
        NotYours: no room owns references of this prefix.
    """
    owner = wiring["payables"].get(case_reference.partition("-")[0])
    if owner is None:
        raise NotYours("Cette démarche n'existe pas.")
    return owner
