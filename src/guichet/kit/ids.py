"""Keys that tell nothing, references people can read aloud, and secrets nobody can guess."""

from __future__ import annotations

import secrets
import time
import uuid

# Crockford's base 32 less Z: no I, L, O, U, so that a reference survives a telephone call; 31 characters, a prime.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def uuid7() -> uuid.UUID:
    """A UUID version 7 (RFC 9562): ordered by creation in an index, telling nothing else."""
    value = (time.time_ns() // 1_000_000) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0x2 << 62
    return uuid.UUID(int=value | secrets.randbits(62))


def _check_character(body: str) -> str:
    """One of 31 characters: 31 is prime, so one wrong character or two swapped neighbours always change it."""
    return ALPHABET[sum(place * ALPHABET.index(c) for place, c in enumerate(body, start=1)) % 31]


def new_reference(prefix: str) -> str:
    """A public reference such as ``CMD-7K2M9XQA-4``: eight random characters (39 bits) and a check character.

    It identifies a case to people; it is no secret and opens nothing by itself.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{body}-{_check_character(body)}"


def normalise_reference(text: str) -> str | None:
    """The reference meant by what a person typed (case, spaces, O for 0, I or L for 1), or None if it is none."""
    prefix, _, rest = text.strip().upper().replace(" ", "").partition("-")
    body, _, check = rest.translate(_LOOKALIKES).partition("-")
    valid = prefix.isalpha() and len(body) == 8 and set(body) <= set(ALPHABET) and _check_character(body) == check
    return f"{prefix}-{body}-{check}" if valid else None


def is_reference(text: str) -> bool:
    """True if ``text`` is a well-formed public reference whose check character agrees."""
    return normalise_reference(text) == text


def secret_token() -> str:
    """128 unguessable bits for an address that opens something without an account."""
    return secrets.token_urlsafe(16)


def short_code() -> str:
    """Fifty-nine unguessable bits for people to type: ``7K2M-9XQA-44CD``."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"{body[:4]}-{body[4:8]}-{body[8:]}"


def normalise_code(text: str) -> str:
    """A typed code in the form in which ``short_code`` wrote it, as far as that can be told."""
    body = "".join(c for c in text.upper().translate(_LOOKALIKES) if c in ALPHABET)
    return f"{body[:4]}-{body[4:8]}-{body[8:12]}" if len(body) == 12 else text.strip()
