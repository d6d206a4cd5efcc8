"""The seal key in a hardware module, reached through its PKCS#11 library: the key itself never leaves it."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from typing import Any

import pkcs11
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11.util.ec import encode_ecdsa_signature

from .port import SealCertificates, SigningUnavailable


class TokenKey:
    """A key found by its label on a token found by its label; one session, opened again when the module lost it."""

    def __init__(
        self, *, module: str, token_label: str, key_label: str, pin: str, certificates: SealCertificates
    ) -> None:
        self.certificates = certificates
        self._where = (module, token_label, key_label)
        self._pin = pin
        self._key: Any = None
        self._lock = threading.Lock()

    def _open(self) -> Any:
        module, token_label, key_label = self._where
        token = pkcs11.lib(module).get_token(token_label=token_label)
        try:
            session = token.open(user_pin=self._pin)
        except pkcs11.UserAlreadyLoggedIn:
            session = token.open()  # the log-in belongs to the process, and an earlier session made it
        return session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=key_label)

    def sign(self, message: bytes) -> bytes:
        """See ``SealKey.sign``; a session lost by the module is opened again, once.

        A PIN is never tried twice in a row: modules lock themselves after a few wrong ones.
        """
        with self._lock:
            if self._key is not None:
                with contextlib.suppress(pkcs11.PKCS11Error, RuntimeError):
                    return self._sign(message)
            try:
                self._key = self._open()
                return self._sign(message)
            except (pkcs11.PKCS11Error, RuntimeError) as error:
                self._key = None
                raise SigningUnavailable(f"hardware module: {type(error).__name__}") from None

    def _sign(self, message: bytes) -> bytes:
        if isinstance(self.certificates.certificate.public_key(), ec.EllipticCurvePublicKey):
            # CKM_ECDSA takes the digest: every module knows it, not every one the combined mechanism.
            raw = self._key.sign(hashlib.sha256(message).digest(), mechanism=pkcs11.Mechanism.ECDSA)
            return bytes(encode_ecdsa_signature(raw))
        return bytes(self._key.sign(message, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))
