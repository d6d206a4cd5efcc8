"""« Autorités »: the directory of those who take requests for identity documents (art. 2 RDId), for anybody."""

from __future__ import annotations

import unicodedata

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.institutions.competence import competences
from guichet.institutions.models import Office
from guichet.kit import clock
from guichet.kit.components import Crumb

_HOME = Crumb("Accueil", "/")
_LONGEST_SEARCH = 60


def plain(text: str) -> str:
    """A name as people search it: no capitals, no accents, no hyphens."""
    letters = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("-", " "))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """All the authorities, or those whose name or town holds what is searched (1 query)."""
    searched = request.GET.get("commune", "").strip()[:_LONGEST_SEARCH]
    offices = Office.objects.exclude(authority="").order_by("bfs_number", "name")
    found = [office for office in offices if plain(searched) in plain(f"{office.name} {office.address}")]
    context = {
        "crumbs": (_HOME, Crumb("Autorités")),
        "searched": searched,
        "of_the_canton": [office for office in found if office.bfs_number is None],
        "communes": [office for office in found if office.bfs_number is not None],
    }
    return render(request, "portal/authorities/directory.html", context)


@require_safe
def authority(request: HttpRequest, code: str) -> HttpResponse:
    """One authority: where, when, for what and by which article (1 query)."""
    office = Office.objects.exclude(authority="").filter(code=code).first()
    if office is None:
        raise Http404
    context = {
        "crumbs": (_HOME, Crumb("Autorités", "/autorites/"), Crumb(office.name)),
        "office": office,
        "competences": competences(clock.today()).get(office.authority, ()),
    }
    return render(request, "portal/authorities/authority.html", context)
