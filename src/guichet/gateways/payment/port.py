"""What the house asks of a payment provider, and the closed set of things it can be told in return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from guichet.law.kernel.money import Chf


@dataclass(frozen=True)
class StartRequest:
    """One wish to open a payment page for one attempt.

    ``reference`` is the attempt's own (at most 20 characters of ``A-Z0-9-``, no personal data); repeating a start that
    timed out keeps it and raises ``retry_indicator`` (0 the first time). The addresses carry secrets and no result.
    """

    reference: str
    amount: Chf
    description: str
    language: str
    return_url: str
    success_notify_url: str
    fail_notify_url: str
    retry_indicator: int


@dataclass(frozen=True, repr=False)
class Redirect:
    """An opened payment page: where to send the payer, until when (exclusive), and the token to ask by afterwards."""

    token: str
    address: str
    expires_at: datetime

    def __repr__(self) -> str:
        return f"Redirect(expires_at={self.expires_at.isoformat()})"


@dataclass(frozen=True)
class Facts:
    """The allow-listed facts of one transaction; everything else of the answer was dropped where it was parsed.

    ``at`` is the provider's instant (of the authorisation when observed, of the act when captured or voided).
    ``amount`` is the figure given, to be read with ``currency``. ``amount``, ``currency`` and ``means`` are None only
    in the answers to :meth:`PaymentProvider.capture` and :meth:`PaymentProvider.void`, which do not repeat them;
    every observed Authorised, Captured, Pending or Voided has them. ``means`` is the provider's code (``VISA``),
    and may be one that nobody offered. ``capture_id`` may be None in a Captured that answers a second capture.
    """

    transaction_id: str
    amount: Chf | None
    currency: str | None
    order_id: str
    at: datetime
    means: str | None
    capture_id: str | None
    liability_shift: bool | None
    six_reference: str | None
    approval_code: str | None
    acquirer: str | None


@dataclass(frozen=True)
class NotStarted:
    """The payer has not begun."""


@dataclass(frozen=True)
class InProgress:
    """The payer is on the page, or the means is still being asked: it may yet succeed."""


@dataclass(frozen=True)
class Authorised:
    """The money is reserved; it will lapse if it is not captured."""

    facts: Facts


@dataclass(frozen=True)
class Captured:
    """The money is on its way."""

    facts: Facts


@dataclass(frozen=True)
class Pending:
    """The provider itself does not know yet; the answer may take days."""

    facts: Facts


@dataclass(frozen=True)
class Declined:
    """Refused; ``reason`` is the provider's stable error name, never its text. A success may still follow."""

    reason: str


@dataclass(frozen=True)
class Aborted:
    """The payer gave up."""


@dataclass(frozen=True)
class Voided:
    """The reservation was released."""

    facts: Facts


@dataclass(frozen=True)
class Unknown:
    """Nothing can be concluded: the answer was lost, unreadable, not ours, or says so itself.

    ``cause`` is a short word of this house or the provider's error name in lower case; never text of the answer.
    """

    cause: str


Observation = NotStarted | InProgress | Authorised | Captured | Pending | Declined | Aborted | Voided | Unknown


class StartFailed(Exception):  # noqa: N818 - said of the start, as NotFound is said of a thing
    """No payment page can be shown. ``refused``: clearly nothing was opened; if not, repeat with a higher indicator."""

    def __init__(self, *, refused: bool, cause: str) -> None:
        super().__init__(cause)
        self.refused = refused
        self.cause = cause


class PaymentProvider(Protocol):
    """A payment provider as this house uses it. Each call may take 110 seconds: never inside a transaction."""

    name: str

    def start(self, request: StartRequest) -> Redirect:
        """Opens a payment page.

        Raises: StartFailed.
        """
        ...

    def observe(self, *, token: str, reference: str, transaction_id: str | None) -> Observation:
        """What became of the attempt. Asked after a return, a notification or when a date is due, never in a loop.

        Outside failures are Unknown, not exceptions. With an empty ``token`` only the dearer licence can still answer.
        """
        ...

    def capture(self, *, transaction_id: str, reference: str, attempt: int) -> Observation:
        """Takes the reserved money: Captured, Pending, or Unknown (then observe, and repeat with ``attempt`` + 1).

        ``attempt`` counts from 1. Repeating is safe: a second capture is told to be Captured already.
        """
        ...

    def void(self, *, transaction_id: str, reference: str, attempt: int) -> Observation:
        """Releases the reserved money: Voided, or Unknown (then observe: it may be captured, or released already)."""
        ...

    def check_setup(self) -> list[str]:
        """What is wrong with the configuration, in French for the operator; empty when payments can start."""
        ...
