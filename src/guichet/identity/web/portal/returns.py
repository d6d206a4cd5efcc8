"""Asking for a cancelled document back (RDId 8/2)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guichet.identity.forms.returns import ReturnForm
from guichet.identity.models import IdentityApplication
from guichet.identity.operations import returning
from guichet.identity.rights import applicant, application_of
from guichet.kit import clock
from guichet.people.accounts.web.owned import for_its_owner, typed

with_application = for_its_owner(application_of, buttons=(), home="identity:tracking")


@require_http_methods(["GET", "HEAD", "POST"])
@with_application
def ask_back(request: HttpRequest, application: IdentityApplication, **wiring: Any) -> HttpResponse:
    """Ask for the document back that was cancelled for this application."""
    known = {**application.answer("delivery"), "name": application.name}
    form = ReturnForm(typed(request), initial=known)
    if request.method == "POST" and form.is_valid():
        returning.ask_back(application, **form.asked(), actor=applicant(application), at=clock.now())
        messages.success(request, "Votre demande de restitution est transmise : l'autorité vous répond par lettre.")
        return redirect("identity:tracking", token=application.token)
    context = {"form": form, "application": application, "may_ask": returning.may_ask(application)}
    return render(request, "identity/portal/return.html", context, status=422 if form.errors else 200)
