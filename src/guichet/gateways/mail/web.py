"""The mailbox page of the demonstration: mails and letters, searchable, with links that work."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guichet.kit.components import Cell, Table
from guichet.kit.formats import instant

from .letters import Letter, letters
from .simulator.mailbox import Mail, Mailbox

PER_PAGE = 50
REFRESH_SECONDS = 5


def _mailbox() -> Mailbox:
    if not settings.DEMO:
        raise Http404
    return Mailbox(settings.MAILBOX_DIR)


@require_safe
@login_not_required
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that was sent; ``?adresse=`` searches, ``?actualiser=1`` reloads by itself."""
    mailbox = _mailbox()
    wanted = request.GET.get("adresse", "").strip()
    refreshes = request.GET.get("actualiser") == "1"
    page = Paginator(mailbox.mails(wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "mails": _mails(page.object_list, wanted),
        "letters": _letters([one for one in letters() if wanted.lower() in one.to.lower()], wanted),
        "wanted": wanted,
        "refreshes": refreshes,
    }
    response = render(request, "mail/inbox.html", context)
    if refreshes:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def _mails(found: Iterable[Mail], wanted: str) -> Table:
    rows = [
        (
            Cell(one.subject, address=reverse("mail_message", args=[one.number])),
            Cell(one.to),
            Cell(instant(one.received_at)),
        )
        for one in found
    ]
    return Table(
        "E-mails, les plus récents d'abord",
        ("Objet", "À", "Reçu"),
        rows,
        _none("Aucun e-mail", wanted),
        caption_is_hidden=True,
    )


def _letters(found: Iterable[Letter], wanted: str) -> Table:
    rows = [
        (
            Cell(one.subject, address=reverse("mail_letter", args=[one.key])),
            Cell(one.to),
            Cell(instant(one.owed_at)),
            Cell("oui" if one.is_posted else "pas encore"),
        )
        for one in found
    ]
    columns = ("Objet", "À", "Due", "Postée")
    return Table(
        "Lettres, les plus récentes d'abord", columns, rows, _none("Aucune lettre", wanted), caption_is_hidden=True
    )


def _none(nothing: str, wanted: str) -> str:
    return f"{nothing} à une adresse contenant « {wanted} »." if wanted else f"{nothing}."


@require_safe
@login_not_required
@never_cache
def message(request: HttpRequest, number: int) -> HttpResponse:
    """One mail."""
    found = _mailbox().mail(number)
    if found is None:
        raise Http404
    return render(request, "mail/message.html", {"message": found})


@require_safe
@login_not_required
@never_cache
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One letter."""
    _mailbox()
    found = next((letter for letter in letters() if letter.key == key), None)
    if found is None:
        raise Http404
    return render(request, "mail/letter.html", {"letter": found})
