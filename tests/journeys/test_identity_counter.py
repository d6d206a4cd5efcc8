"""A document from its application to its delivery: the card at a commune, passport and card at the centre, a child's."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.documents import papers

from . import album, steps
from .applying import ADULT, CHILD, begin, lodge, tell
from .counter import (
    CENTRE,
    COMMUNE,
    SECOND_OF_THE_CENTRE,
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


def approves(agent: Visitor, reference: str) -> None:
    """Somebody of the centre who checked nothing of it approves, and the production makes and delivers the document."""
    opens(agent, reference)
    acts(agent, reference, "Commander le document")
    agent.reads("Document commandé")
    steps.wait_for(agent, "Document remis", patience=UNTIL_DELIVERED)
    agent.reads("ont été détruits", "Ce qui a été produit")
    expect(agent.main).not_to_contain_text("Il faut se présenter en personne")


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_a_card_goes_from_the_communes_counter_to_its_delivery(
    somebody: Somebody, tmp_path: Path, scripted: bool
) -> None:
    guest = somebody(scripted=scripted)
    begin(guest, "Pour moi")
    tell(guest, ADULT, document="Une carte d'identité", reason="C'est le premier document", commune="Genève")
    guest.reads("Ville de Genève", "art. 2 al. 1 RDId")
    reference = lodge(guest, "carte.commune@exemple.ch")

    clerk = seated(somebody(scripted=scripted), COMMUNE)
    opens(clerk, reference)
    acts(clerk, reference, "Enregistrer la présence", "Passeport échu ; photographie comparée.")
    takes_data(clerk, reference)
    for act in ("Accepter la photographie", "Signer la formule", "Encaisser l'émolument"):
        acts(clerk, reference, act)
    clerk.reads("L'émolument a été payé", "Passeport échu ; photographie comparée.")
    receipt = clerk.takes("Quittance", tmp_path, within="aside")
    papers.check_paper(receipt, reference, "70.00", "art. 11 al. 1 ch. 2 let. a RDId")

    approves(seated(somebody(scripted=scripted), CENTRE), reference)

    steps.wait_for(guest, "Le document vous a été remis")
    opens(clerk, reference)
    happened(
        clerk,
        (
            "La demande a été déposée",
            "La personne s'est présentée en personne",
            "La personne est adulte",
            "La photographie a été acceptée",
            "La formule est signée",
            "L'émolument a été payé",
            "le document est commandé",
            "Le document a été établi",
        ),
    )
    clerk.goes_to("/guichets/comptes/")
    clerk.reads("Ville de Genève")


def test_passport_and_card_at_the_centre_need_a_second_pair_of_eyes_and_the_old_ones_first(
    somebody: Somebody, tmp_path: Path
) -> None:
    guest = somebody()
    guest.goes_to("/identite/")
    album.picture(guest, "20-entree")
    begin(guest, "Pour moi")
    tell(guest, ADULT, document="Les deux ensemble", reason="L'ancien est échu", commune="Genève")
    guest.reads("Centre cantonal de biométrie", "art. 2 al. 3 RDId", "ancien document")
    expect(guest.page.locator("aside")).to_contain_text("148.00 CHF")
    album.picture(guest, "21-reponse")
    reference = lodge(guest, "deux.documents@exemple.ch")
    album.picture(guest, "22-deposee")
    guest.follows("Prendre rendez-vous")
    album.picture(guest, "23-rendez-vous")
    guest.page.go_back()

    lise = seated(somebody(), CENTRE)
    opens(lise, reference)
    lise.reads("Ancien document à remettre", "L'ancien document est annulé avant l'établissement du nouveau")
    acts(lise, reference, "Annuler l'ancien document", "X1234567")
    acts(lise, reference, "Enregistrer la présence", "Ancien passeport ; visage comparé.")
    album.picture(lise, "24-guichet")
    takes_data(lise, reference)
    album.picture(lise, "25-donnees")
    for act in ("Saisir les données biométriques", "Signer la formule", "Encaisser l'émolument"):
        acts(lise, reference, act)
    lise.reads("une autre personne du centre l'approuve")
    expect(lise.main.get_by_role("button", name="Commander le document")).to_be_disabled()
    album.picture(lise, "26-quatre-yeux")

    paul = seated(somebody(), SECOND_OF_THE_CENTRE)
    album.picture(paul, "27-liste")
    approves(paul, reference)
    expect(paul.page.locator("aside")).to_contain_text("Passeport : document remis")
    expect(paul.page.locator("aside")).to_contain_text("Carte d'identité : document remis")
    album.picture(paul, "28-remis")

    steps.wait_for(guest, "Le document vous a été remis")
    album.picture(guest, "29-remis")
    assert "établi" in steps.open_mail(guest, "deux.documents@exemple.ch", reference)


def test_a_child_of_separated_parents_gets_a_card_with_the_judgment_and_the_agreement(somebody: Somebody) -> None:
    parent = somebody()
    begin(parent, "Pour mon enfant mineur")
    tell(parent, CHILD, document="Les deux ensemble", reason="C'est le premier document")
    parent.chooses("Ils sont séparés")
    parent.chooses("Oui")
    parent.presses("Continuer")
    parent.reads("Apportez le jugement", "art. 6 al. 2 RDId")
    reference = lodge(parent, "parents.separes@exemple.ch")

    lise = seated(somebody(), CENTRE)
    opens(lise, reference)
    lise.reads("art. 6 al. 2 RDId")
    acts(lise, reference, "Enregistrer la présence", "Passeport de la mère ; acte de naissance.")
    lise.follows("Recueillir l'accord parental")
    expect(lise.main.get_by_label("séparés")).to_have_count(0)
    acts(lise, reference, "Enregistrer le jugement", "Tribunal civil, 12 mars 2025 : autorité parentale à la mère.")
    acts(lise, reference, "Recueillir l'accord parental", "La mère ; passeport suisse.", choice="séparés")
    takes_data(lise, reference)
    for act in ("Saisir les données biométriques", "Signer la formule", "Encaisser l'émolument"):
        acts(lise, reference, act)
    expect(lise.page.locator("aside")).to_contain_text("68.00 CHF")

    paul = seated(somebody(), SECOND_OF_THE_CENTRE)
    approves(paul, reference)
    happened(
        paul,
        (
            "La personne est mineure",
            "Le jugement sur l'autorité parentale a été produit",
            "L'accord du détenteur de l'autorité parentale a été signé",
            "Le document a été établi",
        ),
    )
