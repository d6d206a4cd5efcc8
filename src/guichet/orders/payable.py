"""What payments tell orders, through ``config.wiring``: the order as something that is paid for."""

from __future__ import annotations

from datetime import date, datetime

from guichet.casework.acts import Actor, take
from guichet.kit.clock import day_of
from guichet.kit.errors import NotYours
from guichet.law.kernel.answers import Decided
from guichet.law.kernel.money import Chf
from guichet.law.questions import ask
from guichet.payments.payable import Line, Standing

from .jobs import examine_paid
from .mails import owe
from .models import RETURNABLE, Order
from .operations import quote_of
from .quote import NoPrice


class PayableOrders:
    """Orders as payments see them; every method runs inside the transaction of payments."""

    def lock(self, case_reference: str, *, on: date) -> Standing:
        """Lock the order's row and say how it stands under the law of the day ``on``."""
        order = self._order(case_reference, lock=True)
        return Standing(
            payable=order.state == "submitted",
            cancelled_at=order.cancelled_at if order.state in RETURNABLE else None,
            amount=order.total,
            quote_digest=self._digest_on(order, on),
            validated_attempt=order.attempt or None,
            lines=tuple(
                Line(
                    line["kind"],
                    line["label"],
                    Chf(line["amount"]),
                    tuple(f"{ref['text']}:{ref['address']}" for ref in line["because"]),
                )
                for line in order.lines
            ),
        )

    @staticmethod
    def _digest_on(order: Order, on: date) -> str:
        """The digest of the price under the law of a day; the agreed one for an order already definitive."""
        if order.validated_at is not None or not order.quote_digest or order.ordered_on == on:
            return order.quote_digest
        try:
            return quote_of(order, on=on).digest
        except NoPrice:
            return ""

    @staticmethod
    def _order(case_reference: str, *, lock: bool = False) -> Order:
        orders = Order.objects.select_related("version__service")
        if lock:
            orders = orders.select_for_update(of=("self",))
        order = orders.filter(reference=case_reference).first()
        if order is None:
            raise NotYours("Cette commande n'existe pas.")
        return order

    def payment_validated(self, case_reference: str, *, attempt: str, validated_at: datetime, at: datetime) -> None:
        """The order becomes definitive at the provider's instant; the law of that day applies (CGV 2/4, 3/1)."""
        self._validate("payment_validated", case_reference, attempt=attempt, validated_at=validated_at, at=at)

    def cancellation_overtaken(
        self, case_reference: str, *, attempt: str, validated_at: datetime, at: datetime
    ) -> None:
        """The payment came before the cancellation: the order was already definitive, and the applicant is told."""
        order = self._validate(
            "cancellation_overtaken", case_reference, attempt=attempt, validated_at=validated_at, at=at
        )
        owe(order, "cancellation_overtaken")

    def _validate(self, act: str, case_reference: str, *, attempt: str, validated_at: datetime, at: datetime) -> Order:
        order = self._order(case_reference)
        # The provider's clock may be behind ours; only its instant counts for the law that applies.
        ordered_at = min(order.opened_at, validated_at)
        law_day = ask("cgv.law_day", on=day_of(at), ordered_at=ordered_at, payment_validated_at=validated_at)
        take(
            act,
            order,
            actor=Actor("provider", "payment"),
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

    def payment_collected(self, case_reference: str, *, attempt: str, receipt: str, at: datetime) -> None:
        """The money is collected: the office's work begins, and the applicant gets the receipt (CGV 2/3, 3/2)."""
        order = self._order(case_reference)
        take(
            "payment_collected",
            order,
            actor=Actor("provider", "payment"),
            at=at,
            fields={"paid_at": at},
            facts={"attempt": attempt, "receipt": receipt, "amount": str(order.total)},
        )
        examine_paid.enqueue(str(order.pk))
        owe(order, "order_confirmed", {"receipt": receipt})

    def payment_not_concluded(self, case_reference: str, *, attempt: str, at: datetime) -> None:
        """Tell the applicant that the payment did not succeed and that nothing was charged (CGV 7)."""
        owe(self._order(case_reference), "payment_not_concluded", key=attempt)

    def tracking_path(self, case_reference: str) -> str:
        """The order's own page."""
        return f"/suivi/{self._order(case_reference).token}/"


def last_day_of_delivery(order: Order) -> date | None:
    """The last day of the indicative delivery window counted from the order (CGV 3/4)."""
    if order.ordered_on is None:
        return None
    window = ask("cgv.delivery_window", on=order.ordered_on, ordered_on=order.ordered_on)
    if not isinstance(window, Decided):
        return None
    latest: date = window.value["latest"]
    return latest
