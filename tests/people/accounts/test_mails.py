"""What is written to the holders of accounts: every text renders, and says what it must."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve

import guichet.people
from guichet.casework.models import OutboxMessage
from guichet.casework.outbox import compose
from guichet.people.accounts import operations
from guichet.people.accounts.letters import letters
from guichet.people.accounts.words import MAILS, NOTICES

from .builders import AT, amelie, an_account, code_of, mails_to

TEXTS = sorted(path.stem for path in Path(guichet.people.__file__).parent.glob("templates/people/mail/*.txt"))
CONTEXT = {
    "code": "ABC-DEF",
    "name": "Chloé d'Été & fils",
    "event": "rien",
    "at": "hier",
    "account": "CPT-1",
    "requested_on": "1er mars 2026",
    "expires_on": "31 mars 2026",
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_has_a_subject_a_body_and_a_sender(name: str) -> None:
    subject, body = compose(OutboxMessage(kind=f"people/{name}", context=CONTEXT))

    assert subject
    assert len(subject) < 80
    assert "{" not in body
    assert "Office cantonal de la population et des migrations" in body
    assert "&amp;" not in body


def test_every_address_in_a_mail_is_that_of_a_page() -> None:
    bodies = [compose(OutboxMessage(kind=f"people/{name}", context=CONTEXT))[1] for name in TEXTS]
    paths = [word.removeprefix(settings.PUBLIC_URL) or "/" for body in bodies for word in body.split() if "://" in word]

    assert {resolve(path).url_name for path in paths} >= {"account_home", "account_login", "account_verify_code"}


def test_every_mail_of_a_sign_in_has_a_text() -> None:
    assert set(MAILS.values()) <= set(TEXTS)


@pytest.mark.parametrize("sentence", NOTICES.values())
def test_every_notice_continues_the_sentence_of_its_mail(sentence: str) -> None:
    assert sentence == sentence.strip().rstrip(".")
    assert sentence[0].islower()


@pytest.mark.django_db
def test_the_demonstration_shows_letters_without_the_address() -> None:
    account = an_account()
    operations.request_verification(account, amelie(), at=AT)

    (letter,) = letters()

    assert letter.to == f"l'adresse enregistrée ({account.reference})"
    assert code_of(account) in letter.body
    assert not letter.is_posted


@pytest.mark.django_db
def test_mails_about_an_account_belong_to_its_reference() -> None:
    account = an_account(verified_for=amelie())

    assert {mail.case_reference for mail in mails_to(account.email)} == {account.reference}
