"""Home and the pages that the footer promises. None of them asks the database."""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.kit.components import Cell, Crumb, Entrance, Table
from guichet.kit.privacy import Category, DataUses

ENTRANCES = (
    Entrance(
        "/prestations/",
        "Commander un document",
        "Attestation de domicile, de départ ou autre document officiel : le prix et les conditions avant de commencer.",
    ),
    Entrance(
        "/identite/",
        "Passeport et carte d'identité",
        "La demande préparée en ligne : où aller, quoi apporter, combien cela coûte, pour vous ou vos enfants.",
    ),
    Entrance(
        "/identite/perte/",
        "Déclarer un document d'identité perdu ou volé",
        "La déclaration préparée en ligne, puis enregistrée à la police : le document est aussitôt invalide.",
    ),
    Entrance(
        "/suivi/",
        "Suivre une démarche",
        "Où elle en est, qui doit agir, jusqu'à quand, et le document à télécharger.",
    ),
    Entrance(
        "/verifier/",
        "Vérifier un document",
        "Par son code ou en déposant le fichier : est-il authentique et toujours valable ?",
    ),
    Entrance(
        "/droit/",
        "Comprendre le droit appliqué",
        "Chaque prix, délai ou refus renvoie à un article : posez la question vous-même.",
    ),
)
CATEGORIES = {
    Category.IDENTITY: "Identité",
    Category.CONTACT: "Coordonnées",
    Category.CIVIL_STATUS: "État civil",
    Category.RESIDENCE: "Domicile et séjour",
    Category.CASE: "Dossier",
    Category.PAYMENT: "Paiement",
    Category.AUTHENTICATION: "Accès au compte",
    Category.SENSITIVE: "Données sensibles",
}


def _crumbs(label: str) -> tuple[Crumb, ...]:
    return (Crumb("Accueil", "/"), Crumb(label))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here."""
    return render(request, "portal/home.html", {"entrances": ENTRANCES})


@require_safe
def data_protection(request: HttpRequest) -> HttpResponse:
    """Which data the office holds and for what, read off the models themselves (LIPAD 43)."""
    context = {"crumbs": _crumbs("Protection des données"), "uses": data_uses_table()}
    return render(request, "portal/data_protection.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (eCH-0059)."""
    return render(request, "portal/accessibility.html", {"crumbs": _crumbs("Accessibilité")})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Two contacts: for the site and for the substance of a case (CGV 11)."""
    return render(request, "portal/contact.html", {"crumbs": _crumbs("Contact")})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this software is, its version, licence and legal basis."""
    return render(request, "portal/about.html", {"crumbs": _crumbs("À propos")})


@cache
def data_uses_table() -> Table:
    """Categories of data and the purposes for which they are held, over all models of the house."""
    purposes: dict[Category, dict[str, None]] = {category: {} for category in CATEGORIES}
    for model in apps.get_models():
        uses: DataUses = getattr(model, "data_uses", {})
        for use in uses.values():
            if use.category in purposes:
                purposes[use.category][use.purpose] = None
    rows = [(Cell(CATEGORIES[category]), Cell(" ; ".join(found))) for category, found in purposes.items() if found]
    return Table("Données traitées", ("Catégorie", "Pour quoi faire"), rows, "Aucune donnée personnelle n'est traitée.")
