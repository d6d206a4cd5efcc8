"""Is this document ours, and does it still hold? By its code, or by the file itself.

What is disclosed is kept small: whoever holds a code learns the kind of the document, when it was issued and whether
it still holds; no personal data. Because a forger could print a genuine code on a false paper, the reader of a paper
may type the name and the birth date printed on it and is told whether they agree; nothing is told to who doesn't
already know both. The whole content is verified by the file: it is ours only if it is ours to the last byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.serialization import Encoding

from guichet.gateways.signing.configured import seal_certificates
from guichet.gateways.signing.port import SigningUnavailable
from guichet.kit.ids import normalise_code

from . import store
from .bearers import Bearer
from .examiner import examine_apart
from .models import IssuedDocument, IssuedDocumentQuerySet
from .seals import SealReport

MOST_BYTES = 10_000_000


class Outcome(StrEnum):
    """What the verification page answers, each with its own text."""

    AUTHENTIC = "authentic"
    REVOKED = "revoked"
    REPLACED = "replaced"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    UNREGISTERED = "unregistered"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, the document it is about if one is known, and what its seal says if the file was examined.

    ``bearer_agrees``: None when the reader gave no name and birth date, or the document has no bearer on record.
    """

    outcome: Outcome
    document: IssuedDocument | None = None
    seal: SealReport | None = None
    bearer_agrees: bool | None = None


def by_code(code: str, *, bearer: Bearer | None = None) -> Verdict:
    """The verdict on a code as it is printed (spaces, capitals and look-alikes forgiven): two statements."""
    document = _documents().filter(verification_code=normalise_code(code)).first()
    if document is None:
        return Verdict(Outcome.UNKNOWN)
    compared = bearer is not None and document.bearer_index
    agrees = bearer.index == document.bearer_index if bearer and compared else None
    return Verdict(_standing(document), document, bearer_agrees=agrees)


def by_file(content: bytes) -> Verdict:
    """The verdict on a file: ours to the last byte, or not; of another file the seal says what became of it.

    A file of ours costs one look-up; only an unknown one is opened, in a process of its own.
    """
    document = _documents().filter(digest=store.digest_of(content)).first()
    if document is not None:
        return Verdict(_standing(document), document)
    if b"%PDF-" not in content[:1024] or b"/ByteRange" not in content or len(content) > MOST_BYTES:
        return Verdict(Outcome.UNKNOWN)
    report = _examined(content)
    if report.good:
        return Verdict(Outcome.UNREGISTERED, seal=report)
    changed = report.names_office and (report.changed_after or not report.intact)
    return Verdict(Outcome.ALTERED if changed else Outcome.UNKNOWN, seal=report)


def _documents() -> IssuedDocumentQuerySet:
    return IssuedDocument.objects.select_related("superseded_by")


def _standing(document: IssuedDocument) -> Outcome:
    if document.is_revoked:
        return Outcome.REVOKED
    return Outcome.REPLACED if hasattr(document, "superseded_by") else Outcome.AUTHENTIC


def _examined(content: bytes) -> SealReport:
    try:
        known = seal_certificates()
    except SigningUnavailable:
        return SealReport()
    authorities = [c.public_bytes(Encoding.DER) for c in known.trusted]
    return examine_apart(content, trusted=authorities, seal=known.certificate.public_bytes(Encoding.DER))
