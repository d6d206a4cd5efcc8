"""The counters in a real browser: a card from its appearance to its delivery, and the letter of a refusal."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from guichet.casework import worker
from guichet.gateways.production import configured
from guichet.gateways.production.adapter import HttpProduction, Setup
from guichet.gateways.production.simulator import TOKEN, Server, World
from guichet.identity.models import IdentityApplication
from guichet.identity.operations import producing
from guichet.kit import clock
from tests.identity.builders import an_application
from tests.identity.counter import a_photo

from .conftest import Sit
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The production on a port of loopback."""
    known = World()
    server = Server(known)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    adapter = HttpProduction(Setup(server.origin, TOKEN))
    monkeypatch.setattr(configured, "production", lambda: adapter)
    yield known
    server.shutdown()
    server.server_close()


def acts(agent: Visitor, link: str, **typed: str) -> None:
    """Take an act of the case page by its button, saying what it asks for."""
    agent.page.get_by_role("link", name=f"{link}…").click()
    agent.look()
    for label, words in typed.items():
        agent.page.locator(f"[name={label}]").fill(words)
    agent.page.locator("main form button.govuk-button").last.click()
    agent.look()


def until_delivered(application: IdentityApplication) -> None:
    """The worker and the production go on, hour by hour."""
    began = clock.now()
    for hours in range(5):
        at = began + timedelta(hours=hours)
        producing.ask_again.func(at=at)
        worker.drain(wiring={}, clock=lambda at=at: at)  # type: ignore[misc]  # a default binds it


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_a_card_goes_from_the_communes_counter_to_its_delivery(
    sit: Sit, production: World, tmp_path: Path, scripted: bool
) -> None:
    application = an_application(at=clock.now())
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(a_photo())
    clerk = sit("commune", scripted=scripted)

    clerk.goes_to("/guichets/")
    clerk.look()
    clerk.page.get_by_role("link", name=application.reference).click()
    clerk.look()
    acts(clerk, "Enregistrer la présence", words="passeport échu, photo comparée")
    clerk.page.get_by_role("link", name="Photographie et données…").click()
    clerk.look()
    clerk.page.locator("[name=kind]").first.check()
    clerk.page.locator("[name=content]").set_input_files(photo)
    clerk.page.get_by_role("button", name="Garder").click()
    clerk.look()
    clerk.page.get_by_role("link", name=application.reference).first.click()
    for act in ("Accepter la photographie", "Signer la formule", "Encaisser l'émolument"):
        acts(clerk, act)
    clerk.reads("L'émolument a été payé")

    centre = sit("centre", scripted=scripted)
    centre.goes_to(f"/guichets/{application.reference}/")
    acts(centre, "Commander le document")
    centre.reads("Document commandé")
    until_delivered(application)

    centre.goes_to(f"/guichets/{application.reference}/")
    centre.look()
    centre.reads("Document remis", "ont été détruits")
    assert len(production.orders) == 1


def test_a_refusal_is_read_before_it_is_decided_and_its_notification_starts_the_appeal(sit: Sit) -> None:
    application = an_application(at=clock.now(), request="passport")
    centre = sit("centre")
    centre.goes_to(f"/guichets/{application.reference}/")

    centre.page.get_by_role("link", name="Refuser la demande…").click()
    centre.look()
    centre.page.get_by_role("button", name="Voir la lettre").click()
    centre.look()
    centre.page.get_by_label("la personne n'est pas de nationalité suisse").check()
    centre.page.locator("[name=reasons]").fill("Vous n'avez pas produit de preuve de votre nationalité suisse.")
    centre.page.get_by_role("button", name="Voir la lettre").click()
    centre.look()
    centre.reads("La lettre, telle qu'elle partira", "chambre administrative")
    centre.page.get_by_role("button", name="Rendre la décision").click()
    centre.look()

    centre.page.get_by_role("link", name="Enregistrer la notification…").click()
    centre.look()
    today = clock.today()
    for name, part in (("day", today.day), ("month", today.month), ("year", today.year)):
        centre.page.locator(f"[name=notified_on_{name}]").fill(str(part))
    centre.page.get_by_role("button", name="Enregistrer").click()
    centre.look()
    centre.reads("recours jusqu'au")
