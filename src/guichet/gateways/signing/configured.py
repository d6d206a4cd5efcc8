"""The seal key of this installation, from ``settings.SEAL``; read once for the process."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from . import certificates
from .keyfile import FileKey
from .port import SealCertificates, SealKey


def seal_certificates() -> SealCertificates:
    """The certificates of the seal in force.

    Raises:
        SigningUnavailable: they can't be read.
    """
    return _certificates(settings.SEAL["certificate_file"], settings.SEAL["chain_file"])


def seal_key() -> SealKey:
    """The key of the seal: in the hardware module when one is configured, else in the key file.

    Raises:
        SigningUnavailable: it can't be reached.
    """
    place = settings.SEAL["pkcs11"]
    if place["module"]:
        return _token_key(**place)
    return _file_key(settings.SEAL["key_file"], settings.SEAL.get("key_password", ""), seal_certificates())


@cache
def _certificates(certificate_file: str, chain_file: str) -> SealCertificates:
    return certificates.of_the_seal(certificate_file, chain_file)


@cache
def _file_key(key_file: str, password: str, of: SealCertificates) -> SealKey:
    return FileKey(key_file, certificates=of, password=password)


@cache
def _token_key(module: str, token_label: str, key_label: str, pin: str) -> SealKey:
    from .pkcs11 import TokenKey  # noqa: PLC0415 - loads the module's library, only where one is configured

    return TokenKey(
        module=module, token_label=token_label, key_label=key_label, pin=pin, certificates=seal_certificates()
    )
