"""A test authority for the demonstration: root, issuing authority, seal, time-stamper, revocation lists.

``python -m guichet.gateways.signing.authority DIR`` makes what is missing and leaves the rest as it is. Nobody
outside the installation trusts it, and its names say so. In production the certificates come from a recognised
provider, and this module is not used.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ROOT_YEARS, ISSUER_YEARS, LEAF_YEARS = 20, 15, 10
COMPLETE = "chain.pem"


@dataclass(frozen=True, slots=True)
class _Pair:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def ensure(folder: Path, *, at: datetime) -> bool:
    """Make the authority in ``folder`` unless it is complete; True if it was made now.

    Two processes may start together, and either may be killed: each makes all of it in a folder of its own, which
    takes its name in one step; the first counts.
    """
    if (folder / COMPLETE).exists():
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    for name, content in _make(at - timedelta(hours=1)).items():
        _write(making / name, content)
    try:
        making.rename(folder)
    except OSError:
        shutil.rmtree(making)
        if not (folder / COMPLETE).exists():
            raise
        return False
    return True


def _make(since: datetime) -> dict[str, bytes]:
    """All files of the authority by name."""
    root = _pair("Racine de démonstration, sans valeur", None, since=since, years=ROOT_YEARS, authority=1)
    issuing = _pair("Autorité de démonstration, sans valeur", root, since=since, years=ISSUER_YEARS, authority=0)
    seal = _pair("Sceau de démonstration de l'office, sans valeur", issuing, since=since, years=LEAF_YEARS)
    tsa = _pair("Horodateur de démonstration, sans valeur", issuing, since=since, years=LEAF_YEARS, time_stamping=True)
    return {
        "root.cert.pem": _pem([root]),
        "issuing.key.pem": _key_pem(issuing),
        "issuing.cert.pem": _pem([issuing]),
        "seal.key.pem": _key_pem(seal),
        "seal.cert.pem": _pem([seal]),
        "tsa.key.pem": _key_pem(tsa),
        "tsa.cert.pem": _pem([tsa, issuing]),
        "root.crl": _crl(root, since=since),
        "issuing.crl": _crl(issuing, since=since),
        COMPLETE: _pem([issuing, root]),
    }


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CH"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Guichet (démonstration)"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _pair(
    common_name: str,
    issuer: _Pair | None,
    *,
    since: datetime,
    years: int,
    authority: int | None = None,
    time_stamping: bool = False,
) -> _Pair:
    """A key and its certificate; ``authority`` is the number of authorities allowed below, None for a leaf."""
    key = ec.generate_private_key(ec.SECP256R1())
    signer = issuer or _Pair(key, None)  # type: ignore[arg-type] # a root signs itself
    is_authority = authority is not None
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(common_name))
        .issuer_name(issuer.certificate.subject if issuer else _name(common_name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=366 * years))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=authority), critical=True)
        .add_extension(_usage(signs_certificates=is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key()), critical=False)
    )
    if time_stamping:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return _Pair(key, builder.sign(signer.key, hashes.SHA256()))


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    """A leaf signs content and can't deny it (seal, time-stamp); an authority signs certificates and lists."""
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _crl(issuer: _Pair, *, since: datetime) -> bytes:
    """An empty list that lasts as long as the leaves: a demonstration revokes nothing and renews nothing."""
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(since)
        .next_update(since + timedelta(days=366 * LEAF_YEARS))
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
        .sign(issuer.key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def _pem(pairs: Sequence[_Pair]) -> bytes:
    return b"".join(pair.certificate.public_bytes(Encoding.PEM) for pair in pairs)


def _key_pem(pair: _Pair) -> bytes:
    return pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, content: bytes) -> None:
    """Write for the owner only, and on the disk before the next file."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def main(arguments: Sequence[str]) -> int:
    """The command: one argument, the folder."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m guichet.gateways.signing.authority DIR\n")
        return 2
    folder = Path(arguments[0])
    made = ensure(folder, at=datetime.now(UTC))  # noqa: TID251 - this command is a door, without Django
    sys.stdout.write(f"{'made' if made else 'kept'} {folder}\n")
    return 0
