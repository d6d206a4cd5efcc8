"""Giving up the draft of an application or of a declaration of loss: asked once more, then erased."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guichet.identity.models import IdentityApplication, LossDeclaration
from guichet.identity.operations import drafts
from guichet.identity.operations.drafts import Draft
from guichet.kit import clock

from .guard import with_application, with_declaration


@require_http_methods(["GET", "HEAD", "POST"])
@with_application
def application(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """Give up one's application before it is lodged."""
    return _abandon(request, application, reverse("identity:tracking", args=[application.token]))


@require_http_methods(["GET", "HEAD", "POST"])
@with_declaration
def declaration(request: HttpRequest, declaration: LossDeclaration) -> HttpResponse:
    """Give up one's declaration before the police is told."""
    return _abandon(request, declaration, reverse("losses:tracking", args=[declaration.token]))


def _abandon(request: HttpRequest, draft: Draft, page: str) -> HttpResponse:
    if draft.state == "draft" and request.method != "POST":
        return render(request, "identity/portal/abandon.html", {"draft": draft, "back": page})
    if draft.state == "draft":
        drafts.abandon(draft, at=clock.now())
    return redirect(page)
