"""The published tables of states and acts are those that move cases."""

from __future__ import annotations

import pytest
from tools import states

from guichet.law.procedures import PROCEDURES, Procedure


def test_the_published_states_are_those_of_the_procedures() -> None:
    assert states.RESULT.read_text() == states.page(), "run: python -m tools.states"


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda procedure: procedure.name)
def test_every_state_and_every_line_of_an_act_has_its_row(procedure: Procedure) -> None:
    rows = states.markdown(procedure).splitlines()

    for name in procedure.states:
        assert sum(row.startswith(f"| `{name}` |") for row in rows) == 1
    for act, lines in procedure.acts.items():
        assert sum(row.startswith(f"| `{act}` |") for row in rows) == len(lines)
