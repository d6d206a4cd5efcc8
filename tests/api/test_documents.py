"""Verifying documents by program: the same verdicts as the page, the same silence about people."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from guichet.casework.acts import SYSTEM
from guichet.documents import operations, verification
from guichet.documents.bearers import Bearer
from guichet.documents.models import IssuedDocument
from guichet.documents.operations import Ready
from guichet.documents.store import digest_of
from guichet.documents.web.portal import MOST_CODES
from tests.orders.builders import AT

pytestmark = pytest.mark.django_db

CODE = "7K2M-9XQA-44CD"
PDF = b"%PDF-1.7 a document of the office"
BEARER = Bearer("Rochat-Dubois", AT.date())


def an_issued_document() -> IssuedDocument:
    ready = Ready("Attestation", digest_of(PDF), len(PDF), digest_of(b"{}"), CODE)
    return operations.keep(
        ready, case_reference="CMD-00000000-0", kind="attestation", actor=SYSTEM, at=AT, bearer=BEARER
    )


def by_code(code: object, status: int = 200, **more: Any) -> Any:
    content = json.dumps({"code": code, **more})
    answer = Client().post("/api/documents/verify", content, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def by_file(content: bytes, status: int = 200) -> Any:
    answer = Client().post("/api/documents/verify-file", content, content_type="application/octet-stream")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_code_of_ours_is_authentic_and_tells_no_personal_data() -> None:
    document = an_issued_document()

    verdict = by_code("7k2m 9xqa 44cd")

    assert verdict["outcome"] == "authentic"
    assert verdict["bearer_agrees"] is None
    assert verdict["document"].keys() == {
        "title",
        "issued_at",
        "revoked_at",
        "replaced_at",
        "verification_code",
        "sha256",
    }
    assert verdict["document"]["sha256"] == document.digest


@pytest.mark.parametrize(("name", "agrees"), [("ROCHAT DUBOIS", True), ("Favre", False)])
def test_the_bearer_is_confirmed_only_to_who_names_them(name: str, *, agrees: bool) -> None:
    an_issued_document()

    verdict = by_code(CODE, bearer={"family_name": name, "born_on": BEARER.born_on.isoformat()})

    assert verdict["bearer_agrees"] is agrees


def test_a_revoked_document_says_so_without_the_reason() -> None:
    operations.revoke(an_issued_document(), reason="erreur de nom", actor=SYSTEM, at=AT)

    verdict = by_code(CODE)

    assert verdict["outcome"] == "revoked"
    assert "erreur" not in json.dumps(verdict)


@pytest.mark.parametrize("code", ["0000-0000-0000", "rien", "\0", "é"])
def test_an_unknown_code_is_a_verdict_not_an_error(code: str) -> None:
    assert by_code(code) == {"outcome": "unknown", "document": None, "bearer_agrees": None, "sealed_at": None}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"code": 5}, "code"),
        ({"code": ""}, "code"),
        ({"code": "x" * 41}, "code"),
        ({"code": CODE, "bearer": {"family_name": "Rochat"}}, "bearer.born_on"),
        ({"code": CODE, "bearer": {"family_name": "Rochat", "born_on": "2026-02-30"}}, "bearer.born_on"),
        ({"code": CODE, "cod": ""}, "cod"),
    ],
)
def test_a_bad_field_is_named_and_its_value_not_repeated(sent: dict[str, Any], field: str) -> None:
    error = by_code(status=422, **sent)["error"]

    assert (error["field"], error["given"]) == (field, None)
    assert error["accepted"]


def test_a_body_that_is_no_json_is_refused_in_the_same_shape() -> None:
    answer = Client().post("/api/documents/verify", b"\0", content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == "body"


def test_a_file_of_ours_is_authentic_and_one_octet_more_is_not() -> None:
    an_issued_document()

    assert by_file(PDF)["outcome"] == "authentic"
    assert by_file(PDF + b" ")["outcome"] == "unknown"


def test_an_empty_file_and_one_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "MOST_BYTES", 10)

    assert by_file(b"", 422)["error"]["field"] == "body"
    assert by_file(b"x" * 11, 413)["error"]["code"] == "too_large"


def test_who_asks_too_often_is_told_to_wait() -> None:
    for _ in range(MOST_CODES):
        by_code(CODE)

    answer = Client().post("/api/documents/verify", json.dumps({"code": CODE}), content_type="application/json")

    assert answer.status_code == 429
    assert answer.json()["error"]["code"] == "too_many"
    assert answer["Retry-After"] == "60"
