"""The seal key in a file of the server (PEM or PKCS#12), for small installations and the demonstration."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

from .port import SealCertificates, SigningUnavailable


class FileKey:
    """A key read once and kept in memory; ``password`` opens an encrypted file."""

    def __init__(self, key_file: str, *, certificates: SealCertificates, password: str = "") -> None:
        self.certificates = certificates
        self._key = _load(Path(key_file), password.encode() or None)

    def sign(self, message: bytes) -> bytes:
        """See ``SealKey.sign``."""
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(message, ec.ECDSA(hashes.SHA256()))
        return self._key.sign(message, padding.PKCS1v15(), hashes.SHA256())


def _load(path: Path, password: bytes | None) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey:
    """The private key of a PEM file or, by its ending, of a PKCS#12 one; messages never quote the file."""
    try:
        content = path.read_bytes()
        if path.suffix in {".p12", ".pfx"}:
            key = pkcs12.load_key_and_certificates(content, password)[0]
        else:
            key = load_pem_private_key(content, password)
    except (OSError, ValueError, TypeError) as error:
        raise SigningUnavailable(f"key file: {type(error).__name__}") from None
    if not isinstance(key, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey)):
        raise SigningUnavailable("key file: neither elliptic curve nor RSA")
    return key
