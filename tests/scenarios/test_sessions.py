"""The session ends at any step of an order: sign in again, find what was typed, go on."""

from __future__ import annotations

import pytest

from guichet.people.models import Session

from .books import assert_books_balance
from .house import SUCCEEDED, House
from .visitor import Page, Visitor

pytestmark = pytest.mark.processes


def session_ends(visitor: Visitor) -> None:
    """As after eight hours: the row is gone, the browser still shows its cookie."""
    assert Session.objects.filter(pk=visitor.cookies["sessionid"]).delete()[0] == 1


def signed_in_anew(house: House, visitor: Visitor) -> Page:
    """The sign-in page came instead; after it, the page where the person was."""
    assert visitor.page.address.startswith("/compte/connexion/"), visitor.page.address
    return house.sign_in(visitor)


def a_visitor_alone(house: House) -> Visitor:
    """A browser with a session that no other test uses."""
    visitor = Visitor(house.site)
    visitor.get("/compte/connexion/")
    house.sign_in(visitor)
    return visitor


def test_what_was_typed_survives_the_end_of_the_session_at_every_step(house: House):
    visitor = a_visitor_alone(house)
    visitor.get("/prestations/attestation-de-residence/")
    visitor.press("Commander")
    session_ends(visitor)
    visitor.press("Continuer", email="autre@exemple.ch")
    person = signed_in_anew(house, visitor)
    assert person.form("Continuer").values["email"] == ["autre@exemple.ch"]

    visitor.press("Continuer")
    session_ends(visitor)
    visitor.press("Continuer", delivery="download")
    delivery = signed_in_anew(house, visitor)
    assert delivery.form("Continuer").values["delivery"] == ["download"]

    visitor.press("Continuer")
    session_ends(visitor)
    visitor.press("Payer", accept="on")
    review = signed_in_anew(house, visitor)
    assert review.form("Payer").values["accept"] == ["on"]

    back = house.simulator.pay(visitor.press("Payer").leaves_to)
    assert house.read_after(visitor, back) == SUCCEEDED
    house.settles()
    assert_books_balance(house)


@pytest.mark.parametrize(
    ("button", "page"),
    [("Payer", "suivi/{}/"), ("Modifier la commande", "suivi/{}/"), ("Annuler la commande", "commande/{}/annuler/")],
)
def test_a_button_pressed_after_the_end_of_the_session_leads_back_to_its_page(house: House, button: str, page: str):
    visitor = a_visitor_alone(house)
    _, order, _ = house.ordered(visitor)
    address = f"/{page.format(order.token)}"
    visitor.get(address)
    session_ends(visitor)

    visitor.press(button)
    shown = signed_in_anew(house, visitor)

    assert (shown.status, shown.address, shown.has_button(button)) == (200, address, True)
    assert house.state(order) == "submitted"
    assert_books_balance(house)


def test_a_payer_whose_session_ended_at_the_provider_still_reads_the_outcome(house: House):
    visitor = a_visitor_alone(house)
    _, order, page = house.ordered(visitor)
    session_ends(visitor)

    said = house.read_after(visitor, house.simulator.pay(page))
    house.reaches(order, "delivered")

    assert said == SUCCEEDED
    visitor.get(f"/suivi/{order.token}/")
    assert "Votre document est prêt" in signed_in_anew(house, visitor).text
    assert_books_balance(house)
