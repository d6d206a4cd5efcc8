"""The AVS number (numéro AVS): thirteen digits, the country's prefix 756, and a check digit."""

from __future__ import annotations

PREFIX = "756"
_LENGTH = 13


def check_digit(twelve: str) -> str:
    """The thirteenth digit of a number (EAN-13)."""
    odd, even = twelve[0::2], twelve[1::2]
    return str(-(sum(map(int, odd)) + 3 * sum(map(int, even))) % 10)


def is_valid(number: str) -> bool:
    """True if the thirteen digits, without points, are an AVS number whose check digit agrees."""
    well_formed = len(number) == _LENGTH and number.isascii() and number.isdigit() and number.startswith(PREFIX)
    return well_formed and check_digit(number[:-1]) == number[-1]


def normalise(text: str) -> str | None:
    """The thirteen digits of what a person typed (points, spaces and dashes ignored), or None if it is no number."""
    digits = "".join(c for c in text if c not in ". -\u00a0\u202f")
    return digits if is_valid(digits) else None


def formatted(number: str) -> str:
    """As printed on the card: ``756.1234.5678.97``."""
    return f"{number[:3]}.{number[3:7]}.{number[7:11]}.{number[11:]}"
