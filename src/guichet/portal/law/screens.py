"""The screens and messages of Guichet that name a passage, as people call them; which they are, the law check finds."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from guichet.law.check.screens import ROOM, screens
from guichet.law.kernel.addresses import Ref

_TITLE = re.compile(r"(?:<h1[^>]*>|{% block title %})\s*([^<{%]{3,}?)\s*(?:<|{% endblock)")
# Pages about the law name every passage without applying it.
_LEFT_OUT = ("kit/", "portal/law/")


class Screen(NamedTuple):
    """A page or a message: what it is called, and where one meets it (no address where only its case has one)."""

    name: str
    address: str = ""


# By the beginning of the template's name; the first that fits. Elsewhere a template is called by its own heading.
_NAMED = (
    ("orders/mail/", Screen("Message à la personne qui commande")),
    ("orders/outcome/", Screen("Suivi d'une commande", "/suivi/")),
    ("orders/portal/tracking", Screen("Suivi d'une commande", "/suivi/")),
    ("orders/portal/terms", Screen("Conditions générales", "/conditions/")),
    ("orders/portal/service", Screen("Page d'une prestation", "/prestations/")),
    ("orders/portal/review", Screen("Vérification avant de payer", "/prestations/")),
    ("orders/portal/person", Screen("Commande : à quel nom", "/prestations/")),
    ("people/closed", Screen("Annonce d'une maintenance")),
    ("desk/case", Screen("Dossier d'une commande, au bureau", "/bureau/")),
    ("desk/refusal", Screen("Décision de refus, au bureau", "/bureau/")),
    ("desk/post", Screen("Lot d'envois, au bureau", "/bureau/")),
    ("portal/contact", Screen("Contact", "/contact/")),
    ("portal/data_protection", Screen("Protection des données", "/protection-des-donnees/")),
)


def screens_of(ref: Ref) -> tuple[Screen, ...]:
    """The screens and messages whose template names this very passage, each once."""
    paths = sorted(screens().get(ref.key, ()))
    found = (_screen(path) for path in paths if "/templates/" in path)
    return tuple(dict.fromkeys(screen for screen in found if screen))


@cache
def _screen(path: str) -> Screen | None:
    name = path.partition("/templates/")[2]
    if name.startswith(_LEFT_OUT):
        return None
    for beginning, screen in _NAMED:
        if name.startswith(beginning):
            return screen
    title = _TITLE.search((ROOM / path).read_text(encoding="utf-8"))
    return Screen(title.group(1) if title else name.rsplit("/", 1)[-1].split(".")[0].replace("_", " "))
