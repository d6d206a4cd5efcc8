"""What agents do at the counter of their authority in several journeys, by what the buttons say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from guichet.kit import clock
from tests.identity.counter import a_photo

from . import steps
from .visitor import Visitor

Somebody: TypeAlias = Callable[..., Visitor]
COMMUNE = "marc@commune.exemple.ch"
CENTRE, SECOND_OF_THE_CENTRE = "lise@centre.exemple.ch", "paul@centre.exemple.ch"
AIRPORT = "ines@uda.exemple.ch"
DEPARTMENT = "anne@departement.exemple.ch"
PHOTO = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
UNTIL_DELIVERED = 90.0


def seated(visitor: Visitor, email: str, address: str = "/guichets/") -> Visitor:
    """Somebody signed in at the counter of their authority."""
    visitor.goes_to(address)
    steps.sign_in(visitor, email)
    return visitor


def opens(agent: Visitor, reference: str) -> None:
    """Find a case by typing its reference over the work list."""
    agent.goes_to("/guichets/")
    agent.main.get_by_label("Référence", exact=True).fill(reference)
    agent.presses("Filtrer")
    agent.reads(reference)


def acts(agent: Visitor, reference: str, act: str, words: str = "", choice: str = "") -> None:
    """Take an act of the case, saying of it what is asked: words, one of the choices."""
    agent.goes_to(f"/guichets/{reference}/")
    agent.follows(act)
    if choice:
        agent.chooses(choice)
    if words:
        agent.main.get_by_role("textbox").first.fill(words)
    agent.presses(act)


def takes_data(agent: Visitor, reference: str) -> None:
    """Take the photograph, and what else is taken at the age of this person."""
    agent.goes_to(f"/guichets/{reference}/")
    agent.follows("Photographie et données")
    for place in range(agent.main.get_by_role("radio").count()):
        agent.main.get_by_role("radio").nth(place).check()
        agent.main.locator("input[type=file]").set_input_files(PHOTO)  # type: ignore[arg-type]  # playwright's own dictionary type
        agent.presses("Garder")
        agent.reads("Reçu")


def refuses(agent: Visitor, reference: str, reasons: str) -> None:
    """Refuse the application by a decision, after reading its letter."""
    agent.goes_to(f"/guichets/{reference}/")
    agent.follows("Refuser la demande")
    agent.chooses("la personne n'est pas de nationalité suisse")
    agent.types({"Motivation": reasons})
    agent.presses("Voir la lettre")
    agent.reads("La lettre, telle qu'elle partira", reasons, "chambre administrative", "art. 13 RDId")
    agent.presses("Rendre la décision")
    agent.reads("La décision est rendue")


def notifies_today(agent: Visitor, reference: str) -> None:
    """Record that the letter of a decision was handed over today."""
    agent.goes_to(f"/guichets/{reference}/")
    agent.follows("Enregistrer la notification")
    today = clock.today()
    agent.types({"Jour": str(today.day), "Mois": str(today.month), "Année": str(today.year)})
    agent.presses("Enregistrer")
    agent.reads("recours jusqu'au")


def happened(agent: Visitor, sentences: Iterable[str]) -> None:
    """The journal on the page tells these, in this order."""
    told = agent.main.inner_text().split("Ce qui s'est passé")[-1]
    for sentence in sentences:
        assert sentence in told, f"« {sentence} » does not follow in {told}"
        told = told.split(sentence, 1)[1]
