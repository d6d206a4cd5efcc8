"""What every page shows around its content: the office, the version, the languages, the ways in."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest


class Way(NamedTuple):
    """One entry of a navigation: where it leads and what it is called (French)."""

    address: str
    label: str


class Language(NamedTuple):
    """A language of the canton's public; ``note`` says, in that language, that its pages are being prepared."""

    code: str
    name: str
    note: str


WAYS = (
    Way("/prestations/", "Commander"),
    Way("/suivi/", "Suivre"),
    Way("/verifier/", "Vérifier"),
    Way("/droit/", "Le droit"),
)
FOOTER = (
    Way("/conditions/", "Conditions générales"),
    Way("/protection-des-donnees/", "Protection des données"),
    Way("/accessibilite/", "Accessibilité"),
    Way("/droit/", "Base légale"),
    Way("/autorites/", "Autorités"),
    Way("/contact/", "Contact"),
    Way("/a-propos/", "À propos"),
)
# Only French is complete; a language moves from here to settings.LANGUAGES' switcher when its catalogue is.
PREPARED = (
    Language("de", "Deutsch", "In Vorbereitung"),
    Language("it", "Italiano", "In preparazione"),
    Language("en", "English", "In preparation"),
)


def site(request: HttpRequest) -> dict[str, object]:
    """Context of every page, without a query: ``site`` holds the office and the furniture of the page."""
    return {
        "site": {
            "office": settings.OFFICE,
            "version": settings.VERSION,
            "demo": settings.DEMO,
            "ways": WAYS,
            "footer": FOOTER,
            "languages": PREPARED,
            "here": next((way.address for way in WAYS if request.path.startswith(way.address)), ""),
        }
    }
