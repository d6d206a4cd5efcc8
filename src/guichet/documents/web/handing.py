"""Handing papers to somebody's browser: those issued under seal, and those drawn anew each time they are asked for."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from guichet.casework.acts import Actor, record
from guichet.documents import operations, rendering
from guichet.documents.contents import Content
from guichet.documents.models import IssuedDocument
from guichet.kit.downloads import pdf


def opened(issued: IssuedDocument, name: str, *, by: Actor, at: datetime) -> HttpResponse:
    """An issued document as a file called ``name``; who opened which one is written in the journal of its case."""
    record("document_opened", issued.case_reference, actor=by, at=at, facts={"document": issued.digest})
    return pdf(operations.content_of(issued), name)


def drawn(content: Content, name: str, *, at: datetime) -> HttpResponse:
    """A paper that is not kept (a receipt, a form, a letter to be posted), drawn as of ``at``, as a file called ``name``."""
    return pdf(rendering.render(content.template, content, issued_at=at), name)
