"""Encryption at rest: AES-256-GCM, keys by id, each ciphertext bound to the row it belongs to.

``settings.FIELD_KEYS`` is an ordered mapping of key id to 32 bytes; the first key encrypts, all decrypt
(``guichet keys rotate`` rewrites rows under the first one).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_NONCE = 12


class CannotDecrypt(Exception):  # noqa: N818 - reads as what happened
    """The ciphertext was changed, moved to another row, or its key is gone. Says nothing of the content."""


def encrypt(plain: bytes, aad: bytes) -> bytes:
    """``key id`` ``:`` nonce, ciphertext and tag; ``aad`` is authenticated with it and must be given to decrypt."""
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    nonce = secrets.token_bytes(_NONCE)
    return key_id.encode() + b":" + nonce + AESGCM(key).encrypt(nonce, plain, aad)


def first_key() -> str:
    """The id of the key that encrypts."""
    return next(iter(settings.FIELD_KEYS))


def key_of(sealed: bytes) -> str:
    """The id of the key under which something was encrypted."""
    return sealed.partition(b":")[0].decode(errors="replace")


def decrypt(sealed: bytes, aad: bytes) -> bytes:
    """The plain bytes.

    Raises:
        CannotDecrypt: wrong ``aad``, changed bytes, unknown key.
    """
    key_id, _, rest = sealed.partition(b":")
    key = settings.FIELD_KEYS.get(key_id.decode(errors="replace"))
    if key is None:
        raise CannotDecrypt("unknown key id")
    try:
        return AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], aad)
    except InvalidTag:
        raise CannotDecrypt("authentication failed") from None


def blind_index(value: str, context: str) -> str:
    """A keyed digest that lets equal values be found without being readable (64 hexadecimal characters)."""
    return hmac.new(settings.BLIND_INDEX_KEY, f"{context}\0{value}".encode(), hashlib.sha256).hexdigest()


class _Sealed:
    """A value as it came from the database: still encrypted, opened when first looked at."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class _Opening:
    """Descriptor that opens an encrypted field when it is read, since only the row knows its own key."""

    def __init__(self, field: EncryptedTextField) -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type[models.Model] | None = None) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
        value = row.__dict__[self.field.attname]
        if isinstance(value, _Sealed):
            value = self.field.open(value.text, row)
            row.__dict__[self.field.attname] = value
        return value

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text encrypted at rest, bound to table, column and primary key of its row.

    Not queryable and not usable with ``update()`` or ``values()``: the primary key must be known when it is written.
    What was not encrypted for its row is refused by the column, in whichever way it comes.
    """

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            setattr(cls, self.attname, _Opening(self))

    def _aad(self, row: models.Model) -> bytes:
        return f"{row._meta.db_table}.{self.column}.{row.pk}".encode()

    def to_text(self, value: Any) -> str:
        """The value as text, before encryption."""
        return str(value)

    def from_text(self, text: str) -> Any:
        """The value, after decryption."""
        return text

    def open(self, text: str, row: models.Model) -> Any:
        """Decrypt what the database held for this row."""
        return self.from_text(decrypt(base64.b85decode(text), self._aad(row)).decode())

    def seal(self, value: Any, row: models.Model) -> str:
        """Encrypt a value for this row."""
        return base64.b85encode(encrypt(self.to_text(value).encode(), self._aad(row))).decode()

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> _Sealed | None:
        return None if value is None else _Sealed(value)

    def pre_save(self, row: models.Model, add: bool) -> Any:  # noqa: FBT001
        value = row.__dict__.get(self.attname)
        if value is None or isinstance(value, _Sealed):
            return value
        return _Sealed(self.seal(value, row))

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> str | None:
        """What the database is given of a value that ``pre_save`` made ready.

        Raises:
            TypeError: the value is not encrypted; the message names the column, never the value.
        """
        if value is None:
            return None
        if not isinstance(value, _Sealed):
            raise TypeError(f"{self.model._meta.label}.{self.name} is written by save(): it is encrypted for its row")
        return value.text

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_from_object(self, obj: models.Model) -> Any:
        return getattr(obj, self.attname)


class EncryptedJSONField(EncryptedTextField):
    """A JSON value encrypted at rest (same rules as ``EncryptedTextField``)."""

    def to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def from_text(self, text: str) -> Any:
        return json.loads(text)
