"""A case that can be paid for, a provider that says what the test wants, and the steps between them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from guichet.casework import worker
from guichet.casework.acts import Actor, record
from guichet.casework.models import Beat, Entry
from guichet.gateways.payment.port import (
    Authorised,
    Captured,
    Facts,
    NotStarted,
    Observation,
    Redirect,
    StartFailed,
    StartRequest,
    Unknown,
    Voided,
)
from guichet.kit.clock import ZURICH
from guichet.kit.errors import NotYours
from guichet.law.kernel.money import Chf
from guichet.payments.models import PaymentAttempt
from guichet.payments.operations import settle, start
from guichet.payments.payable import Line, Standing, Wiring
from guichet.payments.states import Source

NOON = datetime(2026, 3, 30, 12, 0, tzinfo=ZURICH)
ALICE = Actor("applicant", "alice")
CAROLE = Actor("clerk", "carole")
LINES = (
    Line("fee", "Attestation de résidence", Chf(2500), ("CGV:5/1",)),
    Line("postage", "Envoi en courrier A", Chf(110), ("CGV:5/4",)),
)
_numbers = count(1)


def later(**of: float) -> datetime:
    """An instant after noon."""
    return NOON + timedelta(**of)


@dataclass
class Shelf:
    """The owner of the cases of the tests: what it is told is written in the journal, so that a rollback undoes it."""

    payable: bool = True
    cancelled_at: datetime | None = None
    lines: tuple[Line, ...] = LINES
    digest: str = "quote-1"
    unable: Exception | None = None

    def lock(self, case_reference: str, *, on: object) -> Standing:
        if not Beat.objects.select_for_update().filter(name=case_reference).exists():
            raise NotYours("Cette démarche n'existe pas.")
        validated = self.told(case_reference, "payment_validated") + self.told(case_reference, "cancellation_overtaken")
        return Standing(
            case=case_reference,
            payable=self.payable and not validated and self.cancelled_at is None,
            cancelled_at=None if validated else self.cancelled_at,
            amount=Chf.total(line.amount for line in self.lines),
            quote_digest=hashlib.sha256(self.digest.encode()).hexdigest(),
            validated_attempt=validated[0].facts["attempt"] if validated else None,
            lines=self.lines,
        )

    def payment_validated(self, standing: Standing, *, attempt: str, validated_at: datetime, at: datetime) -> None:
        self._note("payment_validated", standing, at, attempt=attempt, validated_at=validated_at.isoformat())

    def cancellation_overtaken(self, standing: Standing, *, attempt: str, validated_at: datetime, at: datetime) -> None:
        self._note("cancellation_overtaken", standing, at, attempt=attempt, validated_at=validated_at.isoformat())

    def work_ahead(self, case_reference: str, *, at: datetime) -> object | None:
        if self.unable:
            raise self.unable
        return f"work of {case_reference}"

    def payment_collected(
        self, standing: Standing, *, attempt: str, receipt: str, at: datetime, ahead: object | None = None
    ) -> None:
        self._note("payment_collected", standing, at, attempt=attempt, receipt=receipt, ahead=str(ahead))

    def payment_not_concluded(self, standing: Standing, *, attempt: str, at: datetime) -> None:
        self._note("payment_not_concluded", standing, at, attempt=attempt)

    def tracking_path(self, case: object) -> str:
        return "/suivi/exemple/"

    def _note(self, act: str, standing: Standing, at: datetime, **facts: str) -> None:
        record(act, standing.case, actor=Actor("provider", "payment"), at=at, facts=facts)

    def told(self, case_reference: str, act: str) -> list[Entry]:
        """What the owner was told about a case, in order."""
        return list(Entry.objects.filter(case_reference=case_reference, act=act).order_by("seq"))


@dataclass
class Page:
    """What the provider knows of one attempt."""

    request: StartRequest
    seen: Observation = field(default_factory=NotStarted)


@dataclass
class Provider:
    """A provider without network: tests say what it answers; it counts what it is asked."""

    name: str = "scripted"
    pages: dict[str, Page] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    failing: list[StartFailed] = field(default_factory=list)
    deaf_to: set[str] = field(default_factory=set)
    clock: datetime = NOON

    def start(self, request: StartRequest) -> Redirect:
        self.calls.append(("start", f"{request.reference}/{request.retry_indicator}"))
        if self.failing:
            raise self.failing.pop(0)
        self.pages[request.reference] = Page(request)
        number = len(self.calls)
        return Redirect(f"token-{number}", f"http://127.0.0.1/pay/{number}", self.clock + timedelta(minutes=20))

    def observe(self, *, token: str, reference: str, transaction_id: str | None) -> Observation:
        self.calls.append(("observe", reference))
        return Unknown("timeout") if "observe" in self.deaf_to else self.pages[reference].seen

    def capture(self, *, transaction_id: str, reference: str, attempt: int) -> Observation:
        self.calls.append(("capture", f"{reference}/{attempt}"))
        return self._act("capture", reference, Captured)

    def void(self, *, transaction_id: str, reference: str, attempt: int) -> Observation:
        self.calls.append(("void", f"{reference}/{attempt}"))
        return self._act("void", reference, Voided)

    def _act(self, call: str, reference: str, end: Callable[[Facts], Observation]) -> Observation:
        page = self.pages[reference]
        if call in self.deaf_to or not isinstance(page.seen, Authorised | Captured):
            return Unknown("timeout")
        capture_id = "capture-1" if end is Captured else None
        page.seen = end(replace(page.seen.facts, capture_id=capture_id))
        return end(replace(page.seen.facts, amount=None, currency=None, means=None))

    def check_setup(self) -> list[str]:
        return []

    def asked(self, call: str) -> int:
        """How often it was asked."""
        return sum(name == call for name, _ in self.calls)


@dataclass
class Counter:
    """One case at the counter: its owner, the provider, and what people and the worker do with it."""

    shelf: Shelf = field(default_factory=Shelf)
    provider: Provider = field(default_factory=Provider)
    reference: str = ""

    def __post_init__(self) -> None:
        self.reference = self.reference or f"CMD-{next(_numbers):08d}-X"
        Beat.objects.create(name=self.reference, next_at=NOON)

    @property
    def wiring(self) -> Wiring:
        return {"payables": {"CMD": self.shelf}, "provider": lambda: self.provider}

    def press_pay(self, at: datetime = NOON) -> PaymentAttempt:
        """The payer presses « payer » and is sent to the page of the attempt returned."""
        redirect = start(self.reference, description="Commande", language="fr", actor=ALICE, at=at, wiring=self.wiring)
        return next(a for a in PaymentAttempt.objects.of_case(self.reference) if a.redirect_address == redirect.address)

    def pays(self, attempt: PaymentAttempt, at: datetime = NOON, **other: object) -> Facts:
        """The payer pays on the page of ``attempt``; ``other`` facts differ from what was asked."""
        facts = Facts(
            transaction_id=f"tx{attempt.reference}",
            amount=attempt.amount,
            currency="CHF",
            order_id=attempt.reference,
            at=at,
            means="VISA",
            capture_id=None,
            liability_shift=True,
            six_reference="six",
            approval_code="012345",
            acquirer="Exemple",
        )
        facts = replace(facts, **other)  # type: ignore[arg-type]  # each test gives facts of the right type
        self.provider.pages[attempt.reference].seen = Authorised(facts)
        return facts

    def says(self, attempt: PaymentAttempt, seen: Observation) -> None:
        """The provider will say this of ``attempt`` when asked."""
        self.provider.pages[attempt.reference].seen = seen

    def settle(self, attempt: PaymentAttempt, at: datetime = NOON, source: Source = Source.NOTIFICATION) -> str:
        """The house asks and absorbs the answer; the state."""
        return settle(attempt.pk, source=source, at=at, wiring=self.wiring)

    def work(self, at: datetime = NOON) -> int:
        """The worker does everything that is due."""
        return worker.drain(wiring=self.wiring, clock=lambda: at)

    def told(self, act: str) -> list[Entry]:
        """What the owner of the case was told."""
        return self.shelf.told(self.reference, act)


def a_counter(**shelf: object) -> Counter:
    """A case of 26.10 CHF to be paid."""
    return Counter(shelf=Shelf(**shelf))  # type: ignore[arg-type]  # each test gives fields of the right type


def an_open_page(at: datetime = NOON) -> tuple[Counter, PaymentAttempt]:
    """A payer stands on the payment page."""
    counter = a_counter()
    return counter, counter.press_pay(at)


def a_collected_payment(at: datetime = NOON) -> tuple[Counter, PaymentAttempt]:
    """Paid, settled by the notification, captured by the worker."""
    counter, attempt = an_open_page(at)
    counter.pays(attempt, at)
    counter.settle(attempt, at)
    counter.work(at)
    attempt.refresh_from_db()
    return counter, attempt
