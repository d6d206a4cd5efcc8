"""What the house asks of whatever holds the seal key: the certificates, and a signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from cryptography import x509


class SigningUnavailable(Exception):  # noqa: N818 - says what happened
    """The key can't be reached or refuses to sign; nothing was signed, and a later try may succeed."""


@dataclass(frozen=True, slots=True)
class SealCertificates:
    """The certificate of the seal and those above it.

    ``trusted`` are the self-signed ones of the chain file: what the house believes, for seals and time-stamps alike.
    """

    certificate: x509.Certificate
    intermediates: tuple[x509.Certificate, ...]
    trusted: tuple[x509.Certificate, ...]


class SealKey(Protocol):
    """Holds the private key of the office's seal."""

    certificates: SealCertificates

    def sign(self, message: bytes) -> bytes:
        """The signature of ``message`` with SHA-256: DER for an elliptic curve, PKCS#1 v1.5 for RSA.

        Raises:
            SigningUnavailable: no key to be reached.
        """
        ...
