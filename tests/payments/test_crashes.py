"""Killed at any statement, of any of the processes: the next one finishes the work, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from guichet.payments.models import LedgerEntry, PaymentAttempt, Receipt
from guichet.payments.operations import mop_up
from guichet.payments.states import State

from .builders import Counter, a_counter, an_open_page, later

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The process ends here; no handler of the application catches it."""


class DiesAt:
    """Ends the process at the n-th SQL statement, before or after it was executed."""

    def __init__(self, number: int, *, after: bool) -> None:
        self.left, self.after = number, after

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left == 0 and not self.after:
            raise Killed
        result = execute(sql, params, many, context)
        if self.left == 0:
            raise Killed
        return result


def dies(act: Callable[[], object], number: int, *, after: bool) -> bool:
    """True if ``act`` was killed at its n-th statement; False if it ended before."""
    try:
        with connection.execute_wrapper(DiesAt(number, after=after)):
            act()
    except Killed:
        connection.close()  # as the end of a process does: the database rolls back what wasn't committed
        return True
    return False


def recover(counter: Counter) -> None:
    """The next hours: leases run out, the mop-up comes round, the worker does what is due."""
    for at in (later(minutes=23), later(minutes=40), later(hours=3)):
        mop_up.enqueue()
        counter.work(at)


def effects(counter: Counter) -> list[int]:
    attempts = PaymentAttempt.objects.of_case(counter.reference)
    return [
        len(counter.told("payment_validated")),
        len(counter.told("payment_collected")),
        Receipt.objects.filter(case_reference=counter.reference).count(),
        LedgerEntry.objects.filter(case_reference=counter.reference).count(),
        attempts.filter(state=State.CAPTURED).count(),
    ]


@pytest.mark.parametrize("after", [False, True])
def test_a_payment_settled_by_a_process_that_dies_anywhere_is_finished_by_the_next(after):
    number, killed = 0, True
    while killed:
        number += 1
        counter, attempt = an_open_page()
        counter.pays(attempt)

        killed = dies(lambda c=counter, a=attempt: (c.settle(a), c.work()), number, after=after)
        recover(counter)

        assert effects(counter) == [1, 1, 1, 2, 1], f"killed at statement {number}"
    assert number > 15
    assert sorted(Receipt.objects.values_list("serial", flat=True)) == list(range(1, number + 1))


@pytest.mark.parametrize("after", [False, True])
def test_a_start_by_a_process_that_dies_anywhere_leaves_a_case_that_can_be_paid(after):
    number, killed = 0, True
    while killed:
        number += 1
        counter = a_counter()
        killed = dies(counter.press_pay, number, after=after)

        attempt = counter.press_pay(later(minutes=1))
        counter.pays(attempt, later(minutes=2))
        counter.settle(attempt, later(minutes=2))
        counter.work(later(minutes=2))

        assert effects(counter) == [1, 1, 1, 2, 1], f"killed at statement {number}"
        assert PaymentAttempt.objects.of_case(counter.reference).count() == 1
    assert number > 8


def test_a_release_by_a_process_that_dies_anywhere_charges_nobody():
    number, killed = 0, True
    while killed:
        number += 1
        counter, attempt = an_open_page()
        counter.pays(attempt, later(minutes=1))
        counter.shelf.digest = "the tariff of tomorrow"

        killed = dies(
            lambda c=counter, a=attempt: (c.settle(a, later(minutes=1)), c.work(later(minutes=1))), number, after=True
        )
        recover(counter)

        attempt.refresh_from_db()
        assert (attempt.state, effects(counter)) == (State.VOIDED, [0, 0, 0, 0, 0]), f"killed at statement {number}"
        assert len(counter.told("payment_not_concluded")) == 1
    assert number > 15
