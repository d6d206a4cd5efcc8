"""A verified account: from the catalogue to a sealed document that others can check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.documents import papers

from . import album, steps
from .keyboard import Keyboard
from .visitor import Visitor

pytestmark = pytest.mark.browser

Somebody: TypeAlias = Callable[..., Visitor]


def order_and_pay(visitor: Visitor) -> None:
    """The whole order form, with the box of the terms forgotten at first."""
    visitor.goes_to("/")
    visitor.follows("Commander")
    visitor.follows(steps.RESIDENCE)
    visitor.follows("Connectez-vous d'abord")
    steps.sign_in(visitor, "amelie@exemple.ch")
    visitor.presses("Commander depuis mon compte")
    visitor.reads("Amélie Rochat", "remplie")
    visitor.presses("Continuer")
    visitor.chooses("Le télécharger")
    visitor.presses("Continuer")
    visitor.presses("Payer 25.00 CHF")
    visitor.reads("Pour commander, acceptez les deux textes")
    steps.accept_and_go_to_payment(visitor)
    steps.pay(visitor)
    steps.wait_for(visitor, "Votre document est prêt")


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_resident_orders_pays_and_downloads_a_sealed_attestation(
    somebody: Somebody, tmp_path: Path, scripted: bool
) -> None:
    amelie = somebody(scripted=scripted)

    order_and_pay(amelie)
    file = amelie.takes("Télécharger le document", tmp_path)

    papers.check_seal(file)
    papers.check_paper(file, "Amélie", "Rochat")


def test_the_walk_of_a_resident_shows_every_page_on_the_way(somebody: Somebody, tmp_path: Path) -> None:
    joao = somebody()
    joao.goes_to("/")
    album.picture(joao, "01-accueil")
    joao.follows("Commander")
    joao.follows(steps.RESIDENCE)
    album.picture(joao, "02-prestation")
    joao.follows("Connectez-vous d'abord")
    steps.sign_in(joao, "joao@exemple.ch")
    joao.presses("Commander depuis mon compte")
    album.picture(joao, "03-personne")
    joao.presses("Continuer")
    joao.chooses("Le télécharger")
    album.picture(joao, "04-livraison")
    joao.presses("Continuer")
    album.picture(joao, "05-verification")
    steps.accept_and_go_to_payment(joao)
    album.picture(joao, "06-paiement")
    steps.pay(joao)
    steps.wait_for(joao, "Votre document est prêt")
    album.picture(joao, "07-document-pret")
    file = joao.takes("Télécharger le document", tmp_path)
    album.paper(file, "08-document")
    album.page_and_paper(joao, file, "readme")
    joao.goes_to("/verifier/")
    joao.main.get_by_label("Document PDF, tel que vous l'avez reçu").set_input_files(file)
    joao.presses("Vérifier le fichier")
    album.picture(joao, "09-authentique")

    joao.reads("Ce document est authentique")


def test_the_access_key_opens_the_document_for_whom_it_is_given_to_and_anyone_can_verify_it(
    somebody: Somebody, tmp_path: Path
) -> None:
    amelie, employer = somebody(), somebody()
    order_and_pay(amelie)
    number = steps.reference(amelie)
    amelie.goes_to("/mes-demarches/")
    amelie.reads(number)
    mail = steps.open_mail(amelie, "amelie@exemple.ch", f"{number} : votre document est prêt")
    (key,) = steps.CODE.findall(mail)

    employer.goes_to("/retrait/")
    employer.types({"Clé d'accès": key.lower()})
    employer.presses("Ouvrir")
    file = employer.takes("Télécharger", tmp_path)

    (code,) = set(steps.CODE.findall(papers.text_of(file)))
    employer.goes_to("/verifier/")
    employer.types({"Code de vérification": code})
    employer.presses("Vérifier le code")
    employer.reads("Ce code est celui d'un document valable")
    employer.main.get_by_label("Document PDF, tel que vous l'avez reçu").set_input_files(file)
    employer.presses("Vérifier le fichier")
    employer.reads("Ce document est authentique")

    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    file.write_bytes(changed)
    employer.goes_to("/verifier/")
    employer.main.get_by_label("Document PDF, tel que vous l'avez reçu").set_input_files(file)
    employer.presses("Vérifier le fichier")
    assert "Ce document est authentique" not in employer.main.inner_text()


def test_the_whole_order_can_be_placed_with_the_keyboard_alone(somebody: Somebody, tmp_path: Path) -> None:
    amelie = somebody()
    amelie.page.goto("/prestations/")
    keys = Keyboard(amelie.page)

    keys.enter("Attestation de résidence")
    keys.enter("Connectez-vous d'abord")
    keys.types("Adresse e-mail", "amelie@exemple.ch")
    keys.types("Mot de passe", steps.PASSWORD)
    keys.enter("Se connecter")
    keys.enter("Commander depuis mon compte")
    keys.enter("Continuer")
    keys.space("Le télécharger")
    keys.enter("Continuer")
    keys.enter("Payer 25.00 CHF")
    keys.space("J'ai lu et j'accepte")
    keys.enter("Payer 25.00 CHF")
    keys.enter("Payer 25.00 CHF")
    keys.enter("Suivre ma démarche")
    steps.wait_for(amelie, "Votre document est prêt")

    keys.reaches("Télécharger le document")
    with amelie.page.expect_download() as download:
        amelie.page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")
