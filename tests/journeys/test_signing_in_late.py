"""A session that ends in the middle, a draft begun without account, and an account that becomes verified."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from . import steps
from .test_guest import ADDRESS
from .visitor import Visitor

pytestmark = pytest.mark.browser

Somebody: TypeAlias = Callable[..., Visitor]


def test_what_was_typed_when_the_session_had_ended_comes_back_after_signing_in(somebody: Somebody) -> None:
    joao = somebody()
    joao.goes_to("/compte/connexion/")
    steps.sign_in(joao, "joao@exemple.ch")
    steps.begin(joao)
    joao.presses("Continuer")
    joao.chooses("Par la poste")
    joao.types(ADDRESS)

    joao.context.clear_cookies(name="sessionid")
    joao.presses("Continuer")
    joao.reads("Se connecter")
    steps.sign_in(joao, "joao@exemple.ch")

    joao.reads("Comment voulez-vous recevoir le document")
    expect(joao.main.get_by_label("Rue", exact=True)).to_have_value(ADDRESS["Rue"])
    expect(joao.main.get_by_label("Par la poste")).to_be_checked()
    joao.presses("Continuer")
    joao.reads("Vérifiez avant de payer", "Vandœuvres")


def test_a_draft_begun_without_account_goes_on_in_the_account(somebody: Somebody) -> None:
    zoe = somebody()
    steps.begin(zoe)
    draft = zoe.page.url
    number = steps.reference(zoe)

    zoe.follows("Connectez-vous")
    steps.sign_in(zoe, "zoe@exemple.ch")
    assert zoe.page.url == draft
    zoe.presses("La continuer depuis mon compte")

    zoe.reads("Le document portera votre nom", "Zoé Krasniqi", number)


def test_the_code_of_the_letter_makes_a_simple_account_a_verified_one(somebody: Somebody) -> None:
    noemie = somebody()
    noemie.goes_to("/compte/connexion/")
    steps.sign_in(noemie, "noemie@exemple.ch")
    noemie.reads("Votre compte est simple")
    noemie.follows("Faire vérifier mon compte")
    noemie.types({"Nom et prénoms officiels": "Chappuis Noémie", "Jour": "19", "Mois": "7", "Année": "1980"})
    noemie.presses("Demander la lettre")

    letter = steps.open_mail(noemie, "", "Votre code pour vérifier le compte")
    code = steps.CODE.findall(letter)[0]
    noemie.goes_to("/compte/verification/code/")
    noemie.types({"Code de la lettre": code})
    noemie.presses("Vérifier mon compte")

    noemie.reads("Votre compte est vérifié")
    steps.begin(noemie)
    noemie.reads("Noémie Chappuis", "remplie")
