"""The twenty named scenarios of payment, each through the whole office with real processes."""

from __future__ import annotations

import pytest

from guichet.payments.models import Incident, PaymentEvent
from guichet.payments.states import State

from .books import assert_books_balance
from .house import CAROLE, CONFIRMING, NOT_CHARGED, SUCCEEDED, House, first_attempt, together
from .programs import until

pytestmark = pytest.mark.processes

HISTORY = "attestation-de-residence-avec-historique"


def states(house: House, order) -> list[str]:
    return [attempt.state for attempt in house.attempts(order)]


def test_happy_the_payer_pays_comes_back_and_has_the_document_within_seconds(house: House):
    visitor, order, page = house.ordered()

    said = house.read_after(visitor, house.simulator.pay(page))
    house.reaches(order, "delivered")

    assert said == SUCCEEDED
    assert visitor.get(f"/suivi/{order.token}/document.pdf").html.startswith("%PDF-")
    assert visitor.get(f"/suivi/{order.token}/quittance.pdf").html.startswith("%PDF-")
    assert_books_balance(house)


def test_close_tab_a_payer_who_never_comes_back_is_served_by_the_notification(house: House):
    _, order, page = house.ordered()

    house.simulator.pay(page, "close")
    house.reaches(order, "delivered")

    assert_books_balance(house)


def test_no_notify_the_return_alone_serves_the_payer(house: House):
    house.simulator.switch(notify_mode="never")
    visitor, order, page = house.ordered()

    said = house.read_after(visitor, house.simulator.pay(page))
    house.reaches(order, "delivered")

    assert (said, house.simulator.notifications(order.reference)) == (SUCCEEDED, [])
    assert_books_balance(house)


def test_silent_the_mop_up_finds_a_payment_that_nobody_reported(house: House):
    house.simulator.switch(notify_mode="never")
    _, order, page = house.ordered()
    house.simulator.pay(page, "close")

    house.wait(seconds=23 * 60)
    house.reaches(order, "delivered")

    assert_books_balance(house)


def test_double_notify_a_notification_that_comes_three_times_counts_once(house: House):
    house.simulator.switch(notify_mode="duplicate", notify_copies=3)
    visitor, order, page = house.ordered()

    house.read_after(visitor, house.simulator.pay(page))
    house.reaches(order, "delivered")

    assert [len(one["tries"]) for one in house.simulator.notifications(first_attempt(order))] == [1, 1, 1]
    assert_books_balance(house)


def test_race_returns_and_notification_at_the_same_instant_count_once(house: House):
    house.simulator.hold_notifications()
    visitor, order, page = house.ordered()
    back = house.simulator.pay(page)
    tabs = [visitor.tab() for _ in range(4)]

    said = together(house.simulator.release, *(lambda tab=tab: house.read_after(tab, back) for tab in tabs))
    house.reaches(order, "delivered")

    assert SUCCEEDED in said[1:]
    assert NOT_CHARGED not in said[1:]
    assert_books_balance(house)


def test_decline_then_pay_a_second_try_on_the_same_page_is_one_payment(house: House):
    visitor, order, page = house.ordered()
    house.simulator.pay(page, "decline_retry")
    until(lambda: states(house, order) == [State.NOT_PAID], "the refusal is known")

    said = house.read_after(visitor, house.simulator.choose(page, "approve"))
    house.reaches(order, "delivered")

    assert said == SUCCEEDED
    assert_books_balance(house)


def test_abort_then_new_attempt_the_old_page_paid_later_is_released(house: House):
    visitor, order, old = house.ordered()
    house.simulator.pay(old, "decline_retry")
    until(lambda: states(house, order) == [State.NOT_PAID], "the refusal is known")
    new = house.pay_at_tracking(visitor, order).leaves_to
    house.read_after(visitor, house.simulator.pay(new))
    house.reaches(order, "delivered")

    said = house.read_after(visitor, house.simulator.choose(old, "approve"))
    until(lambda: states(house, order) == [State.VOIDED, State.CAPTURED], "the second payment is released")

    assert said == SUCCEEDED
    assert_books_balance(house)


def test_abort_a_payer_who_gives_up_reads_so_and_pays_again(house: House):
    visitor, order, page = house.ordered()

    said = house.read_after(visitor, house.simulator.pay(page, "abort"))
    again = house.pay_at_tracking(visitor, order).leaves_to

    assert said == NOT_CHARGED
    assert house.read_after(visitor, house.simulator.pay(again)) == SUCCEEDED
    house.reaches(order, "delivered")
    assert_books_balance(house)


@pytest.mark.parametrize("fault", ["reset_before", "answer_lost", "truncated_json", "firewall_503"])
def test_timeout_init_charges_nobody_and_the_next_press_opens_one_page(house: House, fault: str):
    visitor = house.visitor()
    order = house.order(visitor)
    house.simulator.script("init", fault, order=first_attempt(order))

    refused = visitor.press("Payer", accept="on")
    page = house.pay_at_tracking(visitor, order).leaves_to

    assert "Rien ne vous a été débité : vous pouvez recommencer" in refused.text
    assert house.read_after(visitor, house.simulator.pay(page)) == SUCCEEDED
    house.reaches(order, "delivered")
    assert_books_balance(house)


