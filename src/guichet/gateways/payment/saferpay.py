"""The adapter to the Saferpay JSON API; complete with the eCommerce licence, a little better with Business."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from urllib3.util import make_headers

from . import means, reading
from .port import Observation, Redirect, StartFailed, StartRequest, Unknown, Voided
from .wire import CONNECT_SECONDS, TOTAL_SECONDS, Heard, Line, NotHeard

# Refused before the request was read, so that the answer cannot name it.
_BEFORE_READING = frozenset(("AUTHENTICATION_FAILED", "PERMISSION_DENIED", "NOT_ACCEPTABLE", "UNSUPPORTED_MEDIA_TYPE"))


@dataclass(frozen=True)
class Setup:
    """The contract with the provider: who asks, at which terminal, with which means, at which version of the interface."""

    base_url: str
    customer_id: str
    terminal_id: str
    username: str = field(repr=False)
    password: str = field(repr=False)
    means: tuple[str, ...]
    spec_version: str = "1.53"
    business_licence: bool = False
    condition: str = "THREE_DS_AUTHENTICATION_SUCCESSFUL_OR_ATTEMPTED"
    connect_seconds: float = CONNECT_SECONDS
    total_seconds: float = TOTAL_SECONDS


class Saferpay:
    """A :class:`~guichet.gateways.payment.port.PaymentProvider`; one per process, safe to share between threads."""

    name = "saferpay"

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._line = Line(setup.base_url, connect=setup.connect_seconds, total=setup.total_seconds)
        self._authorization = make_headers(basic_auth=f"{setup.username}:{setup.password}")["authorization"]

    def start(self, request: StartRequest) -> Redirect:
        """Opens a payment page limited to the means of the terms.

        Raises: StartFailed.
        """
        if not self._setup.means:
            raise StartFailed(refused=True, cause="no_means")
        body = _page(self._setup, request)
        try:
            heard = self._ask("PaymentPage/Initialize", f"{request.reference}.init", request.retry_indicator, body)
            if heard.error_name:
                raise StartFailed(refused=heard.error_name in reading.REFUSED, cause=heard.error_name.lower())
            return reading.redirect(heard, origin=self._line.origin)
        except NotHeard as failure:
            raise StartFailed(refused=failure.nothing_sent, cause=failure.cause) from failure
        except reading.Unreadable as failure:
            raise StartFailed(refused=False, cause="unreadable_answer") from failure

    def observe(self, *, token: str, reference: str, transaction_id: str | None) -> Observation:
        """Asks by the token; once that has expired, by the transaction, where the licence allows it."""
        if not token:
            return self._inquire(reference, transaction_id, otherwise=Unknown("token_gone"))
        # Each observation is a new question, so it has a new id: nothing is moved by asking.
        request_id = f"{reference}.ast.{secrets.token_hex(4)}"
        try:
            seen = reading.observation(self._ask("PaymentPage/Assert", request_id, 0, {"Token": token}))
        except (NotHeard, reading.Unreadable) as failure:
            return _unknown(failure)
        if seen == Unknown("token_expired"):
            return self._inquire(reference, transaction_id, otherwise=seen)
        return seen

    def capture(self, *, transaction_id: str, reference: str, attempt: int) -> Observation:
        """Takes the money; told that it was taken already, says Captured as well."""
        try:
            heard = self._ask("Transaction/Capture", f"{reference}.cap", attempt - 1, _by_id(transaction_id))
            return reading.taken(heard, transaction_id=transaction_id, reference=reference)
        except (NotHeard, reading.Unreadable) as failure:
            return _unknown(failure)

    def void(self, *, transaction_id: str, reference: str, attempt: int) -> Observation:
        """Releases the money; in doubt about the state asks by the transaction, where the licence allows it."""
        try:
            heard = self._ask("Transaction/Cancel", f"{reference}.void", attempt - 1, _by_id(transaction_id))
            seen = reading.released(heard, transaction_id=transaction_id, reference=reference)
        except (NotHeard, reading.Unreadable) as failure:
            return _unknown(failure)
        if isinstance(seen, Voided):
            return seen
        return self._inquire(reference, transaction_id, otherwise=seen)

    def check_setup(self) -> list[str]:
        """Looks at the configuration and at the terminal it names."""
        problems = _own_problems(self._setup)
        if problems:
            return problems
        try:
            heard = self._terminal()
        except NotHeard as failure:
            return [f"Le prestataire de paiement ne répond pas comme prévu ({failure.cause})."]
        if heard.status != 200:
            return [f"Le prestataire de paiement refuse nos identifiants ou notre terminal (réponse {heard.status})."]
        missing = [code for code in self._setup.means if code not in reading.means_in_francs(heard.fields)]
        return [f"Le terminal de paiement n’accepte pas {means.label(code)} en francs suisses." for code in missing]

    def close(self) -> None:
        """Lets go of the connections."""
        self._line.close()

    def _ask(self, path: str, request_id: str, indicator: int, body: dict[str, Any]) -> Heard:
        header = {
            "SpecVersion": self._setup.spec_version,
            "CustomerId": self._setup.customer_id,
            "RequestId": request_id,
            "RetryIndicator": min(max(indicator, 0), 9),
        }
        heard = self._line.ask(
            "POST",
            f"/Payment/v1/{path}",
            request_id=request_id,
            headers=self._headers() | {"Content-Type": "application/json; charset=utf-8"},
            body={"RequestHeader": header} | body,
        )
        if heard.error_name not in _BEFORE_READING:
            _check_ours(heard, request_id)
        return heard

    def _inquire(self, reference: str, transaction_id: str | None, *, otherwise: Observation) -> Observation:
        if not self._setup.business_licence:
            return otherwise
        asked = _by_id(transaction_id) if transaction_id else {"TransactionReference": {"OrderId": reference}}
        try:
            return reading.observation(
                self._ask("Transaction/Inquire", f"{reference}.inq.{secrets.token_hex(4)}", 0, asked)
            )
        except (NotHeard, reading.Unreadable) as failure:
            return _unknown(failure)

    def _terminal(self) -> Heard:
        request_id = f"check.{secrets.token_hex(4)}"
        headers = {"Saferpay-ApiVersion": self._setup.spec_version, "Saferpay-RequestId": request_id}
        path = f"/rest/customers/{quote(self._setup.customer_id)}/terminals/{quote(self._setup.terminal_id)}"
        return self._line.ask("GET", path, request_id=request_id, headers=self._headers() | headers)

    def _headers(self) -> dict[str, str]:
        return {"Accept": "application/json", "Authorization": self._authorization, "User-Agent": "Guichet"}


def _page(setup: Setup, request: StartRequest) -> dict[str, Any]:
    return {
        "TerminalId": setup.terminal_id,
        "Payment": {
            "Amount": {"Value": str(request.amount.centimes), "CurrencyCode": "CHF"},
            "OrderId": request.reference,
            "Description": request.description[:1000],
        },
        "PaymentMethods": list(setup.means),
        "Condition": setup.condition,
        "Payer": {"LanguageCode": request.language},
        "ReturnUrl": {"Url": request.return_url},
        "Notification": {"SuccessNotifyUrl": request.success_notify_url, "FailNotifyUrl": request.fail_notify_url},
    }


def _by_id(transaction_id: str) -> dict[str, Any]:
    return {"TransactionReference": {"TransactionId": transaction_id}}


def _check_ours(heard: Heard, request_id: str) -> None:
    header = heard.fields.get("ResponseHeader")
    if not isinstance(header, dict) or header.get("RequestId") != request_id:
        raise NotHeard("foreign_answer")


def _unknown(failure: NotHeard | reading.Unreadable) -> Unknown:
    return Unknown(failure.cause if isinstance(failure, NotHeard) else "unreadable_answer")


def _own_problems(setup: Setup) -> list[str]:
    problems = []
    if not (setup.customer_id.isdecimal() and 1 <= len(setup.customer_id) <= 8):
        problems.append("Le numéro de client du prestataire de paiement doit compter un à huit chiffres.")
    if not (setup.terminal_id.isdecimal() and len(setup.terminal_id) == 8):
        problems.append("Le numéro du terminal de paiement doit compter huit chiffres.")
    if not (setup.username and setup.password):
        problems.append("L’identifiant ou le mot de passe du prestataire de paiement manque.")
    if not setup.means:
        problems.append("Aucun moyen de paiement n’est configuré.")
    strangers = [code for code in setup.means if code not in means.current()]
    problems += [f"Le moyen de paiement {code} n’est pas prévu par les conditions générales." for code in strangers]
    return problems
