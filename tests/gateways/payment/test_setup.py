"""The configuration: what is checked before anyone can pay, and the table of means of the terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from guichet.gateways.payment import check, configured, means
from guichet.gateways.payment.port import StartFailed
from guichet.gateways.payment.simulator.control import Simulator

from .builders import a_request, an_adapter


@pytest.fixture(autouse=True)
def fresh_provider() -> Iterator[None]:
    configured.provider.cache_clear()
    yield
    configured.provider.cache_clear()


def _problems(simulator: Simulator, **changes: Any) -> list[str]:
    adapter = an_adapter(simulator.base_url, **changes)
    found = adapter.check_setup()
    adapter.close()
    return found


def test_the_configured_provider_is_ready_when_the_terminal_takes_the_means(
    simulator: Simulator, settings: Any
) -> None:
    settings.PAYMENT = settings.PAYMENT | {"base_url": simulator.base_url}

    problems = check.problems()

    configured.provider().close()  # type: ignore[attr-defined] # the adapter behind the port
    assert problems == []


def test_an_unsafe_address_is_refused_at_configuration(settings: Any) -> None:
    settings.PAYMENT = settings.PAYMENT | {"base_url": "http://provider.example/api"}

    with pytest.raises(ImproperlyConfigured):
        configured.provider()

    assert "https" in check.problems()[0]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"customer_id": "abc"}, "numéro de client"),
        ({"terminal_id": "123"}, "terminal"),
        ({"password": ""}, "mot de passe"),
        ({"means": ()}, "Aucun moyen"),
        ({"means": ("VISA", "TWINT")}, "TWINT"),
        ({"password": "wrong"}, "identifiants"),
        ({"terminal_id": "99999999"}, "terminal"),
    ],
)
def test_each_fault_of_the_configuration_is_told_in_french(
    simulator: Simulator, changes: dict[str, Any], word: str
) -> None:
    problems = _problems(simulator, **changes)

    simulator.clear_violations()
    assert len(problems) == 1 and word in problems[0]


def test_a_means_that_the_terminal_does_not_take_is_named(simulator: Simulator) -> None:
    simulator.switch(terminal_means=["VISA", "MASTERCARD"])

    assert _problems(simulator) == ["Le terminal de paiement n’accepte pas PostFinance Pay en francs suisses."]


def test_a_terminal_in_another_currency_takes_nothing_for_us(simulator: Simulator) -> None:
    simulator.switch(terminal_currency="EUR")

    assert len(_problems(simulator)) == 3


def test_a_provider_that_does_not_answer_is_one_problem_not_an_error(simulator: Simulator) -> None:
    simulator.script("terminal", "firewall_503")

    assert _problems(simulator) == ["Le prestataire de paiement ne répond pas comme prévu (not_json)."]


def test_without_any_means_nothing_is_started(simulator: Simulator) -> None:
    adapter = an_adapter(simulator.base_url, means=())

    with pytest.raises(StartFailed) as failed:
        adapter.start(a_request())

    adapter.close()
    assert failed.value.refused
    assert simulator.calls() == []


def test_the_terms_name_three_means_and_postcard_is_postfinance_pay() -> None:
    named = {one.code: one.named for one in means.known()}

    assert named == {"VISA": "VISA", "MASTERCARD": "Mastercard", "POSTFINANCEPAY": "Postcard"}
    assert means.accepted(date(2026, 11, 22)) == means.current() == set(named)


def test_no_means_is_accepted_before_the_first_known_edition_of_the_terms() -> None:
    assert means.accepted(date(2024, 9, 30)) == frozenset()
    assert means.accepted(date(2024, 10, 1)) == means.current()


@pytest.mark.parametrize(("code", "label"), [("POSTFINANCEPAY", "PostFinance Pay"), ("TWINT", "TWINT")])
def test_a_means_is_shown_by_the_name_people_know(code: str, label: str) -> None:
    assert means.label(code) == label