@pytest.mark.parametrize("fault", ["answer_lost", "truncated_json", "communication_timeout_hidden"])
def test_timeout_capture_done_although_its_answer_was_lost_is_seen_as_done(house: House, fault: str):
    visitor, order, page = house.ordered()
    house.simulator.script("capture", fault, order=first_attempt(order))

    house.read_after(visitor, house.simulator.pay(page))
    house.reaches(order, "delivered")

    assert_books_balance(house)


def test_already_captured_told_at_the_second_try_is_a_success(house: House):
    house.simulator.switch(notify_mode="never")
    visitor, order, page = house.ordered()
    house.simulator.script("capture", "answer_lost", order=first_attempt(order))
    house.simulator.script("assert", "internal_error", order=first_attempt(order), nth=2)
    said = house.read_after(visitor, house.simulator.pay(page))
    until(lambda: told_unknown(order) == 1, "the capture and the question after it went unanswered")
    assert (said, house.state(order)) == (SUCCEEDED, "validated")

    house.wait(seconds=61)
    house.reaches(order, "delivered")

    assert_books_balance(house)


def test_firewall_html_in_place_of_an_answer_is_uncertain_then_resolved(house: House):
    house.simulator.hold_notifications()
    visitor, order, page = house.ordered()
    house.simulator.script("assert", "firewall_503", order=first_attempt(order))

    said = house.read_after(visitor, house.simulator.pay(page))
    waiting = visitor.get(f"/suivi/{order.token}/")
    house.simulator.release()
    house.reaches(order, "delivered")

    assert (said, waiting.has_button("Payer")) == (CONFIRMING, False)
    assert_books_balance(house)


def test_pending_then_paid_is_confirmed_when_the_provider_knows(house: House):
    visitor, order, page = house.ordered()
    said = house.read_after(visitor, house.simulator.pay(page, "pending"))

    house.simulator.resolve(first_attempt(order), "authorised")
    house.reaches(order, "delivered")

    assert said == CONFIRMING
    assert_books_balance(house)


def test_cancel_vs_pay_a_payment_after_the_cancellation_is_released_and_told(house: House):
    visitor, order, page = house.ordered()
    house.cancels(visitor, order)
    house.wait(seconds=5)

    said = house.read_after(visitor, house.simulator.pay(page))
    until(lambda: states(house, order) == [State.VOIDED], "the money is released")

    assert (said, house.state(order)) == (NOT_CHARGED, "cancelled")
    assert house.read_after(visitor, house.attempt_address(order)) == NOT_CHARGED
    assert house.mails(order) == ["orders/payment_not_concluded"]
    assert_books_balance(house)


def test_cancel_vs_pay_a_payment_before_the_cancellation_stands_and_is_told(house: House):
    house.simulator.hold_notifications()
    visitor, order, page = house.ordered()
    house.simulator.pay(page, "close")
    house.wait(seconds=5)
    house.cancels(visitor, order)
    assert house.state(order) == "cancelled"

    house.simulator.release()
    house.reaches(order, "delivered")

    assert "orders/cancellation_overtaken" in house.mails(order)
    assert_books_balance(house)


def test_service_removed_while_paying_the_order_goes_on_and_no_new_one_begins(house: House):
    slug = "attestation-de-residence-avec-droits-civiques"
    visitor, order, page = house.ordered(slug=slug)
    house.command("catalogue", "withdraw", slug)

    said = house.read_after(visitor, house.simulator.pay(page))
    house.reaches(order, "delivered")
    refused = visitor.get(f"/prestations/{slug}/")
    house.command("catalogue", "load")

    assert (said, refused.status) == (SUCCEEDED, 410)
    assert "Les commandes déjà passées sont traitées" in refused.text
    assert_books_balance(house)


def test_terms_changed_while_paying_bind_later_orders_only(house: House):
    visitor, order, page = house.ordered()
    other = house.visitor()
    later = house.order(other)
    text = house.folder / "terms.md"
    text.write_text("# Conditions générales de vente\n\nNouvelle teneur.\n")
    house.command("terms", "publish", "office", str(text), "--edition", f"essai {house.now():%H:%M:%S.%f}")

    said = house.read_after(visitor, house.simulator.pay(page))
    refused = other.press("Payer", accept="on")

    assert (said, refused.status) == (SUCCEEDED, 422)
    assert "Une nouvelle édition des conditions vient d'être publiée" in refused.text
    back = house.simulator.pay(house.pay_at_review(other))
    assert house.read_after(other, back) == SUCCEEDED
    for one in (order, later):
        house.reaches(one, "delivered")
    assert_books_balance(house)


