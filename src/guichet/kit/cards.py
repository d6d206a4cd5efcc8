"""Card numbers: the office neither asks for them nor keeps them, whoever types one and wherever (CGV 6/3).

A number counts as a card's if a person could have copied it from one: 13 to 19 digits, in groups or not, of an issuer's
range, with a check digit that agrees. AVS numbers, account numbers (IBAN) and our own references are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from . import avs, ids

MASK = "[numéro masqué]"
_SHORTEST, _LONGEST = 13, 19
_BETWEEN = r"[\s.\-–—_]{0,3}"
_RUN = re.compile(rf"\d(?:{_BETWEEN}\d){{{_SHORTEST - 1},}}")
_GROUP = re.compile(r"\d+")
_REFERENCE = re.compile(r"[A-Za-z]{2,5}-[0-9A-Za-z]{8}-[0-9A-Za-z]")
_AVS = re.compile(rf"(?<!\d)756(?:{_BETWEEN}\d){{10}}(?!\d)")
_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}\d{2}(?: ?[0-9A-Za-z]{4}){2,7}(?: ?[0-9A-Za-z]{1,3})?(?![0-9A-Za-z])")
# First digits of the ranges given to issuers (ISO/IEC 7812), with the lengths of their numbers.
_ISSUERS = (
    (re.compile(r"4"), (13, 16, 19)),  # Visa
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),  # Mastercard
    (re.compile(r"3[47]"), (15,)),  # American Express
    (re.compile(r"30[0-5]|3095|36|3[89]"), (14, 16, 17, 18, 19)),  # Diners Club
    (re.compile(r"6011|64[4-9]|65|62|81"), (16, 17, 18, 19)),  # Discover, UnionPay
    (re.compile(r"35(?:2[89]|[3-8])"), (16, 17, 18, 19)),  # JCB
    (re.compile(r"5018|5020|5038|5[678]|6304|6759|676[1-3]"), range(13, 20)),  # Maestro
)


def has_card_number(text: str) -> bool:
    """Whether ``text`` holds what looks like the number of a payment card."""
    return next(_found(text), None) is not None


def masked(text: str) -> str:
    """``text`` with every card number replaced by words."""
    parts, last = [], 0
    for start, end in _found(text):
        parts += [text[last:start], MASK]
        last = end
    return "".join([*parts, text[last:]])


def _found(text: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand, from left to right, without overlap."""
    for run in _RUN.finditer(_without_other_numbers(text)):
        groups = [match.span() for match in _GROUP.finditer(run[0])]
        first = 0
        while first < len(groups):
            last = _card_from(run[0], groups, first)
            if last is not None:
                yield run.start() + groups[first][0], run.start() + groups[last][1]
            first = first + 1 if last is None else last + 1


def _card_from(run: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """The last group of a card number that begins with the group ``first``, if one does."""
    digits = ""
    for last in range(first, len(groups)):
        digits += "".join(str(int(digit)) for digit in run[slice(*groups[last])])
        if len(digits) > _LONGEST:
            return None
        if len(digits) >= _SHORTEST and _is_card(digits):
            return last
    return None


def _is_card(digits: str) -> bool:
    issued = any(len(digits) in lengths and start.match(digits) for start, lengths in _ISSUERS)
    return issued and _checks(digits)


def _checks(digits: str) -> bool:
    """The check digit agrees (Luhn): from the right, every second digit counts double, digit by digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def _without_other_numbers(text: str) -> str:
    """The text with AVS numbers, account numbers and references blotted out, every place kept."""
    for pattern, is_other in _OTHER_NUMBERS:
        for match in pattern.finditer(text):
            if is_other(match[0]):
                text = f"{text[: match.start()]}{'x' * len(match[0])}{text[match.end() :]}"
    return text


def _is_iban(text: str) -> bool:
    """The two check digits agree (ISO 13616)."""
    plain = text.replace(" ", "").upper()
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


_OTHER_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (_AVS, avs.normalise),
    (_REFERENCE, ids.normalise_reference),
    (_IBAN, _is_iban),
)
