"""Is the seal ready? Problems in French for the operator, none when it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from . import certificates
from .configured import revocation_folder, seal_key
from .port import SealCertificates, SealKey, SigningUnavailable

WARN_BEFORE = timedelta(days=60)
_PROBE = b"guichet: does this key belong to this certificate?"


def problems(key: SealKey, *, crl_dir: str, at: datetime) -> list[str]:
    """What keeps, or will soon keep, the office from sealing: validity, chain, revocation lists, key."""
    return [
        *_validity(key.certificates, at=at),
        *_chain(key.certificates),
        *_lists(key.certificates, crl_dir=crl_dir, at=at),
        *_pair(key),
    ]


def _name(certificate: x509.Certificate) -> str:
    return certificate.subject.rfc4514_string()


def _validity(known: SealCertificates, *, at: datetime) -> list[str]:
    found = []
    for certificate in (known.certificate, *known.intermediates, *known.trusted):
        last = certificate.not_valid_after_utc
        if certificate.not_valid_before_utc > at:
            found.append(f"Le certificat {_name(certificate)} n'est pas encore valable.")
        elif last < at:
            found.append(f"Le certificat {_name(certificate)} a expiré le {last:%d.%m.%Y}.")
        elif last < at + WARN_BEFORE:
            found.append(f"Le certificat {_name(certificate)} expire bientôt, le {last:%d.%m.%Y}.")
    return found


def _chain(known: SealCertificates) -> list[str]:
    if not known.trusted:
        return ["Le fichier de la chaîne ne contient aucune autorité racine (certificat auto-signé)."]
    above = {c.subject: c for c in (*known.intermediates, *known.trusted)}
    current = known.certificate
    for _ in range(len(above) + 1):
        issuer = above.get(current.issuer)
        if issuer is None:
            return [f"La chaîne est incomplète : l'autorité {current.issuer.rfc4514_string()} manque."]
        try:
            current.verify_directly_issued_by(issuer)
        except (InvalidSignature, ValueError, TypeError):
            return [f"Le certificat {_name(current)} n'a pas été signé par {_name(issuer)}."]
        if issuer in known.trusted:
            return []
        current = issuer
    return ["La chaîne des certificats tourne en rond."]


def _lists(known: SealCertificates, *, crl_dir: str, at: datetime) -> list[str]:
    try:
        lists = [x509.load_der_x509_crl(content) for content in certificates.revocation_lists(crl_dir)]
    except (SigningUnavailable, ValueError):
        return [f"Une liste de révocation du dossier {crl_dir} est illisible."]
    found = []
    for issuer in {known.certificate.issuer, *(c.issuer for c in known.intermediates)}:
        fresh = [c for c in lists if c.issuer == issuer and c.next_update_utc and c.next_update_utc > at]
        if not fresh:
            found.append(f"Aucune liste de révocation à jour de {issuer.rfc4514_string()}.")
        if any(c.get_revoked_certificate_by_serial_number(known.certificate.serial_number) for c in fresh):
            found.append("Le certificat du sceau est révoqué.")
    return found


def _pair(key: SealKey) -> list[str]:
    try:
        signature = key.sign(_PROBE)
    except SigningUnavailable as error:
        return [f"La clé du sceau ne peut pas signer ({error})."]
    public = key.certificates.certificate.public_key()
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, _PROBE, ec.ECDSA(hashes.SHA256()))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, _PROBE, padding.PKCS1v15(), hashes.SHA256())
        else:
            return ["Le certificat du sceau n'est ni à courbe elliptique ni RSA."]
    except InvalidSignature:
        return ["La clé du sceau ne correspond pas à son certificat."]
    return []


def check_setup(*, at: datetime) -> list[str]:
    """The problems of the seal as this installation is configured; empty when it is ready."""
    try:
        return problems(seal_key(), crl_dir=revocation_folder(), at=at)
    except SigningUnavailable as error:
        return [f"Le sceau n'est pas disponible ({error})."]
