"""A stolen card: declared online, recorded by the police, its certificate downloaded and verified, the number checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.documents import papers

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


def replace(guest: Visitor, declaration: str) -> None:
    """Ask for a new card; the declaration stands for the certificate."""
    guest.goes_to("/identite/")
    guest.presses("Commencer sans compte")
    guest.chooses("Pour moi")
    guest.presses("Continuer")
    guest.types(PERSON)
    guest.presses("Continuer")
    guest.chooses("Oui")
    guest.chooses("Dans le canton de Genève")
    guest.main.get_by_label("Commune de domicile").select_option(label="Vandœuvres")
    guest.presses("Continuer")
    guest.chooses("Une carte d'identité")
    guest.presses("Continuer")
    guest.chooses("L'ancien a été volé")
    guest.presses("Continuer")
    guest.presses("Continuer")
    guest.types({**ADDRESS, "Adresse électronique": "helene.vol@exemple.ch"})
    guest.presses("Continuer")
    guest.chooses("Je confirme que ces données sont exactes.")
    guest.presses("Déposer la demande")
    guest.reads("il faut l'attestation d'une police suisse")
    guest.follows("joindre une déclaration déjà faite")
    guest.types({"Référence de la déclaration": declaration})
    guest.presses("Joindre")
    guest.reads("est jointe à la demande", "L'attestation de perte ou de vol a été produite")


def test_the_police_takes_a_declaration_down_at_its_counter(somebody: Somebody) -> None:
    police = somebody()
    police.goes_to("/guichets/declarations/")
    steps.sign_in(police, "yves@police.exemple.ch")
    police.follows("Prendre une déclaration")
    police.presses("Continuer")
    police.reads("Remplissez ce champ")
    police.chooses("Je l'ai perdu")
    police.chooses("Passeport")
    birth, event = (
        police.main.get_by_role("group", name="Date de naissance"),
        police.main.get_by_role("group", name="Quand"),
    )
    for group, days in ((birth, ("14", "2", "1951")), (event, ("20", "11", "2025"))):
        for label, typed in zip(("Jour", "Mois", "Année"), days, strict=True):
            group.get_by_label(label, exact=True).fill(typed)
    police.types({"Nom": "Favre", "Prénoms": "Jeanne", "Où ?": "Lac", "Numéro du passeport": "C0000017", **ADDRESS})
    police.presses("Continuer")
    police.reads("Annoncée à la police", "C0000017", "Enregistrer la déclaration")


def test_the_centre_decides_on_restitutions_and_sees_whom_to_expect(somebody: Somebody) -> None:
    centre = somebody()
    centre.goes_to("/guichets/retours/")
    steps.sign_in(centre, "lise@centre.exemple.ch")
    centre.reads("Aucune restitution à décider")
    centre.follows("Prendre une demande de restitution")
    centre.presses("Continuer")
    centre.reads("Indiquez la référence")
    centre.goes_to("/guichets/changements/")
    centre.reads("Changements de nom ou de sexe")
    centre.goes_to("/guichets/declarations/")
    centre.reads("Aucune déclaration")


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
    papers.check_seal(certificate)
    papers.check_paper(certificate, number, NUMBER, "art. 10 al. 2 RDId")
    receipt = guest.takes("quittance", tmp_path, within="aside")
    papers.check_paper(receipt, number, "40.00", "art. 11 al. 1")
    assert "attestation de police est prête" in steps.open_mail(guest, "helene.vol@exemple.ch", number)

    replace(guest, number)

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
