"""Amounts: centimes, never floats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law.kernel.money import Chf


@given(st.integers(-(10**13), 10**13))
def test_an_amount_written_in_francs_reads_back_the_same(centimes: int) -> None:
    amount = Chf(centimes)

    assert Chf.parse(amount.francs) == amount


@pytest.mark.parametrize("written", ["25", "25,00", "25.5", "25.000", " 25.00", "+25.00", "٢٥.٠٠", "", "1e2.00"])
def test_an_amount_without_exactly_two_decimals_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"25\.00"):
        Chf.parse(written)


@pytest.mark.parametrize("wrong", [25.0, "2500", True, None])
def test_an_amount_is_never_a_float_a_text_or_a_boolean(wrong: object) -> None:
    with pytest.raises(TypeError, match="centimes"):
        Chf(wrong)  # type: ignore[arg-type]


def test_amounts_add_subtract_multiply_and_compare_to_the_centime() -> None:
    fee, postage = Chf(2500), Chf(110)

    assert fee + postage == Chf(2610)
    assert fee - postage == Chf(2390)
    assert postage * 3 == Chf(330)
    assert -postage < Chf(0) < postage < fee
    assert Chf.total([fee, postage, postage]) == Chf(2720)


def test_an_amount_does_not_mix_with_a_bare_number() -> None:
    with pytest.raises(TypeError):
        Chf(100) + 1  # type: ignore[operator]
    with pytest.raises(TypeError):
        Chf(100) - 1  # type: ignore[operator]


def test_an_amount_is_written_with_its_currency_and_its_sign() -> None:
    assert str(Chf(2500)) == "25.00 CHF"
    assert str(Chf(-5)) == "-0.05 CHF"
    assert not Chf(0)
    assert Chf(5)
