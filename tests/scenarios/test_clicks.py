"""Impatient and mischievous people: double clicks, reloads, the back button, two tabs, forged and replayed calls."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from guichet.casework.models import Job
from guichet.orders.models import Order
from guichet.payments.addresses import notify_url, secrets_of
from guichet.payments.models import PaymentEvent
from guichet.payments.states import State

from .books import assert_books_balance
from .house import NOT_CHARGED, RESIDENCE, SUCCEEDED, House, together
from .programs import until
from .visitor import Visitor

pytestmark = pytest.mark.processes


def test_a_double_click_on_order_begins_one_draft(house: House):
    visitor = house.visitor()
    shown = visitor.get(f"/prestations/{RESIDENCE}/")
    tabs = [visitor.tab() for _ in range(4)]

    pages = together(*(lambda tab=tab: tab.press("Commander", shown) for tab in tabs))

    assert len({page.address for page in pages}) == 1
    assert pages[0].status == 200


@pytest.mark.applies("CGV 7/1")
def test_a_double_click_on_pay_at_the_review_leads_to_one_payment_page(house: House):
    visitor = house.visitor()
    order = house.order(visitor)
    review = visitor.page
    tabs = [visitor.tab() for _ in range(4)]

    pages = together(*(lambda tab=tab: tab.press("Payer", review, accept="on") for tab in tabs))
    led = {page.leaves_to for page in pages if page.leaves_to}

    assert (len(led), len(house.attempts(order))) == (1, 1)
    assert [page.status for page in pages if not page.leaves_to and page.status != 200] == []
    assert house.read_after(visitor, house.simulator.pay(led.pop())) == SUCCEEDED
    house.reaches(order, "delivered")
    assert_books_balance(house)


def test_a_double_click_on_pay_after_a_refusal_leads_to_one_more_attempt(house: House):
    visitor, order, page = house.ordered()
    house.read_after(visitor, house.simulator.pay(page, "abort"))
    shown = visitor.get(f"/suivi/{order.token}/")
    tabs = [visitor.tab() for _ in range(4)]

    pages = together(*(lambda tab=tab: tab.press("Payer", shown) for tab in tabs))
    led = {page.leaves_to for page in pages if page.leaves_to}

    assert (len(led), len(house.attempts(order))) == (1, 2)
    house.simulator.pay(led.pop())
    house.reaches(order, "delivered")
    assert_books_balance(house)


def test_a_double_click_on_cancel_cancels_once_and_shows_the_order(house: House):
    visitor, order, _ = house.ordered()
    shown = visitor.get(f"/commande/{order.token}/annuler/")
    tabs = [visitor.tab() for _ in range(3)]

    pages = together(*(lambda tab=tab: tab.press("Annuler la commande", shown) for tab in tabs))

    assert [(page.status, f"Commande {order.reference} annulée" in page.text) for page in pages] == [(200, True)] * 3
    assert_books_balance(house)


def test_the_back_button_changes_nothing_of_a_delivered_order(house: House):
    visitor = house.visitor()
    order = house.order(visitor)
    review = visitor.page
    filled = visitor.get(f"/commande/{order.token}/livraison/")
    page = house.pay_at_review(visitor, review)
    asked = visitor.get(f"/commande/{order.token}/annuler/")
    submitted = visitor.get(f"/suivi/{order.token}/")
    back = house.simulator.pay(page)
    house.read_after(visitor, back)
    house.reaches(order, "delivered")

    again = [
        visitor.press("Continuer", filled),
        visitor.press("Payer", review, accept="on"),
        visitor.press("Payer", submitted),
    ]
    refused = visitor.press("Annuler la commande", asked)

    assert [page.address for page in again] == [f"/suivi/{order.token}/"] * 3
    assert (refused.status, house.state(order)) == (409, "delivered")
    assert house.read_after(visitor, back) == SUCCEEDED
    assert_books_balance(house)


def test_two_tabs_order_two_documents_that_do_not_mix(house: House):
    visitor = house.visitor()
    tabs = [visitor.tab(), visitor.tab()]
    orders = [house.order(tab) for tab in tabs]
    pages = [house.pay_at_review(tab) for tab in tabs]

    backs = together(*(lambda page=page: house.simulator.pay(page) for page in pages))
    said = together(
        *(lambda tab=tab, back=back: house.read_after(tab, back) for tab, back in zip(tabs, backs, strict=True))
    )

    assert said == [SUCCEEDED, SUCCEEDED]
    for order in orders:
        house.reaches(order, "delivered")
    assert_books_balance(house)


def test_two_tabs_on_one_order_pay_what_the_last_saved_step_says(house: House):
    visitor = house.visitor()
    order = house.order(visitor)
    tab = visitor.tab()
    tab.get(f"/commande/{order.token}/livraison/")
    by_post = {"street": "Rue du Lac", "house_number": "3", "postcode": "1207", "town": "Genève"}
    tab.press("Continuer", delivery="post", postage="b_standard", **by_post)

    page = house.pay_at_review(visitor)
    said = house.read_after(visitor, house.simulator.pay(page))
    house.reaches(order, "issued")

    assert (said, Order.objects.get(pk=order.pk).delivery) == (SUCCEEDED, "post")
    assert_books_balance(house)


def test_reloading_the_return_says_the_same_and_asks_the_provider_no_more(house: House):
    visitor, order, page = house.ordered()
    back = house.simulator.pay(page)
    said = {house.read_after(visitor, back)}
    house.reaches(order, "delivered")
    asked = len(house.simulator.calls("assert"))

    said |= {house.read_after(Visitor(house.site), back) for _ in range(8)}

    assert (said, len(house.simulator.calls("assert"))) == ({SUCCEEDED}, asked)
    assert_books_balance(house)


def test_replayed_notifications_of_an_old_payment_change_nothing(house: House):
    visitor, order, page = house.ordered()
    house.read_after(visitor, house.simulator.pay(page))
    house.reaches(order, "delivered")
    secrets = secrets_of(house.attempts(order)[0].pk)
    told = PaymentEvent.objects.filter(case_reference=order.reference).count()

    answers = [Visitor(house.site).get(notify_url(secrets, ending)).status for ending in "sfsf"]

    assert answers == [200] * 4
    house.settles()
    assert PaymentEvent.objects.filter(case_reference=order.reference).count() == told
    assert_books_balance(house)


def test_a_success_notified_of_a_refused_payment_is_not_believed(house: House):
    visitor, order, page = house.ordered()
    said = house.read_after(visitor, house.simulator.pay(page, "decline"))
    secrets = secrets_of(house.attempts(order)[0].pk)

    Visitor(house.site).get(notify_url(secrets, "s"))
    house.settles()

    assert (said, house.attempts(order)[0].state, house.state(order)) == (NOT_CHARGED, State.NOT_PAID, "submitted")
    assert_books_balance(house)


def test_forged_addresses_learn_nothing_and_leave_no_work(house: House):
    house.settles()
    stranger, jobs = Visitor(house.site), Job.objects.count()
    forged = "0123456789abcdef" * 2

    notified = stranger.get(f"/paiement/avis/{forged}/s")
    returned = stranger.get(f"/paiement/retour/{forged}")
    tracked = stranger.get(f"/suivi/{forged}/")

    assert (notified.status, notified.html) == (200, "OK")
    assert [page.status for page in (returned, tracked)] == [404, 404]
    assert "Traceback" not in returned.html + tracked.html
    assert Job.objects.count() <= jobs + 1  # the round of the mop-up may have come


def test_cancelling_and_paying_at_the_same_instant_ends_one_way_or_the_other(house: House):
    ends = []
    for _ in range(6):
        visitor, order, page = house.ordered()
        visitor.get(f"/commande/{order.token}/annuler/")
        back, _ = together(
            lambda page=page: house.simulator.pay(page),
            lambda visitor=visitor: visitor.press("Annuler la commande"),
        )
        Visitor(house.site).get(back)
        until(lambda o=order: is_over(house, o), f"{order} ends one way or the other")
        ends.append((house.state(order), house.charged(order)))

    assert [end for end in ends if end not in (("cancelled", []), ("delivered", [2500]))] == []
    assert_books_balance(house)


def is_over(house: House, order: Order) -> bool:
    attempt = house.attempts(order)[0].state
    return (house.state(order), attempt) in (("delivered", State.CAPTURED), ("cancelled", State.VOIDED))


def test_the_page_of_the_return_names_nobody(house: House):
    visitor, order, page = house.ordered()
    back = house.simulator.pay(page)

    shown = Visitor(house.site).get(urlsplit(back).path)

    assert [word for word in ("Rochat", "Amélie", "amelie@exemple.ch") if word in shown.text] == []
    assert f"/suivi/{order.token}/" in shown.html
    house.reaches(order, "delivered")
    assert_books_balance(house)


def test_an_order_taken_back_is_not_charged_by_its_old_payment_page(house: House):
    visitor, order, page = house.ordered()
    visitor.get(f"/suivi/{order.token}/")
    visitor.press("Modifier la commande")

    said = house.read_after(visitor, house.simulator.pay(page))
    until(lambda: house.attempts(order)[0].state == State.VOIDED, "the money is released")

    assert (said, house.state(order)) == (NOT_CHARGED, "draft")
    visitor.get(f"/commande/{order.token}/verification/")
    back = house.simulator.pay(house.pay_at_review(visitor))
    assert house.read_after(visitor, back) == SUCCEEDED
    house.reaches(order, "delivered")
    assert_books_balance(house)
