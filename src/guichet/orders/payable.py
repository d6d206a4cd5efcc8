"""What payments tell orders, through ``config.wiring``: the order as something that is paid for."""

from __future__ import annotations

from datetime import date, datetime

from guichet.casework.acts import Act, Actor, take, take_in_turn
from guichet.casework.models import Case
from guichet.casework.outbox import owe_all
from guichet.kit.clock import day_of
from guichet.kit.errors import NotYours
from guichet.kit.lookups import Lookup
from guichet.kit.quotes import NoPrice
from guichet.law.kernel.answers import Decided
from guichet.law.questions import ask
from guichet.payments.payable import Standing, lines_of

from .jobs import FollowUp, conclude, examine_paid, examined
from .mails import mail, owe
from .models import RETURNABLE, Order
from .operations import quote_of

PROVIDER = Actor("provider", "payment")
_ORDERS = Lookup(Order, "reference", "version", "service")


class PayableOrders:
    """Orders as payments see them; every method runs inside the transaction of payments."""

    def lock(self, case_reference: str, *, on: date) -> Standing:
        """Lock the order's row and say how it stands under the law of the day ``on``."""
        return standing_of(self._order(case_reference, lock=True), on=on)

    @staticmethod
    def _order(case_reference: str, *, lock: bool = False) -> Order:
        order = _ORDERS.find(case_reference, lock=lock)
        if order is None:
            raise NotYours("Cette commande n'existe pas.")
        return order

    def payment_validated(self, standing: Standing, *, attempt: str, validated_at: datetime, at: datetime) -> None:
        """The order becomes definitive at the provider's instant; the law of that day applies (CGV 2/4, 3/1)."""
        self._validate("payment_validated", standing, attempt=attempt, validated_at=validated_at, at=at)

    def cancellation_overtaken(self, standing: Standing, *, attempt: str, validated_at: datetime, at: datetime) -> None:
        """The payment came before the cancellation: the order was already definitive, and the applicant is told."""
        order = self._validate("cancellation_overtaken", standing, attempt=attempt, validated_at=validated_at, at=at)
        owe(order, "cancellation_overtaken")

    def _validate(self, act: str, standing: Standing, *, attempt: str, validated_at: datetime, at: datetime) -> Order:
        order = self._held(standing)
        # The provider's clock may be behind ours; only its instant counts for the law that applies.
        ordered_at = min(order.opened_at, validated_at)
        law_day = ask("cgv.law_day", on=day_of(at), ordered_at=ordered_at, payment_validated_at=validated_at)
        take(
            act,
            order,
            actor=PROVIDER,
            at=at,
            fields={
                "validated_at": validated_at,
                "attempt": attempt,
                "due_on": last_day_of_delivery(order),
                "cancelled_at": None,
            },
            facts={
                "attempt": attempt,
                "validated_at": validated_at.isoformat(),
                "law_day": str(law_day.value["day"]) if isinstance(law_day, Decided) else None,
            },
        )
        return order

    def work_ahead(self, case_reference: str, *, at: datetime) -> FollowUp | None:
        """Examine the order that is being collected, and make its document if nobody needs to look at it."""
        return examined(self._order(case_reference), at=at)

    def payment_collected(
        self, standing: Standing, *, attempt: str, receipt: str, at: datetime, ahead: object | None = None
    ) -> None:
        """The money is collected: the office's work begins, and the applicant gets the receipt (CGV 2/3, 3/2).

        What was done ahead takes effect at once; otherwise it is asked for.
        """
        order = self._held(standing)
        collected = Act(
            "payment_collected",
            PROVIDER,
            {"paid_at": at},
            {"attempt": attempt, "receipt": receipt, "amount": str(order.total)},
        )
        confirmed = mail(order, "order_confirmed", {"receipt": receipt})
        if isinstance(ahead, FollowUp):
            conclude(order, ahead, at=at, after=[collected], mails=[confirmed])
            return
        take_in_turn([collected], order, at=at)
        examine_paid.enqueue(str(order.pk))
        owe_all([confirmed])

    def payment_not_concluded(self, standing: Standing, *, attempt: str, at: datetime) -> None:
        """Tell the applicant that the payment did not succeed and that nothing was charged (CGV 7)."""
        owe(self._held(standing), "payment_not_concluded", key=attempt)

    @staticmethod
    def _held(standing: Standing) -> Order:
        if not isinstance(standing.case, Order):
            raise TypeError("the standing of something else than an order")
        return standing.case

    def tracking_path(self, case: Case | str) -> str:
        """The order's own page."""
        order = case if isinstance(case, Order) else self._order(str(case))
        return f"/suivi/{order.token}/"


def standing_of(order: Order, *, on: date) -> Standing:
    """How an order stands towards payment whose row this transaction has locked."""
    return Standing(
        case=order,
        payable=order.state == "submitted",
        cancelled_at=order.cancelled_at if order.state in RETURNABLE else None,
        amount=order.total,
        quote_digest=_digest_on(order, on),
        validated_attempt=order.attempt or None,
        lines=lines_of(order.lines),
    )


def _digest_on(order: Order, on: date) -> str:
    """The digest of the price under the law of a day; the agreed one for an order already definitive."""
    if order.validated_at is not None or not order.quote_digest or order.ordered_on == on:
        return order.quote_digest
    try:
        return quote_of(order, on=on).digest
    except NoPrice:
        return ""


def last_day_of_delivery(order: Order) -> date | None:
    """The last day of the indicative delivery window counted from the order (CGV 3/4)."""
    if order.ordered_on is None:
        return None
    window = ask("cgv.delivery_window", on=order.ordered_on, ordered_on=order.ordered_on)
    if not isinstance(window, Decided):
        return None
    latest: date = window.value["latest"]
    return latest
