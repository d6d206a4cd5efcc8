"""What payments tell identity, through ``config.wiring``: the fee of an application as something that is paid for."""

from __future__ import annotations

from datetime import date, datetime

from guichet.casework.acts import Actor, record, take
from guichet.casework.models import Case
from guichet.kit.errors import NotYours
from guichet.kit.lookups import Lookup
from guichet.kit.quotes import NoPrice
from guichet.payments.payable import Standing, lines_of

from .mails import owe, path_of
from .models import IdentityApplication
from .operations.lodging import may_be_paid
from .quote import quote

PROVIDER = Actor("provider", "payment")
_APPLICATIONS = Lookup(IdentityApplication, "reference")


class PayableApplications:
    """Applications as payments see them; every method but ``work_ahead`` runs inside the transaction of payments.

    The fee may be paid before the appearance (OLDI 50). A withdrawal ends an application whether it is paid or not, so
    that none is ever overtaken by a payment: what is reserved for a withdrawn application is released.
    """

    def lock(self, case_reference: str, *, on: date) -> Standing:
        """Lock the application's row and say how it stands at the price of the day ``on``."""
        application = self._application(case_reference, lock=True)
        return Standing(
            case=application,
            payable=may_be_paid(application),
            cancelled_at=None,
            amount=application.total,
            quote_digest=_digest_on(application, on),
            validated_attempt=application.attempt or None,
            lines=lines_of(application.lines),
        )

    @staticmethod
    def _application(case_reference: str, *, lock: bool = False) -> IdentityApplication:
        application = _APPLICATIONS.find(case_reference, lock=lock)
        if application is None:
            raise NotYours("Cette demande n'existe pas.")
        return application

    def payment_validated(self, standing: Standing, *, attempt: str, validated_at: datetime, at: datetime) -> None:
        """The fee counts as paid from the provider's instant: the counter asks for it no more (RDId 11/1)."""
        application = self._held(standing)
        take(
            "fee_paid",
            application,
            actor=PROVIDER,
            at=at,
            fields={"validated_at": validated_at, "attempt": attempt},
            facts={
                "attempt": attempt,
                "validated_at": validated_at.isoformat(),
                "amount": str(application.total),
            },
        )

    def cancellation_overtaken(self, standing: Standing, *, attempt: str, validated_at: datetime, at: datetime) -> None:
        """Never called: no standing of an application names a cancellation.

        Raises:
            ValueError: always.
        """
        raise ValueError("a withdrawn application is never overtaken by its payment")

    def work_ahead(self, case_reference: str, *, at: datetime) -> object | None:
        """Nothing slow follows upon the payment: the appearance is next."""
        return None

    def payment_collected(
        self, standing: Standing, *, attempt: str, receipt: str, at: datetime, ahead: object | None = None
    ) -> None:
        """The money is collected: the applicant gets the receipt."""
        application = self._held(standing)
        application.paid_at = at
        application.save(update_fields=["paid_at"])
        facts = {"attempt": attempt, "receipt": receipt, "amount": str(application.total)}
        record("payment_collected", application, actor=PROVIDER, at=at, facts=facts)
        owe(application, "fee_paid", {"receipt": receipt})

    def payment_not_concluded(self, standing: Standing, *, attempt: str, at: datetime) -> None:
        """Tell the applicant that the payment did not succeed and that nothing was charged."""
        owe(self._held(standing), "payment_not_concluded", key=attempt)

    @staticmethod
    def _held(standing: Standing) -> IdentityApplication:
        if not isinstance(standing.case, IdentityApplication):
            raise TypeError("the standing of something else than an application")
        return standing.case

    def tracking_path(self, case: Case | str) -> str:
        """The application's own page."""
        return path_of(case if isinstance(case, IdentityApplication) else self._application(str(case)))


def _digest_on(application: IdentityApplication, on: date) -> str:
    """The digest of the price of a day; the agreed one once it is paid.

    Until the appearance the age of the day counts: after the 18th birthday another price is owed, and money reserved at
    the old one is released (an attempt carries the digest it was opened with).
    """
    if application.validated_at is not None or not application.quote_digest:
        return application.quote_digest
    try:
        return quote(application, on=application.age_day(on)).digest
    except NoPrice:
        return ""
