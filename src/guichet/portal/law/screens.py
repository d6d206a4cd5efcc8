"""The screens and messages of Guichet that cite a passage, found in their templates: what is cited is what is applied."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from guichet.law.check.screens import ROOM, screens
from guichet.law.kernel.addresses import Ref

_TITLE = re.compile(r"(?:<h1[^>]*>|{% block title %})\s*([^<{%]{3,}?)\s*(?:<|{% endblock)")
# Pages about the law itself and samples of the gallery apply nothing.
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
    ("orders/portal/closed", Screen("Annonce d'une maintenance")),
    ("desk/case", Screen("Dossier d'une commande, au bureau", "/bureau/")),
    ("desk/refusal", Screen("Décision de refus, au bureau", "/bureau/")),
    ("desk/post", Screen("Lot d'envois, au bureau", "/bureau/")),
    ("portal/contact", Screen("Contact", "/contact/")),
    ("portal/data_protection", Screen("Protection des données", "/protection-des-donnees/")),
)


@cache
def screens_by_passage() -> dict[Ref, tuple[Screen, ...]]:
    """Each passage cited by a template, with the screens that cite it, each once."""
    found: dict[Ref, dict[Screen, None]] = {}
    for key, files in sorted(screens().items()):
        for file in sorted(files):
            _, is_template, name = file.partition("/templates/")
            if is_template and not name.startswith(_LEFT_OUT):
                found.setdefault(Ref.parse(key), {})[_screen(name, (ROOM / file).read_text())] = None
    return {ref: tuple(named) for ref, named in found.items()}


def _screen(name: str, source: str) -> Screen:
    for beginning, screen in _NAMED:
        if name.startswith(beginning):
            return screen
    title = _TITLE.search(source)
    return Screen(title.group(1) if title else name.rsplit("/", 1)[-1].split(".")[0].replace("_", " "))