def test_terms_changed_before_a_second_try_are_accepted_before_it(house: House):
    visitor, order, page = house.ordered()
    house.read_after(visitor, house.simulator.pay(page, "abort"))
    text = house.folder / "terms.md"
    text.write_text("# Conditions générales de vente\n\nTeneur encore plus nouvelle.\n")
    house.command("terms", "publish", "office", str(text), "--edition", f"essai {house.now():%H:%M:%S.%f}")

    asked = house.pay_at_tracking(visitor, order)

    assert "elle doit être acceptée avant le paiement" in asked.text
    back = house.simulator.pay(house.pay_at_review(visitor))
    assert house.read_after(visitor, back) == SUCCEEDED
    house.reaches(order, "delivered")
    assert_books_balance(house)


def test_tariff_changed_while_paying_nothing_is_taken_before_the_new_price_is_agreed(house: House):
    house.wait_until(house.tariff_changes_at, minus_seconds=120)
    visitor, order, page = house.ordered(slug=HISTORY)
    assert "25.00 CHF" in house.simulator.open_page(page)[1]
    house.wait(seconds=240)
    house.dismiss_workers()

    said = house.read_after(visitor, house.simulator.pay(page))
    why = visitor.page.text
    waiting = visitor.get(f"/suivi/{order.token}/")
    asked = visitor.press("Voir le nouveau prix")
    new = house.pay_at_review(visitor)

    assert (said, states(house, order)) == (NOT_CHARGED, [State.AUTHORISED, State.OPEN])
    assert "Le prix a changé pendant que vous payiez" in why
    for told in (waiting, asked):
        assert "Le tarif a changé depuis votre commande : 30.00 CHF au lieu de 25.00 CHF" in told.text
    house.hire_all()
    until(lambda: states(house, order) == [State.VOIDED, State.OPEN], "the money is released")
    assert house.mails(order) == ["orders/payment_not_concluded"]
    assert house.read_after(visitor, house.simulator.pay(new)) == SUCCEEDED
    house.reaches(order, "delivered")
    assert house.charged(order) == [3000]
    assert_books_balance(house)


@pytest.mark.parametrize("tampered", ["tamper_amount", "tamper_currency", "tamper_order"])
def test_amount_tampered_is_held_until_an_agent_releases_it(house: House, tampered: str):
    visitor, order, page = house.ordered()
    house.simulator.script("assert", tampered, order=first_attempt(order), times=0)

    said = house.read_after(visitor, house.simulator.pay(page))
    house.settles()
    incident = Incident.objects.unresolved().get(case_reference=order.reference)
    assert (said, house.state(order), house.charged(order)) == (CONFIRMING, "submitted", [])
    assert_books_balance(house)

    carole = house.visitor(CAROLE)
    carole.get(f"/bureau/incidents/{incident.pk}/")
    carole.press("Libérer le montant")
    until(lambda: states(house, order) == [State.VOIDED], "the money is released")
    assert house.mails(order) == ["orders/payment_not_concluded"]
    assert_books_balance(house)


def test_lost_24h_an_unknown_end_calls_an_agent_and_blocks_a_second_charge(house: House):
    house.simulator.switch(notify_mode="never")
    visitor, order, page = house.ordered()
    house.simulator.script("assert", "internal_error", order=first_attempt(order), times=0)
    house.simulator.pay(page, "close")

    for number, minutes in enumerate((23, 60, 22 * 60), start=1):
        house.wait(seconds=minutes * 60)
        until(lambda n=number: told_unknown(order) == n, f"the mop-up has asked {number} times")
    house.settles()
    refused = visitor.get(f"/suivi/{order.token}/")

    assert list(Incident.objects.unresolved().of_case(order.reference).values_list("kind", flat=True)) == [
        "unknown_end"
    ]
    assert ("Ne payez pas une seconde fois" in refused.text, refused.has_button("Payer")) == (True, False)
    assert_books_balance(house)


def told_unknown(order) -> int:
    return PaymentEvent.objects.filter(case_reference=order.reference, kind="unknown").count()


def test_a_payment_page_left_open_too_long_is_replaced_by_a_new_one(house: House):
    visitor, order, old = house.ordered()
    house.wait(seconds=21 * 60)
    assert house.simulator.open_page(old)[0] == 410

    new = house.pay_at_tracking(visitor, order).leaves_to

    assert (new != old, house.read_after(visitor, house.simulator.pay(new))) == (True, SUCCEEDED)
    house.reaches(order, "delivered")
    assert_books_balance(house)


def test_double_paid_two_pages_paid_before_anybody_told_us_are_charged_once(house: House):
    visitor, order, old = house.ordered()
    house.simulator.pay(old, "decline_retry")
    until(lambda: states(house, order) == [State.NOT_PAID], "the refusal is known")
    new = house.pay_at_tracking(visitor, order).leaves_to
    house.simulator.hold_notifications()
    house.simulator.choose(old, "approve")
    back = house.simulator.pay(new)

    house.simulator.release()
    house.reaches(order, "delivered")
    until(lambda: sorted(states(house, order)) == [State.CAPTURED, State.VOIDED], "the second payment is released")

    assert house.read_after(visitor, back) == SUCCEEDED
    assert_books_balance(house)
