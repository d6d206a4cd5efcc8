"""The adapter against the simulator, over the socket."""

from __future__ import annotations

import json
import socket
import threading
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from guichet.gateways.production.adapter import HttpProduction, Setup
from guichet.gateways.production.port import DocumentOrder, NotHeard, Stage, Told
from guichet.gateways.production.simulator import TOKEN, Server, World

ORDER = DocumentOrder("PID-1-P1", "passport", {"name": "Amélie Rochat"}, ("Rue 1",), {"photo": b"\x00\xff"})


@pytest.fixture
def simulator() -> Iterator[Server]:
    server = Server(World(), has_control=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def adapter(server: Server, **more: Any) -> HttpProduction:
    return HttpProduction(Setup(server.origin, more.pop("token", TOKEN), **more))


def planned(server: Server, **plan: str) -> None:
    body = json.dumps({"document": "passport", **plan}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{server.origin}/_sim/plan", body), timeout=5).close()


def test_an_order_goes_on_stage_by_stage_to_its_delivery(simulator: Server) -> None:
    production = adapter(simulator)

    stages = [production.order(ORDER).stage, *(production.ask(ORDER.reference).stage for _ in range(4))]  # type: ignore[union-attr]

    assert stages == [Stage.RECEIVED, Stage.ACCEPTED, Stage.PRODUCED, Stage.DELIVERED, Stage.DELIVERED]


def test_the_same_reference_asked_twice_is_ordered_once(simulator: Server) -> None:
    production = adapter(simulator)
    production.order(ORDER)
    production.order(ORDER)

    assert list(simulator.world.orders) == [ORDER.reference]


def test_a_rejection_comes_with_its_reason(simulator: Server) -> None:
    planned(simulator, plan="rejected", reason="photo_quality")
    production = adapter(simulator)
    production.order(ORDER)

    assert production.ask(ORDER.reference) == Told(Stage.REJECTED, "photo_quality")


@pytest.mark.parametrize(("plan", "is_known"), [("lost", False), ("silent", True)])
def test_no_answer_is_no_answer_whether_the_order_arrived_or_not(simulator: Server, plan: str, is_known: bool) -> None:
    planned(simulator, plan=plan)
    production = adapter(simulator)

    with pytest.raises(NotHeard):
        production.order(ORDER)

    assert (production.ask(ORDER.reference) is not None) == is_known


def test_a_production_that_does_not_answer_in_time_is_not_heard() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        production = HttpProduction(Setup(f"http://127.0.0.1:{deaf.getsockname()[1]}", TOKEN, read_seconds=0.2))

        with pytest.raises(NotHeard):
            production.ask("PID-1-P1")


def test_only_https_or_this_machine_may_be_spoken_to() -> None:
    with pytest.raises(ValueError, match="https"):
        HttpProduction(Setup("http://production.example", TOKEN))


def test_the_check_names_what_is_wrong(simulator: Server) -> None:
    assert adapter(simulator).check_setup() == []
    assert "refuse nos identifiants" in adapter(simulator, token="other").check_setup()[0]
    assert "manque" in adapter(simulator, token="").check_setup()[0]


def test_what_is_ordered_stays_out_of_its_representation() -> None:
    assert "Rochat" not in repr(ORDER)
    assert "photo" not in repr(ORDER)
