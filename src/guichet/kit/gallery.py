"""The gallery ``/kit/``: every part of a page in its states, looked at by people and by the accessibility tests."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from . import samples, views
from .components import Entrance
from .errors import NotAllowedNow, NotEntitled, NotYours, Refused

PAGES = (
    Entrance("/kit/parties/", "Parties de pages", "Prix, récapitulatif, avis, étapes, citations."),
    Entrance("/kit/suivi/", "Page d'un dossier", "Phrase d'état, chronologie, délais, à côté."),
    Entrance("/kit/formulaire/", "Formulaire", "Chaque champ, vide et refusé."),
    Entrance("/kit/listes/", "Listes", "Vide, une ligne, beaucoup, plusieurs pages."),
    *(
        Entrance(f"/kit/erreurs/{status}/", f"Page {status}")
        for status in (400, 403, 404, 405, 500, 503, 1403, 1404, 1409)
    ),
)
TROUBLES = {
    trouble.status: trouble
    for trouble in (
        views.BAD_REQUEST,
        views.FORBIDDEN,
        views.NOT_FOUND,
        views.NOT_THIS_WAY,
        views.BROKEN,
        views.UNAVAILABLE,
    )
}
REFUSALS: dict[int, Refused] = {
    1403: NotEntitled("Seule une personne du service peut refuser une commande."),
    1404: NotYours("Aucune commande ne porte cette référence."),
    1409: NotAllowedNow(
        "Cette commande ne peut plus être annulée : votre paiement a été validé le 16 mars 2026 à 9 h 07.",
        basis=samples.HAPPENINGS[2].basis,  # type: ignore[arg-type]  # the sample holds passages of the law
    ),
}


def index(request: HttpRequest) -> HttpResponse:
    """The pages of the gallery."""
    return render(request, "kit/gallery/index.html", {"pages": PAGES})


def parts(request: HttpRequest) -> HttpResponse:
    """The parts, each in its states."""
    return render(request, "kit/gallery/parts.html", {"samples": vars(samples)})


def case_page(request: HttpRequest) -> HttpResponse:
    """The page of a case, with its column beside."""
    return render(request, "kit/gallery/case.html", {"samples": vars(samples)})


def form(request: HttpRequest) -> HttpResponse:
    """A form with every field; answered with 422 when it is refused."""
    is_sent = request.method == "POST"
    shown = samples.SampleForm(request.POST, request.FILES) if is_sent else samples.SampleForm()
    refused = is_sent and not shown.is_valid()
    context = {"form": shown, "accepted": is_sent and not refused, "price": samples.PRICES[0]}
    return render(request, "kit/gallery/form.html", context, status=422 if refused else 200)


def lists(request: HttpRequest) -> HttpResponse:
    """Tables and pagination."""
    page = Paginator(range(1, 500), 10).get_page(request.GET.get("page"))
    tables = [samples.order_table(count) for count in (0, 1, 30)]
    return render(request, "kit/gallery/lists.html", {"tables": tables, "page": page})


def trouble(request: HttpRequest, status: int) -> HttpResponse:
    """A page of what went wrong, answered as a page that went well."""
    if status in REFUSALS:
        return render(request, "kit/refused.html", {"refusal": REFUSALS[status]})
    if status not in TROUBLES:
        raise Http404
    return render(request, "kit/trouble.html", {"trouble": TROUBLES[status]})
