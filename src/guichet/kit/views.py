"""The pages of what went wrong: in French, saying what to do next and who answers, never showing anything internal."""

from __future__ import annotations

import sys
from typing import NamedTuple

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from .context import site


class Trouble(NamedTuple):
    """What is told to the person: what happened, what it means, what to do."""

    status: int
    title: str
    meaning: str
    advice: str


BAD_REQUEST = Trouble(
    400,
    "La demande n'a pas pu être lue",
    "Votre navigateur a envoyé quelque chose que ce site ne comprend pas. Rien n'a été enregistré.",
    "Revenez à la page précédente et recommencez.",
)
FORBIDDEN = Trouble(
    403,
    "Cette page ne vous est pas ouverte",
    "Votre compte ne donne pas accès à cette page. Rien n'a été enregistré.",
    "Si vous pensez y avoir droit, écrivez à l'un des contacts ci-dessous.",
)
STALE_FORM = Trouble(
    403,
    "Ce formulaire n'est plus valable",
    "La page est restée ouverte trop longtemps, ou votre session a changé entre-temps. Rien n'a été enregistré.",
    "Revenez à la page précédente, rechargez-la et envoyez le formulaire à nouveau. Votre navigateur doit accepter "
    "les cookies de ce site.",
)
NOT_FOUND = Trouble(
    404,
    "Cette page n'existe pas",
    "L'adresse est peut-être incomplète, ou elle n'est plus valable.",
    "Vérifiez l'adresse, ou repartez de l'accueil.",
)
NOT_THIS_WAY = Trouble(
    405,
    "Cette page ne s'ouvre pas de cette manière",
    "Cette adresse reçoit un formulaire ; elle ne peut pas être rechargée ni ouverte directement. "
    "Rien de nouveau n'a été enregistré.",
    "Revenez à la page précédente.",
)
BROKEN = Trouble(
    500,
    "Une erreur s'est produite de notre côté",
    "Ce n'est pas votre faute, et l'incident est enregistré. Ce que vous aviez déjà confirmé reste enregistré.",
    "Réessayez dans quelques minutes. Si vous veniez de payer, ne payez pas une seconde fois : "
    "ouvrez d'abord la page de suivi de votre commande.",
)
UNAVAILABLE = Trouble(
    503,
    "Le guichet est momentanément indisponible",
    "Le service se rétablit d'ordinaire en moins d'une minute. Ce que vous aviez déjà confirmé reste enregistré.",
    "Réessayez dans un instant. Si vous veniez de payer, ne payez pas une seconde fois : "
    "ouvrez d'abord la page de suivi de votre commande.",
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _plain(request, BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "kit/trouble.html", {"trouble": FORBIDDEN}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is missing or old."""
    return _plain(request, STALE_FORM)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "kit/trouble.html", {"trouble": NOT_FOUND}, status=404)


def not_this_way(request: HttpRequest) -> HttpResponse:
    """405."""
    return _plain(request, NOT_THIS_WAY)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database does not answer (Django calls this while the exception is being handled)."""
    kind = sys.exc_info()[0]
    if kind is not None and issubclass(kind, (OperationalError, InterfaceError)):
        response = _plain(request, UNAVAILABLE)
        response["Retry-After"] = "10"
        return response
    return _plain(request, BROKEN)


def _plain(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """The page without session, account or database, any of which may be what is broken."""
    page = render_to_string("kit/trouble.html", {"trouble": trouble, **site(request)})
    return HttpResponse(page, status=trouble.status)
