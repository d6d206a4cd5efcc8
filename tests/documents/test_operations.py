"""Issuing, replacing and revoking documents."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from guichet.documents import operations, store
from guichet.documents.bearers import Bearer
from guichet.documents.contents import as_json
from guichet.documents.models import IssuedDocument, in_force
from guichet.kit.errors import NotAllowedNow
from guichet.kit.ids import secret_token

from .builders import AT, CAROLE, a_decision, an_attestation, an_issued_document

LATER = AT + timedelta(days=3)


@pytest.fixture(autouse=True)
def _ready(sealing: object) -> None:
    """Every document here is really sealed."""


@pytest.mark.django_db
def test_an_issued_document_is_sealed_stored_and_found_by_its_case() -> None:
    document = an_issued_document()

    assert in_force("CMD-7K2M9XQA-4", document.kind) == document
    assert in_force("CMD-7K2M9XQA-4", "other") is None
    content = operations.content_of(document)
    assert content.startswith(b"%PDF") and b"/ETSI.CAdES.detached" in content
    assert document.size == len(content)
    assert document.digest == store.digest_of(content)


@pytest.mark.django_db
def test_the_row_holds_the_digest_of_the_data_that_were_printed() -> None:
    content = an_attestation(verification=operations.new_verification())

    ready = operations.prepare(content, title=content.title, issued_at=AT)

    assert ready.data_digest == store.digest_of(as_json(content))
    assert ready.verification_code == content.verification.code


@pytest.mark.django_db
def test_a_new_code_leads_to_its_page_under_the_public_address(settings: object) -> None:
    settings.PUBLIC_URL = "https://guichet.example"  # type: ignore[attr-defined]

    verification = operations.new_verification()

    assert verification.address == f"https://guichet.example/verifier/{verification.code}/"


@pytest.mark.django_db
def test_a_document_without_a_code_is_not_prepared() -> None:
    with pytest.raises(ValueError, match="code"):
        operations.prepare(a_decision(), title="Décision", issued_at=AT)


@pytest.mark.django_db
def test_the_same_document_is_not_issued_twice_in_a_case() -> None:
    an_issued_document()

    with pytest.raises(NotAllowedNow, match="déjà été délivré"):
        an_issued_document()
    assert IssuedDocument.objects.count() == 1


@pytest.mark.django_db
def test_another_kind_or_another_case_is_another_document() -> None:
    an_issued_document()
    an_issued_document(kind="receipt")
    an_issued_document(case="CMD-AAAAAAAA-5")

    assert IssuedDocument.objects.count() == 3


@pytest.mark.django_db
def test_a_new_version_supersedes_the_one_before() -> None:
    first = an_issued_document()

    second = an_issued_document(supersedes=first)

    assert second.version == 2
    assert in_force(first.case_reference, first.kind) == second


@pytest.mark.django_db
def test_a_document_is_superseded_at_most_once() -> None:
    first = an_issued_document()
    an_issued_document(supersedes=first)

    with pytest.raises(NotAllowedNow):
        an_issued_document(supersedes=first)


@pytest.mark.django_db
def test_a_revoked_document_keeps_who_when_and_why() -> None:
    document = an_issued_document()

    operations.revoke(document, reason="Établi sur une donnée fausse.", actor=CAROLE, at=LATER)

    stored = IssuedDocument.objects.get()
    assert (stored.revoked_at, stored.revoked_by) == (LATER, "carole")
    assert stored.revocation_reason == "Établi sur une donnée fausse."
    assert in_force(document.case_reference, document.kind) is None


@pytest.mark.django_db
def test_the_reason_of_a_revocation_is_unreadable_in_the_table() -> None:
    operations.revoke(an_issued_document(), reason="Établi sur une donnée fausse.", actor=CAROLE, at=LATER)

    with connection.cursor() as cursor:
        cursor.execute("SELECT revocation_reason FROM documents_issueddocument")
        (kept,) = cursor.fetchone()
    assert "fausse" not in kept


@pytest.mark.django_db
def test_a_document_is_revoked_once() -> None:
    document = an_issued_document()
    operations.revoke(document, reason="Première raison.", actor=CAROLE, at=LATER)

    with pytest.raises(NotAllowedNow, match="déjà révoqué"):
        operations.revoke(document, reason="Seconde raison.", actor=CAROLE, at=LATER)
    assert IssuedDocument.objects.get().revocation_reason == "Première raison."


@pytest.mark.django_db(transaction=True)
def test_of_two_who_issue_the_same_document_at_once_one_succeeds() -> None:
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def issue() -> None:
        content = an_attestation(verification=operations.new_verification())
        ready = operations.prepare(content, title=content.title, issued_at=AT)
        together.wait()
        try:
            operations.keep(ready, case_reference="CMD-7K2M9XQA-4", kind="residence", actor=CAROLE, at=AT)
            outcomes.append("issued")
        except NotAllowedNow:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["issued", "refused"]
    assert IssuedDocument.objects.count() == 1


@pytest.mark.django_db
def test_an_access_key_opens_its_document_and_is_kept_nowhere() -> None:
    key = secret_token()
    document = an_issued_document(access_key=key)

    assert operations.opened_by(key) == document
    assert operations.opened_by(secret_token()) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_issueddocument")
        assert key not in str(cursor.fetchall())


@pytest.mark.django_db
def test_documents_without_an_access_key_are_opened_by_none() -> None:
    an_issued_document()
    an_issued_document(kind="receipt")

    assert operations.opened_by("") is None


@pytest.mark.parametrize(
    "written", ["Müller-Étienne", "MULLER ETIENNE", "müller étienne", "Mu\u0308ller-E\u0301tienne"]
)
def test_a_bearer_is_the_same_however_the_name_is_written(written: str) -> None:
    assert Bearer(written, date(1984, 5, 1)).index == Bearer("Müller-Étienne", date(1984, 5, 1)).index


@pytest.mark.parametrize("other", [Bearer("Muller", date(1984, 5, 1)), Bearer("Müller-Étienne", date(1984, 1, 5))])
def test_another_name_or_another_birth_date_is_another_bearer(other: Bearer) -> None:
    assert other.index != Bearer("Müller-Étienne", date(1984, 5, 1)).index


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"version": 2}, "issued_supersedes_iff_later_version"),
        ({"version": 0}, "issued_supersedes_iff_later_version"),
        ({"revoked_at": LATER}, "issued_revocation_has_author_and_reason"),
        ({"revoked_by": "carole"}, "issued_revocation_has_author_and_reason"),
    ],
)
def test_the_table_refuses_a_document_that_cannot_be(changes: dict[str, object], constraint: str) -> None:
    document = an_issued_document()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        IssuedDocument.objects.filter(pk=document.pk).update(**changes)
