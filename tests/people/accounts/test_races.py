"""Two things at once: each with real threads, on a real database."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from guichet.casework import journal
from guichet.kit.errors import Refused
from guichet.people.accounts import operations
from guichet.people.models import Account, VerificationCode

from .builders import AT, amelie, an_account, code_of, letters_to

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all acts in threads of their own, starting together; what each came to, in no order."""
    start, outcomes = Barrier(len(acts)), list[str]()

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_tabs_typing_the_code_verify_the_account_once() -> None:
    account = an_account()
    operations.request_verification(account, amelie(), at=AT)
    code = code_of(account)

    outcomes = at_once(*[lambda: operations.verify(account, typed=code, at=AT)] * 2)

    assert outcomes == ["done", "done"]
    assert [entry.act for entry in journal.entries(account.reference)].count("verify_account") == 1


def test_twelve_guesses_at_once_spend_five_tries() -> None:
    account = an_account()
    operations.request_verification(account, amelie(), at=AT)

    outcomes = at_once(*[lambda: operations.verify(account, typed="0000-0000-0000", at=AT)] * 12)

    assert outcomes == ["not_allowed_now"] * 7 + ["wrong_code"] * 5
    assert VerificationCode.objects.get().tries_left == 0


def test_two_accounts_verified_at_once_leave_one_linked() -> None:
    person = amelie()
    accounts = [an_account(f"a{number}@exemple.ch") for number in range(2)]
    for account in accounts:
        operations.request_verification(account, person, at=AT)
    codes = [code_of(account) for account in accounts]

    outcomes = at_once(
        lambda: operations.verify(accounts[0], typed=codes[0], at=AT),
        lambda: operations.verify(accounts[1], typed=codes[1], at=AT),
    )

    assert outcomes == ["done", "done"]
    assert Account.objects.filter(person=person).count() == 1


def test_a_double_click_on_the_request_leaves_one_live_code() -> None:
    account, person = an_account(), amelie()

    at_once(*[lambda: operations.request_verification(account, person, at=AT)] * 2)

    assert VerificationCode.objects.live(AT).count() == 1
    assert len(letters_to(account)) == 2
