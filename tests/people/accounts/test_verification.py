"""From a simple to a verified account: the letter, its code, and what may not happen."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from guichet.casework import journal
from guichet.kit.clock import ZURICH
from guichet.kit.errors import NotAllowedNow
from guichet.people.accounts import operations
from guichet.people.accounts.operations import WrongCode
from guichet.people.models import Account, Person, VerificationCode

from .builders import AT, amelie, an_account, code_of, letters_to, mails_to, text_of

pytestmark = pytest.mark.django_db


def test_the_code_of_the_letter_makes_the_account_verified() -> None:
    account, person = an_account(), amelie()
    operations.request_verification(account, person, at=AT)

    operations.verify(account, typed=code_of(account), at=AT + timedelta(days=3))

    assert account.is_verified
    assert account.person == person
    assert account.verified_at == AT + timedelta(days=3)


@pytest.mark.parametrize("spoken", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_a_code_may_be_typed_with_spaces_and_small_letters(spoken) -> None:  # type: ignore[no-untyped-def]
    account = an_account()
    operations.request_verification(account, amelie(), at=AT)

    operations.verify(account, typed=spoken(code_of(account)), at=AT)

    assert account.is_verified


def test_the_letter_names_the_account_and_the_last_day_but_no_person() -> None:
    account = an_account()
    operations.request_verification(account, amelie(), at=AT)

    (letter,) = letters_to(account)

    assert letter.to == f"post:{Person.objects.get().pk}"
    text = text_of(letter)
    assert account.reference in text
    assert "2 décembre 2026" in text
    assert letter.context["code"] in text
    assert "Rochat" not in text


def test_only_a_digest_of_the_code_is_stored_with_the_account() -> None:
    account = an_account()

    row = operations.request_verification(account, amelie(), at=AT)

    assert code_of(account) not in str(VerificationCode.objects.filter(pk=row.pk).values().get())


def test_nothing_is_posted_when_the_register_knows_nobody_like_that() -> None:
    account = an_account()

    row = operations.request_verification(account, None, at=AT)

    assert letters_to(account) == []
    assert row.tries_left == operations.TRIES


def test_a_wrong_code_costs_one_of_five_tries() -> None:
    account = an_account()
    operations.request_verification(account, amelie(), at=AT)

    with pytest.raises(WrongCode) as wrong:
        operations.verify(account, typed="0000-0000-0000", at=AT)

    assert wrong.value.tries_left == 4
    assert VerificationCode.objects.get().tries_left == 4


def test_after_five_wrong_codes_the_right_one_is_refused() -> None:
    account = an_account()
    operations.request_verification(account, amelie(), at=AT)
    for _ in range(5):
        with pytest.raises(WrongCode):
            operations.verify(account, typed="0000-0000-0000", at=AT)

    with pytest.raises(NotAllowedNow):
        operations.verify(account, typed=code_of(account), at=AT)

    account.refresh_from_db()
    assert not account.is_verified


def test_tries_are_counted_the_same_when_no_letter_was_posted() -> None:
    account = an_account()
    operations.request_verification(account, None, at=AT)

    left = []
    for _ in range(5):
        with pytest.raises(WrongCode) as wrong:
            operations.verify(account, typed="0000-0000-0000", at=AT)
        left.append(wrong.value.tries_left)

    assert left == [4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    ("typed_at", "is_taken"),
    [
        pytest.param(datetime(2026, 12, 2, 23, 59, 59, tzinfo=ZURICH), True, id="last second of the last day"),
        pytest.param(datetime(2026, 12, 3, 0, 0, tzinfo=ZURICH), False, id="midnight after the last day"),
    ],
)
def test_a_code_is_taken_until_the_end_of_the_day_in_the_letter(typed_at: datetime, is_taken: bool) -> None:
    account = an_account()
    operations.request_verification(account, amelie(), at=AT)

    try:
        operations.verify(account, typed=code_of(account), at=typed_at)
    except NotAllowedNow:
        account.refresh_from_db()

    assert account.is_verified is is_taken


def test_a_new_letter_ends_the_code_of_the_one_before() -> None:
    account, person = an_account(), amelie()
    operations.request_verification(account, person, at=AT)
    former = code_of(account)
    operations.request_verification(account, person, at=AT + timedelta(days=1))

    with pytest.raises(WrongCode):
        operations.verify(account, typed=former, at=AT + timedelta(days=1))


def test_a_fourth_letter_within_thirty_days_is_refused() -> None:
    account, person = an_account(), amelie()
    for day in range(3):
        operations.request_verification(account, person, at=AT + timedelta(days=day))

    with pytest.raises(NotAllowedNow):
        operations.request_verification(account, person, at=AT + timedelta(days=3))

    assert len(letters_to(account)) == 3


def test_one_person_gets_no_more_than_three_letters_from_all_accounts_together() -> None:
    person, accounts = amelie(), [an_account(f"a{number}@exemple.ch") for number in range(4)]

    for account in accounts:
        operations.request_verification(account, person, at=AT)

    assert [len(letters_to(account)) for account in accounts] == [1, 1, 1, 0]


def test_a_verified_account_needs_no_other_letter() -> None:
    account = an_account(verified_for=amelie())

    with pytest.raises(NotAllowedNow):
        operations.request_verification(account, account.person, at=AT)


def test_the_code_of_one_account_opens_no_other() -> None:
    person = amelie()
    alice, mallory = an_account(), an_account("mallory@exemple.ch")
    operations.request_verification(alice, person, at=AT)
    operations.request_verification(mallory, None, at=AT)

    with pytest.raises(WrongCode):
        operations.verify(mallory, typed=code_of(alice), at=AT)


def test_typing_the_right_code_again_changes_nothing() -> None:
    account = an_account(verified_for=amelie())
    entries = len(journal.entries(account.reference))

    operations.verify(account, typed=code_of(account), at=AT + timedelta(minutes=1))

    assert len(journal.entries(account.reference)) == entries
    assert account.verified_at == AT


def test_a_person_moves_to_the_account_whose_code_was_typed_last() -> None:
    person = amelie()
    former = an_account("former@exemple.ch", verified_for=person)

    account = an_account(verified_for=person)

    former.refresh_from_db()
    assert account.person == person
    assert (former.level, former.person, former.verified_at) == (Account.Level.SIMPLE, None, None)
    assert "n'est plus vérifié" in text_of(mails_to(former.email)[-1])


def test_the_database_refuses_two_accounts_for_one_person() -> None:
    account = an_account(verified_for=amelie())
    other = an_account("other@exemple.ch")

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=other.pk).update(person=account.person, level="verified", verified_at=AT)


def test_the_database_refuses_a_verified_account_without_a_person() -> None:
    account = an_account()

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(level="verified", verified_at=AT)


def test_the_journal_tells_the_steps_without_naming_the_person() -> None:
    account = an_account(verified_for=amelie())

    entries = journal.entries(account.reference)

    assert [entry.act for entry in entries] == ["request_verification", "verify_account"]
    assert all(entry.facts == {} for entry in entries)
    assert journal.verify(account.reference) == []


def test_the_holder_is_told_by_mail_that_the_account_is_verified() -> None:
    account = an_account(verified_for=amelie())

    assert "Votre compte est vérifié" in text_of(mails_to(account.email)[-1])
