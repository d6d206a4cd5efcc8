"""Without an account: a form, an agent who compares it with the register, and the post; or a formal refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.documents import papers

from . import album, steps
from .visitor import Visitor

pytestmark = pytest.mark.browser

Somebody: TypeAlias = Callable[..., Visitor]
HELENE = {"Nom": "Chappuis", "Prénoms": "Hélène", "Jour": "14", "Mois": "2", "Année": "1951"}
ADDRESS = {"Rue": "Chemin des Pommiers-d'Été", "Numéro": "18", "Numéro postal": "1253", "Localité": "Vandœuvres"}


def order_by_post(guest: Visitor) -> str:
    """Order and pay an attestation by post for Hélène Chappuis; gives the reference."""
    steps.begin(guest)
    guest.chooses("Pour moi")
    guest.types({**HELENE, "Adresse électronique": "helene@exemple.ch"})
    guest.presses("Continuer")
    guest.types(ADDRESS)
    guest.presses("Continuer")
    guest.reads("Hélène Chappuis", "Courrier B, lettre standard", "1253 Vandœuvres")
    steps.accept_and_go_to_payment(guest)
    steps.pay(guest)
    steps.wait_for(guest, "Commande payée")
    return steps.reference(guest)


def sit_down(clerk: Visitor) -> None:
    """Sign in at the desk."""
    clerk.goes_to("/bureau/")
    steps.sign_in(clerk, "carole@office.exemple.ch")
    clerk.reads("à traiter")


def open_case(clerk: Visitor, reference: str) -> None:
    """Find a case in the work list, and begin to examine it."""
    clerk.goes_to("/bureau/commandes/")
    clerk.follows(reference)
    if clerk.main.get_by_role("button", name="Examiner la demande").count():
        clerk.presses("Examiner la demande")


def test_wrong_answers_are_told_at_the_head_of_the_page_and_what_was_typed_stays(somebody: Somebody) -> None:
    guest = somebody()
    steps.begin(guest)
    guest.types({"Nom": "Chappuis", "Jour": "31", "Mois": "2", "Année": "1951", "Adresse électronique": "helene@"})

    guest.presses("Continuer")

    expect(guest.page.locator(".govuk-error-summary")).to_be_focused()
    guest.reads("le 31 février 1951 n'existe pas", "Remplissez ce champ", "Cette adresse électronique est incomplète")
    expect(guest.main.get_by_label("Nom", exact=True)).to_have_value("Chappuis")
    expect(guest.main.get_by_label("Adresse électronique", exact=True)).to_have_value("helene@")
    expect(guest.main.get_by_label("Jour", exact=True)).to_have_value("31")


def test_a_guest_s_order_is_checked_by_an_agent_and_leaves_by_post(somebody: Somebody, tmp_path: Path) -> None:
    guest, clerk = somebody(), somebody()
    number = order_by_post(guest)
    code = steps.tracking_code(guest)

    sit_down(clerk)
    album.picture(clerk, "10-bureau")
    open_case(clerk, number)
    clerk.follows("Retrouver la personne dans le registre")
    clerk.types({"Nom et prénoms": "Chappuis Hélène"})
    clerk.presses("Chercher")
    clerk.presses("C'est cette personne")
    album.picture(clerk, "11-dossier")
    clerk.presses("Accorder la prestation")
    steps.wait_for(clerk, "Le document a été établi et scellé")
    post_batch(clerk, tmp_path)

    guest.context.clear_cookies()
    guest.goes_to("/suivi/")
    guest.types({"Référence": number.lower(), "Code de suivi": code})
    guest.presses("Afficher la démarche")
    guest.reads("Document envoyé", "Le document a été remis à la poste")
    album.picture(guest, "13-envoye")


def post_batch(clerk: Visitor, kept: Path) -> None:
    """Print what is to be posted, and mark it as posted."""
    clerk.goes_to("/bureau/a-poster/")
    clerk.presses("Préparer le lot")
    clerk.presses("Faire ce lot")
    with clerk.page.expect_download() as download:
        clerk.main.get_by_role("button", name="Imprimer le lot").click()
    download.value.save_as(kept / "lot.pdf")
    assert "Chemin des Pommiers" in papers.text_of(kept / "lot.pdf")
    clerk.page.reload()
    clerk.presses("Marquer comme postés")
    clerk.reads("comme posté")
    album.picture(clerk, "12-lot")


def test_a_refused_guest_reads_the_decision_and_the_fee_stays_due(somebody: Somebody, tmp_path: Path) -> None:
    guest, clerk = somebody(), somebody()
    number = order_by_post(guest)

    sit_down(clerk)
    open_case(clerk, number)
    clerk.follows("Refuser la prestation")
    clerk.presses("Voir la lettre")
    clerk.reads("Choisissez au moins un motif")
    clerk.chooses("L'identité de la personne n'a pas pu être établie")
    clerk.types({"Motivation": "Les données que vous avez transmises correspondent à deux personnes du registre."})
    clerk.presses("Voir la lettre")
    clerk.reads("La lettre, telle qu'elle partira", "Voie de droit")
    clerk.presses("Rendre la décision")

    steps.wait_for(guest, "Lire la décision")
    guest.reads("refus", "La taxe reste due")
    file = guest.takes("Lire la décision", tmp_path)
    papers.check_seal(file)
    papers.check_paper(file, "deux personnes du registre", "Voie de droit")
    guest.page.reload()
    guest.look()
    guest.reads("Recours contre le refus")
