"""Certificates as files: read, and sorted into those of the seal, those above it and those trusted."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509

from .port import SealCertificates, SigningUnavailable


def read(path: str) -> list[x509.Certificate]:
    """All PEM certificates of a file.

    Raises:
        SigningUnavailable: no such file, or none in it.
    """
    try:
        return x509.load_pem_x509_certificates(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise SigningUnavailable(f"certificates: {type(error).__name__}") from error


def of_the_seal(certificate_file: str, chain_file: str) -> SealCertificates:
    """The certificate of the seal (first of its file) with its chain; the self-signed ones of the chain are trusted.

    Raises:
        SigningUnavailable: a file is missing or unreadable.
    """
    own, *above = read(certificate_file)
    above += read(chain_file)
    trusted = tuple(c for c in above if c.issuer == c.subject)
    intermediates = tuple(c for c in above if c.issuer != c.subject)
    return SealCertificates(certificate=own, intermediates=intermediates, trusted=trusted)


def revocation_lists(folder: str) -> list[bytes]:
    """The revocation lists (``*.crl``, DER) kept beside the certificates; the operator renews them.

    Raises:
        SigningUnavailable: the folder can't be read.
    """
    try:
        return [path.read_bytes() for path in sorted(Path(folder).glob("*.crl"))]
    except OSError as error:
        raise SigningUnavailable(f"revocation lists: {type(error).__name__}") from error
