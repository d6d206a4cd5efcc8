"""The payer's page by plain forms: its states, its two languages, and that it sends nobody anywhere but back."""

from __future__ import annotations

import http.client
import threading
from urllib.parse import urlsplit

import pytest

from guichet.gateways.payment.port import Authorised, NotStarted
from guichet.gateways.payment.saferpay import Saferpay
from guichet.gateways.payment.simulator.control import Simulator
from guichet.gateways.payment.simulator.words import WORDS

from .builders import an_opened_page


def test_the_page_is_marked_as_a_simulator_and_names_what_is_paid(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter, description="Attestation <de résidence>")

    status, text = simulator.open_page(opened.page.address)

    assert status == 200
    assert "Simulateur de paiement" in text and "aucun argent n’est débité" in text
    assert "Payer 25.00 CHF" in text and opened.reference in text
    assert "Attestation &lt;de résidence&gt;" in text


def test_the_page_asks_for_no_card_number_and_holds_no_script(simulator: Simulator, adapter: Saferpay) -> None:
    text = simulator.open_page(an_opened_page(adapter).page.address)[1]

    types = {part.split('"')[0] for part in text.split('type="')[1:]}
    assert types == {"radio"}
    assert "<script" not in text and "style=" not in text


@pytest.mark.parametrize(
    ("language", "expected"), [("fr", "Annuler et revenir"), ("en", "Cancel and go back"), ("de", "Cancel and go back")]
)
def test_the_page_speaks_the_language_asked_for_or_english(
    simulator: Simulator, adapter: Saferpay, language: str, expected: str
) -> None:
    text = simulator.open_page(an_opened_page(adapter, language=language).page.address)[1]

    assert expected in text


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["fr"].keys() == WORDS["en"].keys()


@pytest.mark.parametrize("outcome", ["approve", "approve_no_shift", "decline", "abort", "pending"])
def test_every_end_goes_back_to_the_one_address_without_a_result_in_it(
    simulator: Simulator, adapter: Saferpay, outcome: str
) -> None:
    opened = an_opened_page(adapter)

    assert simulator.pay(opened.page.address, outcome) == "http://127.0.0.1:9/paiement/retour/r"


def test_a_closed_tab_has_paid_without_going_back(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter)

    back = simulator.pay(opened.page.address, "close")

    assert back == ""
    assert isinstance(opened.observe(), Authorised)


def test_an_expired_page_takes_no_money_any_more(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter)
    simulator.clock(1201)

    status, text = simulator.open_page(opened.page.address)
    back = simulator.choose(opened.page.address, "approve")

    assert status == 410 and WORDS["fr"]["expired_title"] in text
    assert (back, opened.observe()) == ("", NotStarted())


def test_a_page_that_has_served_takes_no_money_twice(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter)
    simulator.pay(opened.page.address)

    status, _ = simulator.open_page(opened.page.address)
    back = simulator.choose(opened.page.address, "abort")

    assert (status, back) == (409, "")
    assert isinstance(opened.observe(), Authorised)


def test_two_tabs_that_pay_at_once_pay_once(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter)
    simulator.open_page(opened.page.address)
    backs: list[str] = []

    tabs = [
        threading.Thread(target=lambda: backs.append(simulator.choose(opened.page.address, "approve")))
        for _ in range(6)
    ]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    assert sorted(backs) == [""] * 5 + ["http://127.0.0.1:9/paiement/retour/r"]
    assert len(simulator.transactions(opened.reference)) == len(simulator.notifications(opened.reference)) == 1


@pytest.mark.parametrize(("outcome", "means"), [("steal", "VISA"), ("approve", "TWINT"), ("", "")])
def test_a_choice_that_is_not_offered_changes_nothing(
    simulator: Simulator, adapter: Saferpay, outcome: str, means: str
) -> None:
    opened = an_opened_page(adapter)
    simulator.open_page(opened.page.address)

    back = simulator.choose(opened.page.address, outcome, means)

    assert (back, opened.observe()) == ("", NotStarted())


def test_a_page_of_nobody_is_not_found(simulator: Simulator, adapter: Saferpay) -> None:
    address = an_opened_page(adapter).page.address

    unknown = simulator.open_page(address[:-5] + "aaaaa")[0]
    foreign = simulator.open_page(address.replace("/17791544/", "/17791545/"))[0]

    assert (unknown, foreign) == (404, 404)


def test_the_page_is_neither_kept_nor_framed_and_posts_only_here_and_back(
    simulator: Simulator, adapter: Saferpay
) -> None:
    parts = urlsplit(an_opened_page(adapter).page.address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", parts.path)
    answer = connection.getresponse()
    answer.read()
    connection.close()

    policy = answer.getheader("Content-Security-Policy", "")

    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("Referrer-Policy") == "no-referrer"
    assert policy.startswith("default-src 'none'; ") and "form-action 'self' http://127.0.0.1:9;" in policy
