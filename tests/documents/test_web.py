"""« Vérifier un document », as anybody sees it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.documents import operations
from guichet.documents.bearers import Bearer
from guichet.documents.models import IssuedDocument
from guichet.documents.verification import MOST_BYTES
from guichet.documents.web.portal import MOST_CODES, MOST_FILES
from guichet.kit import clock
from guichet.kit.formats import short_date

from .builders import AT, CAROLE, an_issued_document

pytestmark = pytest.mark.django_db

ALINE = Bearer("Favre", date(1984, 5, 1))


@pytest.fixture(autouse=True)
def _ready(sealing: object) -> None:
    """Documents are really sealed."""


def upload(client: Client, content: bytes, name: str = "document.pdf") -> Any:
    return client.post("/verifier/fichier/", {"file": SimpleUploadedFile(name, content, "application/pdf")})


def compare(client: Client, document: IssuedDocument, name: str, day: str = "1") -> Any:
    typed = {"family_name": name, "born_on_day": day, "born_on_month": "5", "born_on_year": "1984"}
    return client.post(f"/verifier/{document.verification_code}/", typed)


def test_the_start_page_asks_for_a_file_or_a_code_without_a_query(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/verifier/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="file"' in page and 'name="code"' in page
    assert "sessionid" not in answer.cookies


def test_a_typed_code_leads_to_its_page(client: Client) -> None:
    answer = client.get("/verifier/", {"code": "7k2m 9xqa 44cd"})

    assert answer.status_code == 302
    assert answer["Location"] == "/verifier/7K2M-9XQA-44CD/"


def test_a_code_that_cannot_be_one_is_refused_beside_its_field(client: Client) -> None:
    answer = client.get("/verifier/", {"code": "trop court"})

    assert answer.status_code == 422
    assert "12 lettres ou chiffres" in answer.content.decode()
    assert "trop court" in answer.content.decode()


def test_a_genuine_code_shows_what_was_issued_and_no_personal_data(
    client: Client, django_assert_num_queries: Any
) -> None:
    document = an_issued_document(bearer=ALINE)

    with django_assert_num_queries(1):
        answer = client.get(f"/verifier/{document.verification_code}/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Ce code est celui d'un document valable" in page
    assert "Ce document est authentique" not in page, "a code alone says nothing of the paper it stands on"
    assert "Attestation de résidence" in page
    assert document.digest[:16] in page and document.digest not in page
    assert not [word for word in ("Favre", "Aline", "1984", document.case_reference) if word in page]
    assert "no-store" in answer["Cache-Control"]


def test_an_unknown_code_is_told_so_with_404(client: Client) -> None:
    answer = client.get("/verifier/AAAA-AAAA-AAAA/")

    assert answer.status_code == 404
    assert "ne connaît pas ce document" in answer.content.decode()
    assert "le code est le nôtre" not in answer.content.decode()


def test_a_revoked_document_is_told_with_its_day_and_without_its_reason(client: Client) -> None:
    document = an_issued_document()
    operations.revoke(document, reason="Donnée fausse.", actor=CAROLE, at=AT + timedelta(days=2))

    page = client.get(f"/verifier/{document.verification_code}/").content.decode()

    assert "n&#x27;est plus valable" in page or "n'est plus valable" in page
    assert "24 novembre 2026" in page
    assert "Donnée fausse" not in page


def test_the_right_name_and_birth_date_are_confirmed(client: Client) -> None:
    answer = compare(client, an_issued_document(bearer=ALINE), "FAVRE")

    assert answer.status_code == 200
    assert (
        '<h1 class="govuk-heading-l">Le code, le nom et la date de naissance correspondent</h1>'
        in answer.content.decode()
    )


def test_a_wrong_name_is_told_not_to_correspond(client: Client) -> None:
    answer = compare(client, an_issued_document(bearer=ALINE), "Dupont")

    assert '<h1 class="govuk-heading-l">Ces données ne correspondent pas au document</h1>' in answer.content.decode()


def test_an_impossible_birth_date_keeps_what_was_typed_and_compares_nothing(client: Client) -> None:
    answer = compare(client, an_issued_document(bearer=ALINE), "Favre", day="32")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Favre"' in page
    assert "naissance correspondent" not in page and "ne correspondent pas" not in page


def test_the_exact_file_is_authentic(client: Client) -> None:
    content = operations.content_of(an_issued_document())

    answer = upload(client, content)

    assert answer.status_code == 200
    assert "exactement celui que l&#x27;office" in answer.content.decode().replace("'", "&#x27;")


def test_a_changed_file_is_told_as_changed_and_shows_no_document(client: Client) -> None:
    answer = upload(client, operations.content_of(an_issued_document()) + b"\n")

    page = answer.content.decode()
    assert "Ce fichier a été modifié" in page
    assert "Empreinte" not in page


def test_a_replaced_document_is_told_with_the_day_of_its_successor(client: Client) -> None:
    first = an_issued_document()
    an_issued_document(supersedes=first)

    page = client.get(f"/verifier/{first.verification_code}/").content.decode()

    assert "a été remplacé" in page
    assert "22 novembre 2026 à 10\xa0h\xa030" in page


def test_a_sealed_file_no_longer_on_record_is_told_with_the_day_of_its_seal(client: Client) -> None:
    content = operations.content_of(an_issued_document())
    IssuedDocument.objects.all().delete()

    page = upload(client, content).content.decode()

    assert "Le sceau est intact" in page
    assert short_date(clock.today()) in page


@pytest.mark.parametrize("content", [b"GIF89a", b"<script>alert(1)</script>", b"%PDF-1.7 rien"])
def test_a_foreign_file_is_unknown(client: Client, content: bytes) -> None:
    answer = upload(client, content, name="<b>.pdf")

    page = answer.content.decode()
    assert "ne connaît pas ce document" in page
    assert "<b>.pdf" not in page and "<script>alert" not in page


def test_no_file_at_all_is_refused_beside_its_field(client: Client) -> None:
    answer = client.post("/verifier/fichier/", {})

    assert answer.status_code == 422
    assert "Choisissez un fichier" in answer.content.decode()


def test_an_empty_file_is_refused_beside_its_field(client: Client) -> None:
    answer = upload(client, b"")

    assert answer.status_code == 422
    assert "vide" in answer.content.decode()


class Unread:
    """A body that fails the test if it is read."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("the body was read before its length was refused")

    readline = read


