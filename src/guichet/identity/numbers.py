"""Numbers of Swiss passports and identity cards: as typed, as compared, and as found without being readable."""

from __future__ import annotations

import re

from guichet.kit.crypto import blind_index

LENGTH = 8
_FORM = re.compile(r"[A-Z](?=[A-Z0-9]*[0-9])[A-Z0-9]{7}")


def normalise(typed: str) -> str:
    """The number without spaces, dots, dashes and small letters."""
    return re.sub(r"[\s.\-·]", "", typed).upper()


def is_well_formed(number: str) -> bool:
    """Whether a normalised number has the form of a Swiss one: a letter, then seven letters or digits, one digit at least.

    There is no check character: a number of the right form may still be mistyped.
    """
    return _FORM.fullmatch(number) is not None


def number_index(kind: str, number: str) -> str:
    """Under which the number of a document of this kind is found."""
    return blind_index(f"{kind}:{normalise(number)}", "identity-number")
