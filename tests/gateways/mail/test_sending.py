"""Production's way of sending, over a socket: the server's answers told apart, signing in, TLS, and the operator's check."""

from __future__ import annotations

import smtplib
import time
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.mail import EmailMessage, get_connection

from guichet.gateways.mail.check import check_setup
from guichet.gateways.mail.sending import RefusedForGood, RefusedForNow, hand_over
from guichet.gateways.mail.simulator.control import MailServer
from guichet.gateways.mail.simulator.mailbox import Mail
from guichet.kit import clock

from .conftest import SMTP

pytestmark = pytest.mark.processes


def a_mail(name: str, to: str = "", **more: Any) -> EmailMessage:
    """With a Message-ID and a recipient of this name."""
    headers = {"Message-ID": f"<{name}@guichet.example>"}
    return EmailMessage(
        f"Reçu n° {name}", "Montant : 25.00 CHF\n.\nfin", to=[to or to_of(name)], headers=headers, **more
    )


def to_of(name: str) -> str:
    return f"{name}@exemple.ch"


def kept(server: MailServer, name: str) -> list[Mail]:
    return list(server.mailbox.mails(to_of(name)))


def test_a_mail_sent_arrives_as_it_was_written(server: MailServer) -> None:
    hand_over(a_mail("whole"))

    (mail,) = kept(server, "whole")
    assert (mail.message_id, mail.to, mail.deliveries) == ("<whole@guichet.example>", to_of("whole"), 1)
    assert (mail.sender, mail.subject) == ("ne-pas-repondre@guichet.example", "Reçu n° whole")
    assert mail.body == "Montant : 25.00 CHF\n.\nfin\n"
    assert abs(mail.received - time.time()) < 60


def test_several_mails_go_through_one_connection(server: MailServer) -> None:
    with get_connection() as connection:
        socket = connection.connection.sock.getsockname()
        for name in ("one", "two"):
            hand_over(a_mail(name, connection=connection))
        assert connection.connection.sock.getsockname() == socket

    assert len(kept(server, "one") + kept(server, "two")) == 2


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("deferred", RefusedForNow),
        ("content_deferred", RefusedForNow),
        ("refused", RefusedForGood),
        ("content_refused", RefusedForGood),
    ],
)
def test_what_the_server_does_not_take_is_told_apart_and_the_connection_goes_on(
    server: MailServer, fault: str, kind: type[Exception]
) -> None:
    name = fault.replace("_", "-")
    server.script(fault, to=to_of(name))

    with get_connection() as connection:
        with pytest.raises(kind) as told:
            hand_over(a_mail(name, connection=connection))
        hand_over(a_mail(f"after-{name}", connection=connection))

    assert to_of(name) not in str(told.value)
    assert kept(server, f"after-{name}")[0].to == to_of(f"after-{name}")
    assert [mail.to for mail in kept(server, name)] == [to_of(f"after-{name}")]


def test_a_temporary_refusal_is_over_once_its_time_has_come(server: MailServer) -> None:
    server.script("deferred", to=to_of("later"), times=2)

    for _ in range(2):
        with pytest.raises(RefusedForNow):
            hand_over(a_mail("later"))
    hand_over(a_mail("later"))

    assert [mail.deliveries for mail in kept(server, "later")] == [1]


@pytest.mark.parametrize(("fault", "deliveries"), [("lost", 1), ("answer_lost", 2)])
def test_a_connection_lost_before_the_answer_leaves_one_copy_once_it_is_tried_again(
    server: MailServer, fault: str, deliveries: int
) -> None:
    name = fault.replace("_", "-")
    server.script(fault, to=to_of(name))

    with pytest.raises(OSError):
        hand_over(a_mail(name))
    hand_over(a_mail(name))

    assert [mail.deliveries for mail in kept(server, name)] == [deliveries]


def test_a_connection_lost_after_the_answer_changes_nothing(server: MailServer) -> None:
    server.script("cut_after", to=to_of("told"))

    hand_over(a_mail("told"))

    assert [mail.deliveries for mail in kept(server, "told")] == [1]


def test_an_answer_that_comes_too_late_is_not_waited_for(server: MailServer, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.5
    server.script("slow", to=to_of("slow"), seconds=2)

    with pytest.raises(OSError):
        hand_over(a_mail("slow"))


def test_a_fault_that_does_not_exist_is_refused(server: MailServer) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        server.script("bad weather")


def test_without_control_there_is_no_script(tmp_path: Path) -> None:
    with MailServer(tmp_path, has_control=False) as server, pytest.raises(ValueError, match="not recognized"):
        server.script("lost")


@pytest.mark.parametrize("is_spoken_with", [False, True])
def test_the_process_ends_cleanly_when_told_to(tmp_path: Path, is_spoken_with: bool) -> None:
    server = MailServer(tmp_path)
    with smtplib.SMTP(local_hostname="localhost") as connection:
        if is_spoken_with:
            connection.connect("127.0.0.1", server.port)
            connection.ehlo()

        assert server.stop() == 0


# Signing in, and TLS


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate of this machine's loopback and its key, which Python trusts while the test lasts."""
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "server.pem"
    file.write_bytes(made.public_bytes(pem) + private)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_mail_goes_through_tls_to_whom_the_account_opens(
    tls: str, certificate: Path, tmp_path: Path, settings: Any
) -> None:
    account = ("--account", "guichet:mot de passe")
    with MailServer(tmp_path / "mail", "--tls", tls, "--certificate", str(certificate), *account) as server:
        settings.EMAIL_BACKEND, settings.EMAIL_PORT = SMTP, server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = tls == "starttls", tls == "tls"
        settings.SMTP_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = tls, "guichet", "mot de passe"

        assert check_setup() == []
        hand_over(a_mail("sealed"))

        settings.EMAIL_HOST_PASSWORD = "autre"
        assert ["ne répond pas (SMTPAuthenticationError)" in problem for problem in check_setup()] == [True]
        assert [mail.to for mail in server.mailbox.mails()] == [to_of("sealed")]


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_mail(
    certificate: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with MailServer(tmp_path / "mail", "--tls", "tls", "--certificate", str(certificate)) as server:
        settings.EMAIL_BACKEND, settings.EMAIL_PORT, settings.EMAIL_USE_SSL = SMTP, server.port, True

        with pytest.raises(OSError, match="certificate verify failed"):
            hand_over(a_mail("sealed"))

        assert list(server.mailbox.mails()) == []


# The operator's check


def test_the_check_is_content_with_a_server_that_answers(server: MailServer) -> None:
    assert check_setup() == []


def test_the_check_tells_that_the_mail_server_does_not_answer(settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1

    (problem,) = check_setup()

    assert "ne répond pas" in problem


def test_the_check_tells_what_a_production_lacks(server: MailServer, settings: Any) -> None:
    settings.DEMO = False

    (problem,) = check_setup()

    assert "GUICHET_MAIL_FROM" in problem


@pytest.mark.parametrize(
    ("tls", "user", "password", "told"),
    [
        ("ssl", "", "", "GUICHET_SMTP_TLS vaut « ssl » : indiquez none, starttls ou tls."),
        ("tls", "guichet", "", "vont ensemble"),
        ("tls", "", "secret", "vont ensemble"),
        ("none", "guichet", "secret", "partirait en clair"),
    ],
)
def test_the_check_tells_settings_that_contradict_each_other(
    server: MailServer, settings: Any, tls: str, user: str, password: str, told: str
) -> None:
    settings.SMTP_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = tls, user, password

    (problem,) = check_setup()

    assert told in problem
    assert "secret" not in problem
