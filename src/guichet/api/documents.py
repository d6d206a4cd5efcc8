"""Verifying documents over HTTP: the same answer as the page, and not a word more."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from guichet.documents import verification
from guichet.documents.bearers import Bearer
from guichet.documents.verification import Verdict
from guichet.documents.web.portal import MOST_CODES, MOST_FILES
from guichet.kit import limits
from guichet.kit.errors import Refused
from guichet.law.kernel.inputs import DAY_PATTERN, BadInput, read_day

from .refusals import BAD_INPUT, TOO_MANY, RefusalOut

router = Router(tags=["documents"])

_FILE = {
    "requestBody": {
        "required": True,
        "description": "Le fichier tel qu'il a été reçu, 10 Mo au plus ; il n'est pas conservé.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary", "minLength": 1}}},
    }
}


class TooLarge(Refused):
    """A file longer than any the office issues."""

    code = "too_large"
    status = 413


class BearerIn(Schema):
    """The name and birth date printed on a paper: both, or the office compares nothing."""

    model_config = ConfigDict(extra="forbid")

    family_name: str = Field(min_length=1, max_length=120)
    born_on: str = Field(pattern=DAY_PATTERN, json_schema_extra={"format": "date"})


class CodeIn(Schema):
    """The code printed on a document; with the bearer's data, whether the document is theirs."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(min_length=1, max_length=40, examples=["7K2M-9XQA-44CD"])
    bearer: BearerIn | None = None


class DocumentOut(Schema):
    """What anybody who holds a document may know of it: no personal data."""

    title: str
    issued_at: datetime
    revoked_at: datetime | None
    replaced_at: datetime | None
    verification_code: str
    sha256: str


class VerdictOut(Schema):
    """Whether a document is the office's, and whether it still holds.

    ``bearer_agrees``: absent (null) when nothing was compared. ``sealed_at``: from the file's own time-stamp, only
    for a file that the register no longer knows.
    """

    outcome: Literal["authentic", "revoked", "replaced", "altered", "unknown", "unregistered"]
    document: DocumentOut | None
    bearer_agrees: bool | None
    sealed_at: datetime | None


@router.post(
    "/documents/verify",
    response={200: VerdictOut, **BAD_INPUT, **TOO_MANY},
    summary="Vérifier un document par son code",
)
def by_code(request: HttpRequest, asked: CodeIn) -> dict[str, Any]:
    """The verdict on a code as it is printed; spaces, capitals and look-alikes are forgiven."""
    limits.check("verify-code", request, most=MOST_CODES, seconds=60)
    return _verdict(verification.by_code(asked.code.replace("\0", ""), bearer=_bearer(asked.bearer)))


@router.post(
    "/documents/verify-file",
    response={200: VerdictOut, 413: RefusalOut, **BAD_INPUT, **TOO_MANY},
    openapi_extra=_FILE,
    summary="Vérifier un document par son fichier",
)
def by_file(request: HttpRequest) -> dict[str, Any]:
    """The verdict on a file, sent as the body of the request: ours to the last byte, or not."""
    limits.check("verify-file", request, most=MOST_FILES, seconds=60)
    content = request.read(verification.MOST_BYTES + 1)
    if not content:
        raise BadInput("body", None, "le fichier, tel quel")
    if len(content) > verification.MOST_BYTES:
        raise TooLarge("Ce fichier est trop grand : 10 Mo au plus.")
    return _verdict(verification.by_file(content))


def _bearer(typed: BearerIn | None) -> Bearer | None:
    if typed is None:
        return None
    born_on = read_day(typed.born_on)
    if born_on is None:
        raise BadInput("bearer.born_on", None, "une date, AAAA-MM-JJ")
    return Bearer(family_name=typed.family_name, born_on=born_on)


def _verdict(verdict: Verdict) -> dict[str, Any]:
    document = verdict.document
    replacing = getattr(document, "superseded_by", None)
    known = document and {
        "title": document.title,
        "issued_at": document.issued_at,
        "revoked_at": document.revoked_at,
        "replaced_at": replacing.issued_at if replacing else None,
        "verification_code": document.verification_code,
        "sha256": document.digest,
    }
    seal = verdict.seal
    return {
        "outcome": verdict.outcome.value,
        "document": known or None,
        "bearer_agrees": verdict.bearer_agrees,
        "sealed_at": seal.sealed_at if seal and seal.good else None,
    }
