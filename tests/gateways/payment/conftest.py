"""One simulator process for the room, made new before each test; every test must leave it without violations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from guichet.gateways.payment.saferpay import Saferpay
from guichet.gateways.payment.simulator.control import Simulator

from .builders import Merchant, an_adapter


@pytest.fixture(scope="session")
def running() -> Iterator[Simulator]:
    with Simulator.start() as simulator:
        yield simulator


@pytest.fixture
def simulator(running: Simulator) -> Iterator[Simulator]:
    """The provider; what we do against its rules fails the test, unless the test clears it as wanted."""
    running.reset()
    yield running
    assert running.violations() == []


@pytest.fixture
def adapter(simulator: Simulator) -> Iterator[Saferpay]:
    made = an_adapter(simulator.base_url)
    yield made
    made.close()


@pytest.fixture
def merchant() -> Iterator[Merchant]:
    made = Merchant()
    yield made
    made.stop()
