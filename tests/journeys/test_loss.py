"""A stolen card: declared online, recorded by the police, its certificate downloaded and verified, the number checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from . import steps
from .visitor import Visitor

pytestmark = pytest.mark.browser

Somebody: TypeAlias = Callable[..., Visitor]
PERSON = {"Nom": "Chappuis", "Prénoms": "Hélène", "Jour": "14", "Mois": "2", "Année": "1951"}
ADDRESS = {"Rue": "Chemin des Pommiers-d'Été", "Numéro": "18", "Numéro postal": "1253", "Localité": "Vandœuvres"}
NUMBER = "C7654321"


def declare(guest: Visitor) -> str:
    """Declare the theft of an identity card; gives the reference."""
    guest.goes_to("/identite/perte/")
    guest.presses("Commencer sans compte")
    guest.types(PERSON)
    guest.presses("Continuer")
    guest.chooses("On me l'a volé")
    guest.types({"Jour": "20", "Mois": "11", "Année": "2025", "Où ?": "Gare Cornavin, Genève"})
    guest.presses("Continuer")
    guest.chooses("Carte d'identité")
    guest.types({"Numéro de la carte d'identité": NUMBER})
    guest.presses("Continuer")
    guest.types({**ADDRESS, "Adresse électronique": "helene.vol@exemple.ch"})
    guest.presses("Continuer")
    guest.reads("Gare Cornavin, Genève", NUMBER, "40")
    guest.chooses("Je confirme que cette déclaration est exacte.")
    guest.presses("Envoyer à la police")
    guest.reads("Déclaration envoyée à la police", "présentez-vous à la police")
    found = re.search(r"DEC-\w+-\w", guest.main.inner_text())
    assert found is not None
    return found[0]


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_what_must_be_told_is_asked_page_by_page(somebody: Somebody, *, scripted: bool) -> None:
    guest = somebody(scripted=scripted)
    guest.goes_to("/identite/perte/")
    guest.presses("Commencer sans compte")

    guest.presses("Continuer")

    guest.reads("Remplissez ce champ")


def test_a_theft_is_recorded_by_the_police_and_certified(somebody: Somebody, tmp_path: Path) -> None:
    guest, police = somebody(), somebody()
    number = declare(guest)

    police.goes_to("/guichets/declarations/")
    steps.sign_in(police, "yves@police.exemple.ch")
    police.follows(number)
    police.types({"Comment l'identité a-t-elle été vérifiée ?": "Permis de conduire"})
    police.presses("Enregistrer la déclaration")
    police.reads("La déclaration est enregistrée", "Document invalidé")
    police.presses("Encaisser l'émolument")
    police.reads("encaissés au guichet")

    steps.wait_for(guest, "Votre attestation est prête")
    certificate = tmp_path / "attestation.pdf"
    with guest.page.expect_download() as download:
        guest.main.page.get_by_role("link", name=re.compile("Attestation de vol")).click()
    download.value.save_as(certificate)
    assert certificate.read_bytes().startswith(b"%PDF")
    assert "attestation de police est prête" in steps.open_mail(guest, "helene.vol@exemple.ch", number)

    guest.goes_to("/verifier/")
    guest.page.locator("input[type=file]").set_input_files(certificate)
    guest.presses("Vérifier le fichier")
    guest.reads("authentique")

    police.goes_to("/guichets/declarations/verifier/")
    police.chooses("carte d'identité")
    police.types({"Numéro exact": NUMBER, "Motif de la vérification": "contrôle"})
    police.presses("Vérifier")
    police.reads("Document invalide", "ne redevient jamais valable")
    expect(police.main).not_to_contain_text("Chappuis")
