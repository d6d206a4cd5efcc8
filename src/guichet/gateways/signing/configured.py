"""The seal key of this installation, from ``settings.SEAL``; read once for the process."""

from __future__ import annotations

from functools import cache
from typing import NotRequired, TypedDict, cast

from django.conf import settings

from . import certificates
from .keyfile import FileKey
from .port import SealCertificates, SealKey


class _Module(TypedDict):
    module: str
    token_label: str
    key_label: str
    pin: str


class _Seal(TypedDict):
    key_file: str
    key_password: NotRequired[str]
    certificate_file: str
    chain_file: str
    crl_dir: str
    pkcs11: _Module


def _seal() -> _Seal:
    return cast("_Seal", settings.SEAL)


def revocation_folder() -> str:
    """The folder of the revocation lists (``*.crl``) that prove the certificates good."""
    return _seal()["crl_dir"]


def seal_certificates() -> SealCertificates:
    """The certificates of the seal in force.

    Raises:
        SigningUnavailable: they can't be read.
    """
    return _certificates(_seal()["certificate_file"], _seal()["chain_file"])


def seal_key() -> SealKey:
    """The key of the seal: in the hardware module when one is configured, else in the key file.

    Raises:
        SigningUnavailable: it can't be reached.
    """
    place = _seal()["pkcs11"]
    if place["module"]:
        return _token_key(**place)
    return _file_key(_seal()["key_file"], _seal().get("key_password", ""), seal_certificates())


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
