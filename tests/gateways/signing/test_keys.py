"""The seal key, in a file and in a hardware module: both sign what the certificate verifies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from guichet.gateways.signing import certificates
from guichet.gateways.signing.keyfile import FileKey
from guichet.gateways.signing.port import SealCertificates, SealKey, SigningUnavailable
from tests.documents.places import an_authority, output_of

MESSAGE = b"what is to be sealed"
PIN = "1234"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_authority(tmp_path_factory.mktemp("authority") / "seal")


@pytest.fixture(scope="module")
def known(folder: Path) -> SealCertificates:
    return certificates.of_the_seal(str(folder / "seal.cert.pem"), str(folder / "chain.pem"))


def assert_signs(key: SealKey) -> None:
    public = key.certificates.certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(key.sign(MESSAGE), MESSAGE, ec.ECDSA(hashes.SHA256()))


def private(folder: Path) -> Any:
    return load_pem_private_key((folder / "seal.key.pem").read_bytes(), None)


def test_a_key_in_a_pem_file_signs_for_its_certificate(folder: Path, known: SealCertificates) -> None:
    assert_signs(FileKey(str(folder / "seal.key.pem"), certificates=known))


def test_a_key_in_an_encrypted_pkcs12_file_signs_for_its_certificate(
    folder: Path, known: SealCertificates, tmp_path: Path
) -> None:
    kept = tmp_path / "seal.p12"
    protected = BestAvailableEncryption(b"secret")
    kept.write_bytes(
        pkcs12.serialize_key_and_certificates(b"seal", private(folder), known.certificate, None, protected)
    )

    assert_signs(FileKey(str(kept), certificates=known, password="secret"))
    with pytest.raises(SigningUnavailable):
        FileKey(str(kept), certificates=known, password="wrong")


def test_an_rsa_key_signs_with_pkcs1(known: SealCertificates, tmp_path: Path) -> None:
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kept = tmp_path / "rsa.pem"
    kept.write_bytes(own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    signature = FileKey(str(kept), certificates=known).sign(MESSAGE)

    own.public_key().verify(signature, MESSAGE, padding.PKCS1v15(), hashes.SHA256())


def test_a_key_of_another_kind_is_not_used(known: SealCertificates, tmp_path: Path) -> None:
    own = ed25519.Ed25519PrivateKey.generate()
    kept = tmp_path / "edwards.pem"
    kept.write_bytes(own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    with pytest.raises(SigningUnavailable, match="neither"):
        FileKey(str(kept), certificates=known)


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN PRIVATE KEY-----\nsecret\n"])
def test_a_missing_or_broken_key_file_is_told_without_quoting_it(
    content: bytes | None, known: SealCertificates, tmp_path: Path
) -> None:
    kept = tmp_path / "key.pem"
    if content is not None:
        kept.write_bytes(content)

    with pytest.raises(SigningUnavailable) as told:
        FileKey(str(kept), certificates=known)
    assert "secret" not in str(told.value)


def test_missing_certificates_are_told_as_unavailable(tmp_path: Path) -> None:
    with pytest.raises(SigningUnavailable):
        certificates.of_the_seal(str(tmp_path / "none.pem"), str(tmp_path / "none.pem"))


def test_only_self_signed_certificates_of_the_chain_are_trusted(known: SealCertificates) -> None:
    assert [c.subject == c.issuer for c in known.trusted] == [True]
    assert [c.subject == c.issuer for c in known.intermediates] == [False]
    assert isinstance(known.certificate, x509.Certificate)


MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)


@pytest.fixture(scope="module")
def token(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A software stand-in for a hardware module that holds the seal key under the label ``sceau``."""
    place = tmp_path_factory.mktemp("softhsm")
    (place / "tokens").mkdir()
    (place / "softhsm2.conf").write_text(f"directories.tokendir = {place / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(place / "softhsm2.conf")
    output_of("softhsm2-util", "--init-token", "--free", "--label", "office", "--pin", PIN, "--so-pin", PIN)
    imported = ["--import", str(folder / "seal.key.pem"), "--token", "office", "--label", "sceau", "--id", "01"]
    subprocess.run(["softhsm2-util", *imported, "--pin", PIN], check=True, capture_output=True)
    module = next(path for path in MODULES if Path(path).exists())
    return {"module": module, "token_label": "office", "key_label": "sceau", "pin": PIN}


def test_a_key_in_a_hardware_module_signs_for_its_certificate(token: dict[str, str], known: SealCertificates) -> None:
    from guichet.gateways.signing.pkcs11 import TokenKey

    assert_signs(TokenKey(**token, certificates=known))


def test_a_session_lost_by_the_module_is_opened_again(token: dict[str, str], known: SealCertificates) -> None:
    from guichet.gateways.signing.pkcs11 import TokenKey

    key = TokenKey(**token, certificates=known)
    assert_signs(key)
    key._key.session.close()

    assert_signs(key)


@pytest.mark.parametrize("wrong", [{"token_label": "none"}, {"key_label": "none"}, {"module": "/none.so"}])
def test_a_module_that_cannot_be_opened_is_told_as_unavailable(
    token: dict[str, str], known: SealCertificates, wrong: dict[str, str]
) -> None:
    from guichet.gateways.signing.pkcs11 import TokenKey

    with pytest.raises(SigningUnavailable, match="hardware module"):
        TokenKey(**{**token, **wrong}, certificates=known).sign(MESSAGE)


_WRONG_PIN = """
import json, sys
from guichet.gateways.signing import certificates
from guichet.gateways.signing.pkcs11 import TokenKey
from guichet.gateways.signing.port import SigningUnavailable
known = certificates.of_the_seal(sys.argv[1] + "/seal.cert.pem", sys.argv[1] + "/chain.pem")
try:
    TokenKey(**json.loads(sys.argv[2]), certificates=known).sign(b"content")
except SigningUnavailable as told:
    print(told)
"""


@pytest.mark.processes
def test_a_wrong_pin_is_told_as_unavailable_without_the_pin(token: dict[str, str], folder: Path) -> None:
    given = json.dumps({**token, "pin": "9999"})

    # In a process of its own: once a process has logged in, the module asks no more.
    said = output_of(sys.executable, "-c", _WRONG_PIN, str(folder), given)

    assert said.strip() == "hardware module: PinIncorrect"
