"""The payer's return and the provider's notifications, through the browser's door."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.template.loader import get_template
from django.test import Client

from guichet.casework.models import Job
from guichet.gateways.payment.port import Captured, Declined, InProgress
from guichet.kit import clock
from guichet.payments.addresses import secrets_of
from guichet.payments.models import Incident
from guichet.payments.operations import resolve_incident
from guichet.payments.operations.asking import ORDER_RELEASE
from guichet.payments.outcome import Outcome, outcome_of
from guichet.payments.states import State
from guichet.payments.web.portal import RETURNS_A_MINUTE, sentence_for

from . import urls
from .builders import CAROLE, NOON, a_collected_payment, a_counter, an_open_page, later

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.payments.urls")]

SUCCEEDED = "Votre paiement a réussi"
NOT_CHARGED = "Le paiement n'a pas abouti"
CONFIRMING = "Votre paiement est en cours de confirmation"


@pytest.fixture
def at():
    """The minute at which the requests of a test arrive."""
    with patch.object(clock, "now", return_value=later(minutes=2)) as now:
        yield now


def comes_back(counter, attempt, client: Client | None = None):
    urls.WIRING.update(counter.wiring)
    return (client or Client()).get(f"/paiement/retour/{secrets_of(attempt.pk).back}")


def text(response) -> str:
    return response.content.decode().replace("&#x27;", "'")


def says(response) -> list[str]:
    """Which of the three sentences the page says."""
    return [sentence for sentence in (SUCCEEDED, NOT_CHARGED, CONFIRMING) if f">{sentence}</h1>" in text(response)]


def test_a_payer_who_paid_reads_that_the_payment_succeeded(at):
    counter, attempt = an_open_page()
    counter.pays(attempt, later(minutes=1))

    response = comes_back(counter, attempt)

    assert (says(response), len(counter.told("payment_validated"))) == ([SUCCEEDED], 1)


def test_a_payer_who_was_declined_reads_that_nothing_was_charged(at):
    counter, attempt = an_open_page()
    counter.says(attempt, Declined("TRANSACTION_DECLINED"))

    response = comes_back(counter, attempt)

    assert says(response) == [NOT_CHARGED]
    assert "Rien ne vous a été débité" in text(response)


@pytest.mark.parametrize("deaf", [True, False])
def test_a_payer_whose_payment_is_uncertain_reads_not_to_pay_twice(at, deaf):
    counter, attempt = an_open_page()
    counter.says(attempt, InProgress())
    counter.provider.deaf_to = {"observe"} if deaf else set()

    response = comes_back(counter, attempt)

    assert says(response) == [CONFIRMING]
    assert "Ne payez pas une seconde fois" in text(response)


def test_a_held_payment_is_never_called_a_success(at):
    counter, attempt = an_open_page()
    counter.pays(attempt, means="TWINT")

    assert says(comes_back(counter, attempt)) == [CONFIRMING]


def test_the_return_page_says_the_same_on_reload_and_in_another_browser(at):
    counter, attempt = an_open_page()
    counter.pays(attempt)

    pages = [says(comes_back(counter, attempt, Client())) for _ in range(3)]

    assert pages == [[SUCCEEDED]] * 3
    assert counter.provider.asked("observe") == 1


def test_a_declined_attempt_of_a_case_paid_by_another_reads_success(at):
    counter, old = an_open_page()
    counter.says(old, Declined("TRANSACTION_DECLINED"))
    counter.settle(old)
    new = counter.press_pay(later(minutes=1))
    counter.pays(new, later(minutes=1))
    counter.settle(new, later(minutes=1))

    assert says(comes_back(counter, old)) == [SUCCEEDED]


def test_the_return_page_is_neither_stored_nor_told_to_other_sites(at):
    counter, attempt = an_open_page()

    response = comes_back(counter, attempt)

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_the_return_page_shows_no_reference_of_the_case(at):
    counter, attempt = an_open_page()
    counter.pays(attempt)

    page = text(comes_back(counter, attempt))

    assert "/suivi/exemple/" in page
    assert not [word for word in (counter.reference, attempt.reference, attempt.token) if word in page]


def test_a_return_address_loaded_again_and_again_asks_nobody_and_promises_nothing(at):
    counter, attempt = an_open_page()
    counter.says(attempt, Declined("TRANSACTION_DECLINED"))
    for _ in range(RETURNS_A_MINUTE):
        comes_back(counter, attempt)
    asked = counter.provider.asked("observe")

    response = comes_back(counter, attempt)

    assert (says(response), counter.provider.asked("observe")) == ([CONFIRMING], asked)


def test_an_invented_return_address_is_not_found(at):
    counter = a_counter()
    urls.WIRING.update(counter.wiring)

    assert Client().get("/paiement/retour/00000000000000000000000000000000").status_code == 404


def test_the_return_address_accepts_no_post(at):
    counter, attempt = an_open_page()
    urls.WIRING.update(counter.wiring)

    assert Client().post(f"/paiement/retour/{secrets_of(attempt.pk).back}").status_code == 405


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("ending", ["s", "f"])
def test_a_notification_only_records_the_wish_to_ask(at, method, ending):
    counter, attempt = an_open_page()
    urls.WIRING.update(counter.wiring)

    response = getattr(Client(), method)(f"/paiement/avis/{secrets_of(attempt.pk).notify}/{ending}")

    assert (response.status_code, counter.provider.asked("observe")) == (200, 0)
    assert Job.objects.get().args == [str(attempt.pk), "notification"]


def test_three_notifications_make_one_wish(at):
    counter, attempt = an_open_page()
    counter.pays(attempt)
    urls.WIRING.update(counter.wiring)
    for ending in "ssf":
        Client().get(f"/paiement/avis/{secrets_of(attempt.pk).notify}/{ending}")

    counter.work()

    assert (counter.provider.asked("observe"), len(counter.told("payment_collected"))) == (1, 1)


def test_a_forged_notification_learns_nothing_and_changes_nothing(at):
    counter, attempt = an_open_page()
    urls.WIRING.update(counter.wiring)
    real = Client().get(f"/paiement/avis/{secrets_of(attempt.pk).notify}/s")

    forged = Client().get("/paiement/avis/00000000000000000000000000000000/s")

    assert (forged.status_code, forged.content) == (real.status_code, real.content)
    assert Job.objects.count() == 1


def test_every_outcome_leads_to_one_of_three_sentences():
    names = {sentence_for(outcome) for outcome in Outcome}

    assert names == {Outcome.SUCCEEDED, Outcome.NOT_CHARGED, Outcome.CONFIRMING}
    assert all(get_template(f"payments/outcome/{name}.html") for name in names)


def test_a_case_without_any_attempt_has_no_outcome_yet():
    assert outcome_of("CMD-00000000-0") == Outcome.NONE


def test_a_page_left_open_can_be_resumed():
    counter, _ = an_open_page()

    assert outcome_of(counter.reference) == Outcome.RESUMABLE


@pytest.mark.parametrize(
    ("meanwhile", "paid", "told"),
    [
        ({"digest": "quote-2"}, {}, "Le prix a changé pendant que vous payiez"),
        ({"cancelled_at": NOON}, {}, "La démarche était annulée avant ce paiement"),
        ({"payable": False}, {}, "La démarche n'était plus à payer sous cette forme"),
        ({}, {"liability_shift": False}, "La banque n'a pas pu s'assurer que c'était bien vous"),
    ],
    ids=["price changed", "cancelled", "taken back", "bank not liable"],
)
def test_whose_reservation_is_released_reads_at_once_that_nothing_is_charged_and_why(at, meanwhile, paid, told):
    counter, attempt = an_open_page()
    for name, value in meanwhile.items():
        setattr(counter.shelf, name, value)
    counter.pays(attempt, later(minutes=1), **paid)

    before = comes_back(counter, attempt)
    counter.work(later(minutes=2))
    after = comes_back(counter, attempt)

    assert [says(page) for page in (before, after)] == [[NOT_CHARGED]] * 2
    assert all(told in text(page) and "Rien ne vous a été débité" in text(page) for page in (before, after))


def test_who_paid_the_former_price_beside_an_open_page_of_the_new_one_reads_that_nothing_is_charged(at):
    counter, former = an_open_page()
    counter.shelf.digest, counter.shelf.lines = "quote-2", counter.shelf.lines[:1]
    counter.press_pay(later(minutes=1))
    counter.pays(former, later(minutes=1))

    assert says(comes_back(counter, former)) == [NOT_CHARGED]


def test_who_paid_twice_reads_that_only_one_payment_is_taken(at):
    counter, old = an_open_page()
    counter.says(old, Declined("TRANSACTION_DECLINED"))
    counter.settle(old)
    new = counter.press_pay(later(minutes=1))
    counter.pays(new, later(minutes=1))
    counter.settle(new, later(minutes=1))
    counter.pays(old, later(minutes=2))

    second, first = comes_back(counter, old), comes_back(counter, new)

    assert [says(page) for page in (second, first)] == [[SUCCEEDED]] * 2
    assert ["vous n'êtes débité qu'une fois" in text(page) for page in (second, first)] == [True, False]


def test_who_comes_back_once_an_agent_ordered_the_release_reads_that_nothing_is_charged(at):
    counter, attempt = an_open_page()
    counter.pays(attempt, order_id="CMD999")
    counter.settle(attempt)
    incident = Incident.objects.get(case_reference=counter.reference)
    resolve_incident(incident.pk, resolution=ORDER_RELEASE, actor=CAROLE, at=later(minutes=1), wiring=counter.wiring)

    page = comes_back(counter, attempt)

    assert (says(page), "un agent a fait libérer le montant" in text(page)) == ([NOT_CHARGED], True)


def test_money_collected_although_it_was_to_be_released_is_never_said_not_to_be_charged(at):
    counter, attempt = an_open_page()
    counter.shelf.payable = False
    counter.pays(attempt)
    counter.settle(attempt)
    counter.says(attempt, Captured(counter.provider.pages[attempt.reference].seen.facts))
    counter.provider.deaf_to = {"void"}
    counter.work()

    assert says(comes_back(counter, attempt)) == [CONFIRMING]


def test_a_collected_payment_is_a_success_for_ever():
    counter, attempt = a_collected_payment()
    counter.says(attempt, Captured(counter.provider.pages[attempt.reference].seen.facts))

    assert (outcome_of(counter.reference), attempt.state) == (Outcome.SUCCEEDED, State.CAPTURED)
