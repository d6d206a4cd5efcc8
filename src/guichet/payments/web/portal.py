"""The payer's return and the provider's notifications: both only make the house ask, neither is believed."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guichet.casework.models import Case
from guichet.kit import clock
from guichet.payments.addresses import return_key
from guichet.payments.models import PaymentAttempt
from guichet.payments.operations import case_of_return, record_notification, settle_return
from guichet.payments.outcome import Outcome, is_success, outcome_of
from guichet.payments.payable import Wiring, payable_of
from guichet.payments.states import IncidentKind, State

# An address that is loaded more often than this in one minute is not asked about again in that minute. Each process
# counts for itself, in its memory: the count protects the provider from reloads, it guards no secret.
RETURNS_A_MINUTE = 20
_returns = LocMemCache("payments.returns", {"OPTIONS": {"MAX_ENTRIES": 10_000}})


@login_not_required
@require_safe
@never_cache
def returned(request: HttpRequest, secret: str, *, wiring: Wiring) -> HttpResponse:
    """The payer is back: ask the provider, then say one of exactly three sentences (CGV 7).

    Works on reload and in another browser: the address is the only proof, so nothing personal is shown.
    """
    at = clock.now()
    case: Case | str
    released = ""
    if _is_hammered(secret, at):
        case = case_of_return(secret)
        outcome = _only_certain(outcome_of(case))
    else:
        attempt, case = settle_return(secret, at=at, wiring=wiring)
        outcome = _outcome_after(attempt)
        released = _why_released(attempt, outcome)
    page = {
        "sentence": f"payments/outcome/{sentence_for(outcome)}.html",
        "explanation": f"payments/released/{released}.html" if released else "",
        "tracking_path": payable_of(str(case), wiring).tracking_path(case),
    }
    response = render(request, "payments/returned.html", page)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _outcome_after(attempt: PaymentAttempt) -> Outcome:
    """What the payer may be told who comes back from this attempt and just had it asked about.

    Where it ended without a debit and another page of the case is open, nothing is being confirmed: there is to be paid.
    """
    if is_success(attempt):
        return Outcome.SUCCEEDED
    outcome = outcome_of(attempt.case_reference)
    is_over = attempt.state in (State.NOT_PAID, State.VOIDED) or attempt.is_given_up
    return Outcome.NOT_CHARGED if is_over and outcome is Outcome.RESUMABLE else outcome


def _why_released(attempt: PaymentAttempt, outcome: Outcome) -> str:
    """Why the money of this attempt is given back, where that explains what the payer reads."""
    explained = Outcome.SUCCEEDED if attempt.void_reason == IncidentKind.DOUBLE else Outcome.NOT_CHARGED
    return attempt.void_reason if outcome is explained else ""


def sentence_for(outcome: Outcome) -> Outcome:
    """Which of the three sentences is true: success, nothing charged, or being confirmed whenever in doubt."""
    return outcome if outcome in (Outcome.SUCCEEDED, Outcome.NOT_CHARGED) else Outcome.CONFIRMING


def _only_certain(outcome: Outcome) -> Outcome:
    """Without asking anew only a success is certain: after a decline the payer may have paid on the same page."""
    return outcome if outcome is Outcome.SUCCEEDED else Outcome.CONFIRMING


def _is_hammered(secret: str, at: datetime) -> bool:
    key = f"payments.returned.{return_key(secret)}.{at:%Y%m%d%H%M}"
    return not _returns.add(key, 1, timeout=60) and _returns.incr(key) > RETURNS_A_MINUTE


@login_not_required
@require_safe
def notified(request: HttpRequest, secret: str, ending: str, *, wiring: Wiring) -> HttpResponse:
    """The provider says that there is something to ask: the wish is recorded, the answer is always the same.

    ``ending`` and an unknown ``secret`` change nothing, so that nobody learns anything; a database that is away makes
    this fail, so that the provider calls again.
    """
    record_notification(secret)
    return HttpResponse("OK", content_type="text/plain")
