"""The pages of the house, and those of the desk that no order needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from .steps import PASSWORD
from .test_guest import sit_down
from .visitor import Visitor

pytestmark = pytest.mark.browser

Somebody: TypeAlias = Callable[..., Visitor]
HOUSE = ("/contact/", "/a-propos/", "/accessibilite/", "/protection-des-donnees/", "/conditions/")
DESK = (
    "/bureau/",
    "/bureau/commandes/?liste=toutes",
    "/bureau/a-poster/",
    "/bureau/incidents/",
    "/bureau/incidents/?clos=1",
)
MORE_OF_THE_DESK = ("/bureau/taches/", "/bureau/registre/", "/bureau/journal/")


def test_the_pages_that_the_footer_promises_exist(somebody: Somebody) -> None:
    reader = somebody()
    for address in HOUSE:
        reader.goes_to(address)
        assert reader.page.locator("h1").count() == 1
    reader.follows("Édition")
    reader.reads("Empreinte SHA-256")


def test_the_desk_shows_its_incidents_jobs_register_and_diary(somebody: Somebody) -> None:
    clerk = somebody()
    sit_down(clerk)

    for address in (*DESK, *MORE_OF_THE_DESK):
        clerk.goes_to(address)
        assert clerk.page.locator("h1").count() == 1, address


def test_a_person_is_looked_up_in_the_register_only_with_a_reason(somebody: Somebody) -> None:
    clerk = somebody()
    sit_down(clerk)
    clerk.goes_to("/bureau/registre/")
    clerk.types({"Nom et prénoms": "Rochat Amélie"})
    clerk.presses("Chercher")
    clerk.follows("ouvrir : Amélie Rochat")
    clerk.presses("Consulter les données")
    clerk.reads("Dites pourquoi vous consultez ces données")

    clerk.main.get_by_role("textbox").fill("Appel au sujet de son attestation de ce jour.")
    clerk.presses("Consulter les données")

    clerk.reads("Amélie Rochat", "Appel au sujet de son attestation")


def test_somebody_else_is_not_let_to_the_desk(somebody: Somebody) -> None:
    zoe = somebody()
    zoe.hears("status of 403")
    zoe.goes_to("/bureau/")

    zoe.types({"Adresse e-mail": "zoe@exemple.ch", "Mot de passe": PASSWORD})
    with zoe.page.expect_response(lambda answer: "/bureau/" in answer.url) as refused:
        zoe.main.get_by_role("button", name="Se connecter").click()

    assert refused.value.status == 403
    zoe.reads("réservée aux personnes qui travaillent dans cet office")
