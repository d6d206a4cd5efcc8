"""The published table of states and acts is the one that moves orders."""

from __future__ import annotations

from tools import states

from guichet.law.procedures import CGV_ORDER


def test_the_published_states_are_those_of_the_procedure() -> None:
    assert states.RESULT.read_text() == states.markdown(CGV_ORDER), "run: python -m tools.states"


def test_every_state_and_act_has_its_line() -> None:
    lines = states.markdown(CGV_ORDER).splitlines()

    for name in (*CGV_ORDER.states, *CGV_ORDER.acts):
        assert sum(line.startswith(f"| `{name}` |") for line in lines) == 1
