"""What a third party is told of a document, by its code and by its file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guichet.documents import operations, store, verification
from guichet.documents.bearers import Bearer
from guichet.documents.models import IssuedDocument
from guichet.documents.verification import Outcome

from .builders import AT, CAROLE, an_issued_document

pytestmark = pytest.mark.django_db

ALINE = Bearer("Favre", date(1984, 5, 1))


@pytest.fixture(autouse=True)
def _ready(sealing: object) -> None:
    """Every document here is really sealed."""


def revoked(document: IssuedDocument) -> IssuedDocument:
    operations.revoke(document, reason="Erreur.", actor=CAROLE, at=AT + timedelta(days=1))
    return document


def test_a_genuine_code_is_authentic_however_it_is_typed() -> None:
    document = an_issued_document()
    typed = f" {document.verification_code.lower().replace('-', ' ')} "

    verdict = verification.by_code(typed)

    assert (verdict.outcome, verdict.document) == (Outcome.AUTHENTIC, document)


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "", "x", "é" * 300, "' OR 1=1 --"])
def test_a_code_that_was_never_given_is_unknown(code: str) -> None:
    an_issued_document()

    assert verification.by_code(code).outcome is Outcome.UNKNOWN


def test_a_revoked_document_is_told_as_revoked_by_code_and_by_file() -> None:
    document = revoked(an_issued_document())

    assert verification.by_code(document.verification_code).outcome is Outcome.REVOKED
    assert verification.by_file(operations.content_of(document)).outcome is Outcome.REVOKED


def test_a_superseded_document_is_told_as_replaced_and_the_new_one_is_authentic() -> None:
    first = an_issued_document()
    second = an_issued_document(supersedes=first)

    assert verification.by_code(first.verification_code).outcome is Outcome.REPLACED
    assert verification.by_code(second.verification_code).outcome is Outcome.AUTHENTIC


def test_the_exact_file_is_authentic_without_being_opened(django_assert_num_queries: object) -> None:
    document = an_issued_document()
    content = operations.content_of(document)

    with django_assert_num_queries(1):  # type: ignore[operator]
        verdict = verification.by_file(content)

    assert (verdict.outcome, verdict.document, verdict.seal) == (Outcome.AUTHENTIC, document, None)


def test_a_file_with_one_changed_byte_is_altered() -> None:
    content = operations.content_of(an_issued_document())
    place = content.index(b"stream") + 100

    verdict = verification.by_file(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])

    assert (verdict.outcome, verdict.document) == (Outcome.ALTERED, None)


def test_a_file_with_something_added_is_altered() -> None:
    content = operations.content_of(an_issued_document())

    assert verification.by_file(content + b"\n").outcome is Outcome.ALTERED


def test_a_sealed_file_that_the_register_no_longer_holds_is_told_so() -> None:
    document = an_issued_document()
    content = operations.content_of(document)
    IssuedDocument.objects.all().delete()

    verdict = verification.by_file(content)

    assert verdict.outcome is Outcome.UNREGISTERED
    assert verdict.seal is not None and verdict.seal.good


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"%PDF-1.7\nrien", b"%PDF-1.7 /ByteRange [0 1 2 3]", b"%PDF-1.7 /ByteRange" + b"[" * 50_000],
)
def test_a_file_that_is_not_ours_is_unknown(content: bytes) -> None:
    assert verification.by_file(content).outcome is Outcome.UNKNOWN


def test_without_certificates_an_unknown_file_is_unknown_and_ours_still_authentic(settings: object) -> None:
    document = an_issued_document()
    content = operations.content_of(document)
    settings.SEAL = {**settings.SEAL, "chain_file": "/nowhere.pem"}  # type: ignore[attr-defined]

    assert verification.by_file(content).outcome is Outcome.AUTHENTIC
    assert verification.by_file(content + b"\n").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("typed", "agrees"),
    [
        (ALINE, True),
        (Bearer("FAVRE", date(1984, 5, 1)), True),
        (Bearer("Favre", date(1984, 5, 2)), False),
        (None, None),
    ],
)
def test_a_name_and_birth_date_are_compared_with_the_bearers(typed: Bearer | None, agrees: bool | None) -> None:
    document = an_issued_document(bearer=ALINE)

    assert verification.by_code(document.verification_code, bearer=typed).bearer_agrees is agrees


def test_a_document_without_bearer_is_compared_with_nobody() -> None:
    document = an_issued_document()

    assert verification.by_code(document.verification_code, bearer=ALINE).bearer_agrees is None


def test_a_verdict_needs_one_look_up_whatever_it_is(django_assert_num_queries: object) -> None:
    document = revoked(an_issued_document())

    with django_assert_num_queries(1):  # type: ignore[operator]
        verification.by_code(document.verification_code)


def test_the_file_is_not_kept_by_verifying_it() -> None:
    content = operations.content_of(an_issued_document()) + b"\n"

    verification.by_file(content)

    assert not store.exists(store.digest_of(content))
