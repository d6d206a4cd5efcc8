"""Numbers of Swiss passports and identity cards: as typed, as compared, and as found without being readable.

Only the shape is checked. That it is a letter and seven digits is likely, from two sources that are not the
Confederation's: a description of 2007 (web.archive.org/web/20101207045314/http://adi.kousz.ch/artikel/IDCHE.htm: letter and
seven digits; nine digits on documents that have expired since) and the rule for Switzerland of the npm package validator
13.15 (``isPassportNumber``). That newer series mix letters among the seven is own knowledge, not verified: they are
accepted. The check digits of a document (ICAO Doc 9303, part 3) stand in its machine-readable zone, beside the number,
and are no part of it: none can be verified here.
"""

from __future__ import annotations

import re

from guichet.kit.crypto import blind_index

EXAMPLE = "X1234567"
# What an error says: the shape that is expected, and that nothing more is verified.
EXPECTED = (
    f"Le numéro compte huit lettres ou chiffres et commence par une lettre, par exemple {EXAMPLE}. Seule cette forme est "
    "vérifiée : relisez-le sur le document."
)
_FORM = re.compile(r"[A-Z](?=[A-Z0-9]*[0-9])[A-Z0-9]{7}")


def normalise(typed: str) -> str:
    """The number without spaces, dots, dashes and small letters."""
    return re.sub(r"[\s.\-·]", "", typed).upper()


def is_well_formed(number: str) -> bool:
    """Whether a normalised number has the form of a Swiss one: a letter, then seven letters or digits, one digit at least.

    There is no check character: a number of the right form may still be mistyped, or be nobody's.
    """
    return _FORM.fullmatch(number) is not None


def number_index(kind: str, number: str) -> str:
    """Under which the number of a document of this kind is found."""
    return blind_index(f"{kind}:{normalise(number)}", "identity-number")
