"""How many statements the frequent paths cost, besides those of the case's owner, the journal and the outbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from guichet.payments.addresses import secrets_of
from guichet.payments.operations import mop_up, settle

from . import urls
from .builders import NOON, an_open_page, later

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.payments.urls")]

_NOT_COUNTED = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
_OF_OTHERS = ('"casework_entry"', '"casework_beat"', '"casework_outboxmessage"')


class Statements(list[str]):
    """Collects the statements of payments and of its jobs."""

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(_NOT_COUNTED) and not any(table in sql for table in _OF_OTHERS):
            self.append(sql)
        return execute(sql, params, many, context)


def counted(act: Callable[[], object]) -> list[str]:
    with connection.execute_wrapper(statements := Statements()):
        act()
    return statements


def test_settling_a_payment_costs_six_statements():
    counter, attempt = an_open_page()
    counter.pays(attempt)

    assert len(counted(lambda: counter.settle(attempt))) == 6


def test_collecting_a_payment_costs_seven_statements_without_the_worker_s():
    counter, attempt = an_open_page()
    counter.pays(attempt)
    counter.settle(attempt)

    statements = counted(lambda: counter.work())

    assert len([sql for sql in statements if '"casework_job"' not in sql]) == 7


def test_a_notification_costs_two_statements():
    counter, attempt = an_open_page()
    urls.WIRING.update(counter.wiring)
    secret = secrets_of(attempt.pk).notify

    assert len(counted(lambda: Client().get(f"/paiement/avis/{secret}/s"))) == 2


def test_settling_an_attempt_that_is_over_costs_one_statement():
    counter, attempt = an_open_page()
    counter.pays(attempt)
    counter.settle(attempt)
    counter.work()

    assert len(counted(lambda: settle(attempt.pk, source="notification", at=NOON, wiring=counter.wiring))) == 1


def test_a_mop_up_with_nothing_due_reads_once_whatever_was_paid_before():
    for _ in range(3):
        counter, attempt = an_open_page()
        counter.pays(attempt)
        counter.settle(attempt)
        counter.work()

    statements = counted(lambda: mop_up.func(at=later(minutes=5))())

    assert len(statements) == 1
    assert "next_ask_at" in statements[0]
