"""How values are written for people, and typed values read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from guichet.kit import avs, formats
from guichet.law.kernel.money import Chf


def test_the_first_of_a_month_is_written_as_an_ordinal() -> None:
    assert formats.short_date(date(2026, 3, 1)) == "1er mars 2026"
    assert formats.long_date(date(2026, 3, 30)) == "lundi 30 mars 2026"


def test_an_instant_is_written_in_the_time_of_geneva() -> None:
    assert formats.instant(datetime(2026, 7, 31, 22, 5, tzinfo=UTC)) == "1er août 2026 à 0\xa0h\xa005"


def test_an_amount_is_written_alike_from_money_and_from_centimes() -> None:
    assert formats.chf(Chf(2500)) == formats.chf(2500) == "25.00 CHF"


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0 document"), (1, "1 document"), (2, "2 documents"), (1234, "1 234 documents")]
)
def test_french_takes_the_plural_from_two(number: int, written: str) -> None:
    assert formats.count(number, "document") == written


@pytest.mark.parametrize(
    ("octets", "written"), [(999, "999 octets"), (312_000, "312 Ko"), (5_000_000, "5 Mo"), (4_210_000, "4,2 Mo")]
)
def test_the_size_of_a_file_is_written_in_units_people_know(octets: int, written: str) -> None:
    assert formats.file_size(octets) == written


@pytest.mark.parametrize("typed", ["756.1234.5678.97", "7561234567897", "756 1234 5678 97", "756-1234-5678-97"])
def test_an_avs_number_is_read_however_it_is_typed(typed: str) -> None:
    digits = avs.digits_of(typed)

    assert avs.is_valid(digits)
    assert formats.avs(digits) == "756.1234.5678.97"


@given(st.integers(min_value=0, max_value=10**9 - 1), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_found_in_an_avs_number(body: int, place: int, shift: int) -> None:
    right = next(f"756{body:09}{check}" for check in range(10) if avs.is_valid(f"756{body:09}{check}"))
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]

    assert not avs.is_valid(wrong)


@pytest.mark.parametrize(("number", "ending"), [(0, ""), (1, ""), (2, "s"), (-1, ""), (7, "s")])
def test_templates_take_the_french_plural_too(number: int, ending: str) -> None:
    template = Template("{% load kit %}{{ number|pluralize }} {{ number|pluralize:'a,ont' }}")

    assert template.render(Context({"number": number})) == f"{ending} {'ont' if ending else 'a'}"
