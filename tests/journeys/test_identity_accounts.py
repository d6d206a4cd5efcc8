"""The accounts, the department and the appeals: what follows on a fee, a question and a refusal, at the authorities."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents import papers

from . import steps
from .applying import ADULT, begin, lodge, tell
from .counter import CENTRE, COMMUNE, DEPARTMENT, SECOND_OF_THE_CENTRE, Somebody, acts, refuses, seated
from .visitor import Visitor

pytestmark = pytest.mark.browser

QUESTION = "La personne ne peut produire aucun acte d'origine : que suffit-il de présenter ?"
REASONS = "Une attestation de deux autorités suffit lorsque l'état d'origine ne délivre aucun acte."
NO_PROOF = "Vous n'avez pas produit de preuve de votre nationalité suisse."


def a_lodged_passport(guest: Visitor) -> str:
    """An adult's first passport, lodged with the centre; its reference."""
    begin(guest, "Pour moi")
    tell(guest, ADULT, document="Un passeport", reason="C'est le premier document")
    return lodge(guest, "helene.comptes@exemple.ch")


def test_a_fee_a_question_a_precedent_a_refusal_and_the_file_for_the_court(somebody: Somebody, tmp_path: Path) -> None:
    reference = a_lodged_passport(somebody())
    lise = seated(somebody(), CENTRE)
    acts(lise, reference, "Encaisser l'émolument")
    acts(lise, reference, "Soumettre au département", QUESTION)

    anne = seated(somebody(), DEPARTMENT, "/guichets/departement/")
    anne.follows(reference)
    anne.reads(QUESTION, "art. 12 al. 2 RDId")
    anne.chooses("la demande suit son cours")
    anne.types({"Motivation": REASONS})
    anne.presses("Rendre la décision")
    anne.follows("En faire une note de précédent")
    anne.types(
        {"Titre": "Origine sans acte : le cas Chappuis", "Faits utiles": "L'état d'origine ne délivre aucun acte."}
    )
    anne.presses("Voir la note")
    anne.reads("La note dit de qui il s'agit", "le nom de la personne")
    anne.presses("Corriger la note")
    anne.types({"Titre": "Personne dont l'état d'origine ne délivre aucun acte"})
    anne.presses("Voir la note")
    anne.reads("Aucune donnée personnelle trouvée")
    anne.presses("Publier la note")
    anne.reads("Une attestation de deux autorités suffit")

    lise.goes_to("/guichets/precedents/")
    lise.types({"Mots": "etat origine ATTESTATION"})
    lise.presses("Chercher")
    lise.follows("Personne dont l'état d'origine")
    lise.goes_to(f"/guichets/{reference}/")
    lise.follows("Soumettre au département")
    lise.reads("Précédents semblables", "Personne dont l'état d'origine")

    refuses(lise, reference, NO_PROOF)
    lise.goes_to("/guichets/recours/")
    lise.follows(reference)
    lise.reads("Notification attendue", "le délai n'a pas commencé")
    lise.presses("Établir le dossier")
    steps.wait_for(lise, "Dossier n° 1")
    file = lise.takes("Dossier n° 1", tmp_path)
    papers.check_seal(file)
    papers.check_paper(file, reference, QUESTION, "Notification non enregistrée", "art. 13 RDId")


def test_the_centre_sees_the_month_of_all_and_a_commune_its_own(somebody: Somebody, tmp_path: Path) -> None:
    reference = a_lodged_passport(somebody())
    paul = seated(somebody(), SECOND_OF_THE_CENTRE)
    acts(paul, reference, "Encaisser l'émolument")

    paul.follows("Comptes", within="header")
    paul.reads("Ce mois est ouvert", "restent à répartir", "Chaque émolument encaissé ce mois est réparti")
    paul.presses("Répartir ce qui peut l'être")
    paul.reads("0 émolument réparti")
    paul.follows("Autorités cantonales")
    paul.reads(reference, "annexe 3")
    assert paul.takes("Décompte pour un tableur", tmp_path).read_bytes().startswith(b"\xef\xbb\xbfDate;")
    paper = paul.takes("Décompte à imprimer", tmp_path)
    papers.check_paper(paper, reference, "Autorités cantonales", "art. 11 al. 2 RDId")

    marc = seated(somebody(scripted=False), COMMUNE, "/guichets/comptes/")
    marc.reads("Ville de Genève")
    assert "Autorités cantonales" not in marc.main.inner_text()
