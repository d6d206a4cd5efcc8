"""« Écrire à l'office »: a message to one of the two contacts, kept with the order it names (CGV 11)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from guichet.kit import clock, limits
from guichet.kit.components import Crumb
from guichet.orders import correspondence
from guichet.people.accounts.web.owned import account_of
from guichet.portal.forms import MessageForm

_CRUMBS = (Crumb("Accueil", "/"), Crumb("Contact", "/contact/"), Crumb("Écrire à l'office"))
_REFERENCE_LENGTH = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write to the office; ``reference`` in the address fills in the order's."""
    account = account_of(request)
    form = MessageForm(
        request.POST if request.method == "POST" else None,
        initial={
            "reference": request.GET.get("reference", "")[:_REFERENCE_LENGTH],
            "email": account.email if account else "",
        },
    )
    status = 200
    if form.is_bound and form.is_valid():
        try:
            limits.check("message", request, most=5, seconds=600)
        except limits.TooMany as refused:
            form.add_error(None, refused.message)  # on the form, so that nothing written is lost
            status = refused.status
        else:
            account_id = account.pk if account else None
            correspondence.receive(form.message(), account_id=account_id, at=clock.now())
            return redirect("portal:message_received")
    elif form.is_bound:
        status = 422
    return render(request, "portal/message.html", {"form": form, "crumbs": _CRUMBS}, status=status)


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """What happens with a message that was sent (no query)."""
    return render(request, "portal/message_received.html", {"crumbs": _CRUMBS})