def test_a_body_of_fifty_megabytes_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.post(
        "/verifier/fichier/",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(50 * 1024 * 1024),
        **{"wsgi.input": Unread()},
    )

    assert answer.status_code == 413
    assert "trop grand" in answer.content.decode()


def test_a_file_just_above_the_limit_is_refused(client: Client) -> None:
    answer = upload(client, b"%PDF-" + bytes(MOST_BYTES))

    assert answer.status_code == 422
    assert "trop grand" in answer.content.decode()


def test_more_files_than_a_person_sends_in_a_minute_are_refused(client: Client) -> None:
    answers = [upload(client, b"GIF89a").status_code for _ in range(MOST_FILES + 1)]

    assert answers == [200] * MOST_FILES + [429]


def test_more_codes_than_a_person_types_in_a_minute_are_refused(client: Client) -> None:
    answers = [client.get("/verifier/AAAA-AAAA-AAAA/").status_code for _ in range(MOST_CODES + 1)]

    assert answers == [404] * MOST_CODES + [429]


_LOADED = """
import sys, django
django.setup()
import guichet.documents.urls, guichet.documents.operations
print(sorted({name.partition(".")[0] for name in sys.modules} & {"pyhanko", "aiohttp"}))
"""


def test_the_processes_that_answer_people_do_not_load_the_sealing_library() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
