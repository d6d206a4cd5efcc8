"""Payments that fail, orders that are cancelled, and the same order placed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from . import steps
from .test_guest import ADDRESS, HELENE
from .visitor import Visitor

pytestmark = pytest.mark.browser

Somebody: TypeAlias = Callable[..., Visitor]


def at_the_provider(guest: Visitor) -> None:
    """Fill in everything, and stand on the provider's page."""
    steps.begin(guest)
    guest.chooses("Pour moi")
    guest.types({**HELENE, "Adresse électronique": "helene@exemple.ch"})
    guest.presses("Continuer")
    guest.types(ADDRESS)
    guest.presses("Continuer")
    steps.accept_and_go_to_payment(guest)


def decline(guest: Visitor) -> None:
    """Let the bank refuse, on the provider's page."""
    guest.main.locator("summary").click()
    guest.presses("Refuser le paiement")
    guest.reads("Le paiement n'a pas abouti", "Rien ne vous a été débité")
    guest.follows("Suivre ma démarche")


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_after_a_declined_and_an_aborted_payment_the_third_attempt_pays(somebody: Somebody, scripted: bool) -> None:
    guest = somebody(scripted=scripted)
    at_the_provider(guest)

    decline(guest)
    guest.reads("attend votre paiement")
    guest.presses("Payer")
    guest.presses("Annuler et revenir")
    guest.reads("Le paiement n'a pas abouti")
    guest.follows("Suivre ma démarche")
    guest.presses("Payer")
    steps.pay(guest)

    steps.wait_for(guest, "Commande payée")
    guest.reads("elle ne peut plus être annulée")
    guest.page.get_by_role("link", name="Quittance").first.wait_for()


def test_an_unpaid_order_is_cancelled_and_its_data_serve_for_another(somebody: Somebody) -> None:
    guest = somebody()
    at_the_provider(guest)
    guest.presses("Annuler et revenir")
    guest.follows("Suivre ma démarche")
    first = steps.reference(guest)

    guest.follows("Annuler la commande")
    guest.follows("Garder ma commande")
    guest.follows("Annuler la commande")
    guest.presses("Annuler la commande")
    guest.reads("annulée", "rien n'est dû")
    guest.presses("Commander à nouveau avec ces données")

    guest.reads("Vérifiez avant de payer", "Hélène Chappuis", "1253 Vandœuvres")
    assert steps.reference(guest) != first


def test_a_submitted_order_can_be_changed_before_it_is_paid(somebody: Somebody) -> None:
    guest = somebody()
    at_the_provider(guest)
    guest.presses("Annuler et revenir")
    guest.follows("Suivre ma démarche")

    guest.presses("Modifier la commande")
    guest.follows("modifier : Courrier")
    guest.chooses("Courrier A")
    guest.presses("Continuer")

    guest.reads("Courrier A, lettre standard", "Payer 26.10 CHF")


def test_the_provider_s_page_used_twice_tells_what_became_of_the_payment(somebody: Somebody) -> None:
    guest = somebody()
    at_the_provider(guest)
    provider = guest.page.url
    decline(guest)

    guest.hears("status of 409")
    guest.page.goto(provider)

    guest.reads("Cette page a déjà servi")
