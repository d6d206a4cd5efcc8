"""The AVS number (numéro AVS): thirteen digits, the country's prefix 756, and a check digit."""

from __future__ import annotations

PREFIX = "756"
_LENGTH = 13


def check_digit(twelve: str) -> str:
    """The thirteenth digit of a number (EAN-13)."""
    odd, even = twelve[0::2], twelve[1::2]
    return str(-(sum(map(int, odd)) + 3 * sum(map(int, even))) % 10)


def digits_of(text: str) -> str:
    """What a person typed without points, spaces and dashes."""
    return "".join(c for c in text if c not in ". -–\u00a0\u202f")


def is_well_formed(digits: str) -> bool:
    """True if these are thirteen digits that begin with 756; says nothing of the check digit."""
    return len(digits) == _LENGTH and digits.isascii() and digits.isdigit() and digits.startswith(PREFIX)


def is_valid(number: str) -> bool:
    """True if the thirteen digits, without points, are an AVS number whose check digit agrees."""
    return is_well_formed(number) and check_digit(number[:-1]) == number[-1]


def normalise(text: str) -> str | None:
    """The thirteen digits of what a person typed, or None if it is no number."""
    digits = digits_of(text)
    return digits if is_valid(digits) else None


def formatted(number: str) -> str:
    """As printed on the card: ``756.1234.5678.97``."""
    return f"{number[:3]}.{number[3:7]}.{number[7:11]}.{number[11:]}"
