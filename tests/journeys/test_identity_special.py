"""Two ways that are not everybody's: a provisional passport at the airport, and a card for somebody who cannot pay."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from guichet.kit import clock
from tests.documents import papers

from . import steps
from .applying import ADULT, HOME, begin, lodge, tell
from .counter import (
    AIRPORT,
    CENTRE,
    COMMUNE,
    UNTIL_DELIVERED,
    Somebody,
    acts,
    happened,
    opens,
    seated,
    takes_data,
)
from .visitor import Visitor

pytestmark = pytest.mark.browser

PROOF = "Attestation de l'Hospice général du 3 novembre 2026."


def test_a_provisional_passport_is_asked_for_at_the_airport_and_the_old_one_can_be_asked_back(
    somebody: Somebody, tmp_path: Path
) -> None:
    guest = somebody()
    begin(guest, "Pour moi")
    tell(guest, ADULT, document="Un passeport provisoire", reason="L'ancien est échu", commune="Genève")
    guest.reads("Unité diplomatique et aéroportuaire", "art. 2 al. 4 RDId", "Le passeport provisoire vous est remis")
    guest.reads("ancien document", "art. 8 al. 1 RDId")
    expect(guest.page.locator("aside")).to_contain_text("150.00 CHF")
    expect(guest.page.locator("aside")).not_to_contain_text("Envoi")
    reference = lodge(guest, "depart@exemple.ch")

    for email in (COMMUNE, CENTRE):
        stranger = seated(somebody(), email)
        stranger.hears("status of 404")
        stranger.goes_to(f"/guichets/{reference}/")
        stranger.reads("Aucune demande de cette autorité ne porte cette référence")

    ines = seated(somebody(), AIRPORT)
    opens(ines, reference)
    acts(ines, reference, "Annuler l'ancien document", "X7654321")
    acts(ines, reference, "Enregistrer la présence", "Passeport échu ; visage comparé ; billet d'avion vu.")
    takes_data(ines, reference)
    for act in ("Saisir les données biométriques", "Signer la formule", "Encaisser l'émolument"):
        acts(ines, reference, act)
    receipt = ines.takes("Quittance", tmp_path, within="aside")
    papers.check_paper(receipt, reference, "150.00", "art. 11 al. 1 ch. 1 let. d RDId")
    expect(ines.main.get_by_role("link", name="Commander le document")).to_have_count(0)

    lise = seated(somebody(), CENTRE)
    opens(lise, reference)
    acts(lise, reference, "Commander le document")
    steps.wait_for(ines, "Document remis", patience=UNTIL_DELIVERED)
    happened(
        ines, ("L'ancien document a été remis et annulé", "La personne s'est présentée", "Le document a été établi")
    )

    steps.wait_for(guest, "Le document vous a été remis")
    asks_back(guest, ines, reference)


def asks_back(guest: Visitor, ines: Visitor, reference: str) -> None:
    """The old document, cancelled, is asked back; the authority that cancelled it reads why, and hands it over."""
    guest.follows("Redemander l'ancien document")
    guest.chooses("Le titulaire du document")
    guest.types({"Pourquoi ?": "Il porte des visas que je souhaite garder.", **HOME})
    guest.presses("Redemander le document")
    guest.reads("Votre demande de restitution est transmise")
    ines.goes_to("/guichets/retours/")
    ines.follows(reference)
    ines.reads("Il porte des visas que je souhaite garder", "art. 8 al. 2 RDId")
    ines.main.get_by_label("Non", exact=True).first.check()
    ines.main.get_by_label("Oui", exact=True).last.check()
    ines.types({"Motivation": "Aucun abus n'est à craindre ; le document est perforé."})
    ines.presses("Décider")
    ines.chooses("Remis en main propre")
    today = clock.today()
    handing_over = ines.main.locator("form", has=ines.page.get_by_label("À qui, ou par quel envoi ?"))
    for label, number in (("Jour", today.day), ("Mois", today.month), ("Année", today.year)):
        handing_over.get_by_label(label, exact=True).fill(str(number))
    ines.types({"À qui, ou par quel envoi ?": "à la titulaire, passeport provisoire vu"})
    ines.presses("Enregistrer la remise du document")
    ines.reads("Document remis en main propre")
    steps.wait_for(guest, "Il a été remis en main propre")


def test_somebody_who_cannot_pay_is_exempted_on_proof_and_nothing_is_asked_of_them(somebody: Somebody) -> None:
    guest = somebody()
    begin(guest, "Pour moi")
    tell(guest, ADULT, document="Une carte d'identité", reason="C'est le premier document", commune="Genève")
    expect(guest.page.locator("aside")).to_contain_text("70.00 CHF")
    reference = lodge(guest, "indigente@exemple.ch")
    guest.follows("Payer 70.00 CHF")
    guest.reads("demander l'exonération", "art. 12 al. 1 RDId", "Ne payez rien ici")

    marc = seated(somebody(), COMMUNE)
    opens(marc, reference)
    acts(marc, reference, "Enregistrer la présence", "Carte échue ; visage comparé.")
    marc.follows("Exonérer de l'émolument")
    marc.reads("art. 12 al. 1 RDId", "L'indigence est justifiée")
    marc.presses("Exonérer de l'émolument")
    marc.reads("Répondez en quelques mots")
    acts(marc, reference, "Exonérer de l'émolument", PROOF)
    marc.reads(PROOF, "La personne a été exonérée de l'émolument")
    expect(marc.page.locator("aside")).to_contain_text("Exonérée.")
    assert marc.main.get_by_role("link", name="Encaisser l'émolument").count() == 0

    guest.page.go_back()
    steps.wait_for(guest, "exonéré de l'émolument", within="aside")
    assert guest.main.get_by_role("link", name="Payer").count() == 0

    takes_data(marc, reference)
    for act in ("Accepter la photographie", "Signer la formule"):
        acts(marc, reference, act)
    lise = seated(somebody(), CENTRE)
    opens(lise, reference)
    acts(lise, reference, "Commander le document")
    steps.wait_for(lise, "Document remis", patience=UNTIL_DELIVERED)
    happened(lise, ("La personne a été exonérée de l'émolument", "Le document a été établi"))
    assert lise.page.get_by_role("link", name="Quittance").count() == 0

    marc.goes_to("/guichets/comptes/")
    marc.follows("Ville de Genève")
    entry = marc.main.get_by_role("row").filter(has_text=reference)
    expect(entry).to_contain_text("0.00")
    expect(entry).to_contain_text("exonér")
