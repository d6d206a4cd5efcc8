"""A passport or an identity card from the citizen's side: the guided application, its price, its refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.documents import papers

from . import steps
from .applying import ADULT, CHILD, begin, lodge, tell
from .visitor import Visitor

pytestmark = pytest.mark.browser

Somebody: TypeAlias = Callable[..., Visitor]


def test_an_adult_s_card_is_lodged_and_paid_online_before_the_appearance(somebody: Somebody, tmp_path: Path) -> None:
    guest = somebody()
    begin(guest, "Pour moi")
    tell(guest, ADULT, document="Une carte d'identité", reason="C'est le premier document")
    guest.reads("Commune de Vandœuvres", "art. 2 al. 1 RDId", "art. 3 al. 2 RDId", "10 jours ouvrables")
    expect(guest.page.locator("aside")).to_contain_text("70.00 CHF")
    reference = lodge(guest, "helene@exemple.ch")
    guest.reads("Venez en personne", "Signez la formule")
    form = guest.takes("Formule de demande", tmp_path, within="aside")
    papers.check_paper(form, reference, "Commune de Vandœuvres", "1253 Vandœuvres", "art. 5 RDId")

    guest.follows("Payer 70.00 CHF")
    guest.presses("Payer 70.00 CHF")
    steps.pay(guest)
    steps.wait_for(guest, "L'émolument a été payé")
    steps.wait_for(guest, "Quittance", within="aside")
    receipt = guest.takes("Quittance", tmp_path, within="aside")
    papers.check_paper(receipt, reference, "70.00", "art. 11 al. 1 ch. 2 let. a RDId")

    text = steps.open_mail(guest, "helene@exemple.ch", "déposée")
    assert "Commune de Vandœuvres" in text


def test_a_child_of_separated_parents_brings_the_judgment_and_a_sibling_repeats_nothing(somebody: Somebody) -> None:
    parent = somebody()
    begin(parent, "Pour mon enfant mineur")
    tell(parent, CHILD, document="Les deux ensemble", reason="L'ancien est échu")
    parent.chooses("Ils sont séparés")
    parent.chooses("Oui")
    parent.presses("Continuer")
    parent.reads("Centre cantonal de biométrie", "Apportez le jugement", "art. 6 al. 2 RDId", "ancien document")
    expect(parent.page.locator("aside")).to_contain_text("68.00 CHF")
    expect(parent.page.locator("aside")).to_contain_text("78.00 CHF")
    lodge(parent, "parent@exemple.ch")

    parent.presses("Ajouter un autre enfant")
    parent.types({**CHILD, "Prénoms": "Sam", "Année": "2019"})
    parent.presses("Continuer")
    expect(parent.main.get_by_label("Commune de domicile")).to_have_value("6642")
    parent.presses("Continuer")
    parent.chooses("Une carte d'identité")
    parent.presses("Continuer")
    parent.chooses("C'est le premier document")
    parent.presses("Continuer")
    expect(parent.main.get_by_label("Ils sont séparés")).to_be_checked()


def test_somebody_who_is_not_swiss_is_refused_with_the_article(somebody: Somebody) -> None:
    guest = somebody()
    begin(guest, "Pour moi")
    guest.types(ADULT)
    guest.presses("Continuer")
    guest.main.get_by_label("Non", exact=True).first.check()
    guest.chooses("Dans le canton de Genève")
    guest.main.get_by_label("Commune de domicile").select_option(label="Genève")
    guest.presses("Continuer")

    guest.reads("Cette demande ne peut pas être déposée", "art. 1 RDId", "Rien n'a été payé")


def test_wrong_answers_stay_and_nothing_needs_a_script(somebody: Somebody) -> None:
    guest = somebody(scripted=False)
    begin(guest, "Pour moi")
    guest.types({**ADULT, "Mois": "13"})
    guest.presses("Continuer")

    guest.reads("Il y a un point à corriger", "le mois va de 1 à 12")
    expect(guest.main.get_by_label("Nom", exact=True)).to_have_value("Chappuis")
