"""AVS numbers: prefix, length, check digit, the form in which people type and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kit import avs


def test_the_number_printed_in_the_leaflet_of_the_central_office_is_valid() -> None:
    assert avs.is_valid("7569217076985")


@pytest.mark.parametrize(
    "number",
    ["", "756", "7569217076984", "4012345678901", "75692170769850", "756921707698٥", "756.9217.0769.85"],
)
def test_a_number_with_a_wrong_digit_prefix_or_length_is_refused(number: str) -> None:
    assert not avs.is_valid(number)


@given(st.integers(0, 999_999_999), st.integers(0, 11), st.integers(1, 9))
def test_changing_any_one_digit_of_a_number_makes_it_invalid(serial: int, place: int, by: int) -> None:
    twelve = f"756{serial:09d}"
    number = twelve + avs.check_digit(twelve)
    changed = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    assert avs.is_valid(number)
    assert not avs.is_valid(changed)


@pytest.mark.parametrize(
    "typed", ["756.9217.0769.85", " 756 9217 0769 85 ", "756-9217-0769-85", "756\u00a09217.0769.85"]
)
def test_points_spaces_and_dashes_in_a_typed_number_are_ignored(typed: str) -> None:
    assert avs.normalise(typed) == "7569217076985"


def test_a_typed_text_that_is_no_number_is_nothing() -> None:
    assert avs.normalise("756.9217.0769.84") is None


def test_a_number_is_printed_in_groups_as_on_the_insurance_card() -> None:
    assert avs.formatted("7569217076985") == "756.9217.0769.85"
