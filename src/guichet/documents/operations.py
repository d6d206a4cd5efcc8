"""The verbs of the room: make a document ready, keep it as issued, revoke it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from guichet.casework.acts import Actor
from guichet.kit.crypto import blind_index
from guichet.kit.errors import NotAllowedNow
from guichet.kit.ids import short_code
from guichet.kit.writing import insert_new

from . import store
from .bearers import Bearer
from .contents import Content, Verification, as_json
from .models import IssuedDocument
from .rendering import render

_ACCESS = "documents.access_key"


@dataclass(frozen=True, slots=True)
class Ready:
    """A document made, sealed and stored, that is issued once ``keep`` has written its row."""

    title: str
    digest: str
    size: int
    data_digest: str
    verification_code: str


def new_verification() -> Verification:
    """A fresh code with the address of its page, to be put in the content before it is rendered."""
    code = short_code()
    return Verification(code=code, address=f"{settings.PUBLIC_URL}/verifier/{code}/")


def prepare(
    content: Content, *, title: str, issued_at: datetime, attachments: Mapping[str, bytes] | None = None
) -> Ready:
    """Render, seal and store a document. Slow (about 60 ms, and the network): never inside a transaction.

    Raises:
        ValueError: the content bears no verification code.
        CannotRender: the template refused the content.
        SealUnavailable: no seal can be had now; try again later.
    """
    if content.verification is None:
        raise ValueError("a document to be issued bears a verification code")
    from .sealing import seal  # noqa: PLC0415 - a second and 20 MiB that only the process that seals should pay

    data = as_json(content)
    sealed = seal(render(content.template, content, issued_at=issued_at, attachments=attachments, data=data))
    return Ready(
        title=title,
        digest=store.put(sealed),
        size=len(sealed),
        data_digest=store.digest_of(data),
        verification_code=content.verification.code,
    )


def keep(
    ready: Ready,
    *,
    case_reference: str,
    kind: str,
    actor: Actor,
    at: datetime,
    bearer: Bearer | None = None,
    access_key: str = "",
    supersedes: IssuedDocument | None = None,
) -> IssuedDocument:
    """Write down that the document is issued: one row, inside the transaction of the act that issues it.

    ``access_key`` opens the document without an account; only its keyed digest is kept. With ``supersedes`` it is
    the next version of that document.

    Raises:
        NotAllowedNow: this case already has this document (in this version).
    """
    issued = IssuedDocument(
        case_reference=case_reference,
        kind=kind,
        version=supersedes.version + 1 if supersedes else 1,
        title=ready.title,
        digest=ready.digest,
        size=ready.size,
        data_digest=ready.data_digest,
        verification_code=ready.verification_code,
        bearer_index=bearer.index if bearer else "",
        access_key_index=blind_index(access_key, _ACCESS) if access_key else None,
        issued_at=at,
        issued_by=actor.name,
        supersedes=supersedes,
    )
    if not insert_new([issued]):
        raise NotAllowedNow("Ce document a déjà été délivré.")
    return issued


def revoke(document: IssuedDocument, *, reason: str, actor: Actor, at: datetime) -> None:
    """Declare an issued document invalid: the verification page says so from now on, forever.

    ``reason`` is for the office and the bearer; the public page doesn't show it.

    Raises:
        NotAllowedNow: it is already revoked.
    """
    with transaction.atomic():
        stored = IssuedDocument.objects.select_for_update().get(pk=document.pk)
        if stored.is_revoked:
            raise NotAllowedNow("Ce document est déjà révoqué.")
        stored.revoked_at, stored.revoked_by, stored.revocation_reason = at, actor.name, reason
        stored.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
    document.refresh_from_db()


def opened_by(access_key: str) -> IssuedDocument | None:
    """The document that an access key opens, if any; what a revoked one answers is the caller's page to say."""
    return IssuedDocument.objects.filter(access_key_index=blind_index(access_key, _ACCESS)).first()


def content_of(document: IssuedDocument) -> bytes:
    """The sealed bytes of an issued document.

    Raises:
        NotInStore, StoreDamaged: the store lost or damaged it; an operator must look.
    """
    return store.get(document.digest)
