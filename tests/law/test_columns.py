"""Tables as plain integers: every outcome is the very one of the table, on each day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law import questions
from guichet.law.kernel.columns import compile_table
from guichet.law.kernel.money import Chf
from guichet.law.kernel.questions import Figures

FEES = questions.find("rdid.fee").figures
assert isinstance(FEES, Figures)
TABLE, COLUMNS = FEES.table, compile_table(FEES.table)
# One value of the reform is that of another line today: lines are told apart all the same.
REFORMED = TABLE.reform({"11/1/1/a": Chf(15000), "11/1/2/b": Chf(14000)})
REFORMED_COLUMNS = compile_table(REFORMED)
POINTS = st.tuples(*(st.sampled_from(list(domain)) for domain in TABLE.inputs.values()))
DAYS = st.one_of(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.sampled_from(TABLE.days()))


@given(DAYS, POINTS)
def test_a_column_gives_the_outcome_of_the_table(on: date, point: tuple[object, ...]) -> None:
    assert COLUMNS.outcome(on, COLUMNS.number(point)) == TABLE.decide(on, *point)


@given(DAYS, POINTS)
def test_a_reform_leaves_every_number_as_it_is(on: date, point: tuple[object, ...]) -> None:
    assert REFORMED_COLUMNS.cells == COLUMNS.cells
    assert REFORMED_COLUMNS.outcome(on, COLUMNS.number(point)) == REFORMED.decide(on, *point)


def test_each_point_has_its_own_number() -> None:
    from itertools import product

    numbers = [COLUMNS.number(point) for point in product(*TABLE.inputs.values())]

    assert numbers == list(range(COLUMNS.points)) == list(range(5 * 3 * 2 * 2))


def test_a_value_outside_the_inputs_has_no_number() -> None:
    with pytest.raises(KeyError):
        COLUMNS.number(("visa", "passport", False, False))
