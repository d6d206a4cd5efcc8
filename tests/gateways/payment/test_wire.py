"""The line: who is trusted, what is refused before a byte is sent, and that one bad answer does not spoil the next."""

from __future__ import annotations

import ssl
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from guichet.gateways.payment.port import NotStarted, StartFailed
from guichet.gateways.payment.saferpay import Saferpay
from guichet.gateways.payment.simulator.control import Simulator
from guichet.gateways.payment.wire import Line, NotHeard

from .builders import a_request, an_adapter, an_opened_page


@pytest.mark.parametrize(
    "address", ["http://provider.example/api", "http://10.0.0.1/api", "ftp://127.0.0.1/api", "provider.example", ""]
)
def test_an_address_that_is_neither_https_nor_of_this_machine_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="https"):
        Line(address)


@pytest.mark.parametrize(
    "address", ["https://provider.example/api", "http://127.0.0.1:8091/api", "http://localhost/api"]
)
def test_https_anywhere_and_http_on_this_machine_are_accepted(address: str) -> None:
    line = Line(address)

    line.close()

    assert address.startswith(line.origin)


def test_a_certificate_that_nobody_vouches_for_is_not_talked_to(tmp_path: Path) -> None:
    with _TlsServer(_self_signed(tmp_path)) as port:
        adapter = an_adapter(f"https://localhost:{port}/api")

        with pytest.raises(StartFailed) as failed:
            adapter.start(a_request())

        adapter.close()
    assert failed.value.cause == "tls"


def test_a_certificate_that_is_vouched_for_is_talked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = _self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with _TlsServer(certificate) as port:
        line = Line(f"https://localhost:{port}/api")
        heard = line.ask("GET", "/x", request_id="r", headers={})
        line.close()

    assert heard.error_name == "TOKEN_INVALID"


def test_a_slow_drip_under_tls_ends_with_the_total_time_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = _self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with _TlsServer(certificate, seconds_a_byte=0.05) as port:
        line = Line(f"https://localhost:{port}/api", total=0.3)
        with pytest.raises(NotHeard) as failed:
            line.ask("GET", "/x", request_id="r", headers={})
        line.close()

    assert (failed.value.cause, failed.value.nothing_sent) == ("timeout", False)


def test_the_line_serves_on_after_each_kind_of_bad_answer(simulator: Simulator, adapter: Saferpay) -> None:
    opened = an_opened_page(adapter)

    for fault in ("reset_before", "truncated_json", "huge", "firewall_503", "redirect"):
        simulator.script("assert", fault)
        opened.observe()

        assert opened.observe() == NotStarted(), fault


def test_threads_share_the_line_and_each_gets_its_own_answer(simulator: Simulator, adapter: Saferpay) -> None:
    pages = [an_opened_page(adapter) for _ in range(8)]
    for opened in pages[::2]:
        simulator.pay(opened.page.address)
    seen: dict[int, list[str]] = {}

    def look(number: int) -> None:
        opened = pages[number]
        observed = [opened.observe() for _ in range(10)]
        seen[number] = [one.facts.order_id if hasattr(one, "facts") else type(one).__name__ for one in observed]

    threads = [threading.Thread(target=look, args=(number,)) for number in range(len(pages))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    expected = {n: [pages[n].reference if n % 2 == 0 else "NotStarted"] * 10 for n in range(len(pages))}
    assert seen == expected


def test_a_host_that_cannot_be_reached_was_asked_nothing() -> None:
    line = Line("https://192.0.2.1/api", connect=0.1)  # an address set aside for documentation

    with pytest.raises(NotHeard) as failed:
        line.ask("GET", "/x", request_id="r", headers={})

    line.close()
    assert failed.value.nothing_sent


def _self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    written = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    written.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return written


class _TlsServer:
    """Answers every question with one refusal, as slowly as told; it names no date, which nobody may rely on."""

    def __init__(self, certificate: Path, *, seconds_a_byte: float = 0.0) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)

        class Refusing(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = b'{"ErrorName": "TOKEN_INVALID"}'
                head = b"HTTP/1.1 402 No\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                with suppress(OSError):
                    for byte in head % len(body) + body:
                        self.wfile.write(bytes((byte,)))
                        time.sleep(seconds_a_byte)

        self._server = HTTPServer(("localhost", 0), Refusing)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> int:
        self._thread.start()
        return self._server.server_port

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
