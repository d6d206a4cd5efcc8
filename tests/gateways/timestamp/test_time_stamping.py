"""The time-stamper: our client and our simulator, the latter also judged by openssl."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import algos, tsp

from guichet.gateways.timestamp import check
from guichet.gateways.timestamp.http import HttpTimeStamper
from guichet.gateways.timestamp.port import TimeStampUnavailable
from guichet.gateways.timestamp.simulator import FAULTS, Simulator
from guichet.gateways.timestamp.simulator.replies import Rejection
from guichet.kit import clock
from tests.documents.places import a_time_stamper, an_authority, output_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_authority(tmp_path_factory.mktemp("authority") / "seal")


@pytest.fixture
def server(folder: Path) -> Iterator[Simulator]:
    with a_time_stamper(folder) as running:
        yield running


def a_request(
    content: bytes = b"content", *, algorithm: str = "sha256", nonce: int = 42, certificates: bool = True
) -> bytes:
    imprint = tsp.MessageImprint(
        {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": algorithm}),
            "hashed_message": hashlib.new(algorithm, content).digest(),
        }
    )
    asked = {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": certificates}
    return bytes(tsp.TimeStampReq(asked).dump())


def statement(reply: bytes) -> tsp.TSTInfo:
    token = tsp.TimeStampResp.load(reply)["time_stamp_token"]
    return token["content"]["encap_content_info"]["content"].parsed


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_a_stamp_states_the_digest_the_nonce_and_the_time(server: Simulator, algorithm: str) -> None:
    stated = statement(HttpTimeStamper(server.url).stamp(a_request(algorithm=algorithm)))

    assert stated["message_imprint"]["hashed_message"].native == hashlib.new(algorithm, b"content").digest()
    assert stated["nonce"].native == 42
    assert abs((stated["gen_time"].native - clock.now()).total_seconds()) < 10


def test_every_stamp_has_a_serial_number_of_its_own(server: Simulator) -> None:
    client = HttpTimeStamper(server.url)

    numbers = {statement(client.stamp(a_request()))["serial_number"].native for _ in range(5)}

    assert len(numbers) == 5


def test_openssl_accepts_the_stamp(server: Simulator, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(b"content")
    (tmp_path / "reply").write_bytes(HttpTimeStamper(server.url).stamp(a_request()))

    said = output_of(
        *("openssl", "ts", "-verify", "-data", str(tmp_path / "content"), "-in", str(tmp_path / "reply")),
        *("-CAfile", str(folder / "root.cert.pem"), "-untrusted", str(folder / "issuing.cert.pem")),
    )

    assert "Verification: OK" in said


def test_certificates_are_sent_only_when_asked_for(server: Simulator) -> None:
    reply = HttpTimeStamper(server.url).stamp(a_request(certificates=False))

    assert len(tsp.TimeStampResp.load(reply)["time_stamp_token"]["content"]["certificates"]) == 0


@pytest.mark.parametrize("request_sent", [b"", b"rubbish", a_request()[:-3]], ids=["empty", "rubbish", "cut"])
def test_a_request_that_cannot_be_read_is_rejected_as_such(server: Simulator, request_sent: bytes) -> None:
    reply = Rejection.load(HttpTimeStamper(server.url).stamp(request_sent))

    assert reply["status"]["status"].native == "rejection"
    assert reply["status"]["fail_info"].native == {"bad_data_format"}


def test_a_weak_digest_is_rejected(server: Simulator) -> None:
    reply = Rejection.load(HttpTimeStamper(server.url).stamp(a_request(algorithm="sha1")))

    assert reply["status"]["fail_info"].native == {"bad_alg"}


def test_a_server_that_is_down_is_unavailable(server: Simulator) -> None:
    server.fault = "down"

    with pytest.raises(TimeStampUnavailable, match="503"):
        HttpTimeStamper(server.url).stamp(a_request())


def test_a_slow_server_is_unavailable_after_the_time_allowed(server: Simulator) -> None:
    server.fault = "slow"
    started = time.monotonic()

    with pytest.raises(TimeStampUnavailable, match="Timeout"):
        HttpTimeStamper(server.url, read_seconds=0.2).stamp(a_request())
    assert time.monotonic() - started < 5


def test_nobody_listening_is_unavailable() -> None:
    with pytest.raises(TimeStampUnavailable):
        HttpTimeStamper("http://127.0.0.1:1/").stamp(a_request())


def test_a_page_instead_of_a_reply_is_unavailable(server: Simulator) -> None:
    with pytest.raises(TimeStampUnavailable):
        HttpTimeStamper(server.url + "_simulator/fault").stamp(b"none")


def test_a_request_that_is_too_long_is_refused_by_the_simulator(server: Simulator) -> None:
    with pytest.raises(TimeStampUnavailable, match="413"):
        HttpTimeStamper(server.url).stamp(bytes(100_000))


def test_an_unknown_fault_is_refused_and_changes_nothing(server: Simulator) -> None:
    asked = urllib.request.Request(server.url + "_simulator/fault", data=b"explode", method="POST")

    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(asked, timeout=5)
    assert server.fault == "none"
    assert "none" in FAULTS


def test_a_ready_time_stamper_has_no_problem(server: Simulator, settings: Any) -> None:
    settings.TIMESTAMP = {"url": server.url}

    assert check.check_setup(at=clock.now()) == []


@pytest.mark.parametrize(("fault", "told"), [("down", "ne répond pas"), ("garbage", "pas par un horodatage")])
def test_a_time_stamper_in_trouble_is_told_to_the_operator(
    server: Simulator, settings: Any, fault: str, told: str
) -> None:
    settings.TIMESTAMP = {"url": server.url}
    server.fault = fault

    (problem,) = check.check_setup(at=clock.now())

    assert told in problem


def test_a_clock_that_drifts_is_told_to_the_operator(server: Simulator, settings: Any) -> None:
    settings.TIMESTAMP = {"url": server.url}

    (problem,) = check.check_setup(at=clock.now() + timedelta(minutes=10))

    assert "diffère de la nôtre de" in problem


@pytest.mark.processes
def test_the_process_says_where_it_listens_and_ends_on_a_signal(folder: Path) -> None:
    command = [sys.executable, "-m", "guichet.gateways.timestamp.simulator", "--port", "0", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said, url = process.stdout.readline().split()

    reply = HttpTimeStamper(url).stamp(a_request())
    process.send_signal(signal.SIGTERM)

    assert said == "ready"
    assert statement(reply)["nonce"].native == 42
    assert process.wait(10) == 0
    process.stdout.close()
