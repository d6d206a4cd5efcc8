"""The bench's table says of each figure whether its goal is held."""

from __future__ import annotations

from .table import Goal, Line, written


def test_a_goal_bounds_the_figure_from_above_or_from_below() -> None:
    assert Line("p", 8.0, "ms", None, Goal(8)).is_held
    assert Line("p", 8.1, "ms", None, Goal(8)).is_held is False
    assert Line("r", 60.0, "/s", None, Goal(60, is_least=True)).is_held
    assert Line("r", 59.9, "/s", None, Goal(60, is_least=True)).is_held is False


def test_a_goal_may_bound_the_ratio_to_the_floor() -> None:
    assert Line("c", 30.0, "ms", 10.0, Goal(3, is_ratio=True)).is_held
    assert Line("c", 31.0, "ms", 10.0, Goal(3, is_ratio=True)).is_held is False


def test_the_table_counts_the_goals_that_are_held() -> None:
    rows = [Line("a", 1.0, "", None, Goal(2)), Line("b", 3.0, "", 1.5, Goal(2)), Line("c", 1.0, "")]

    told = written("titre", rows)

    assert told.splitlines()[-1] == "buts tenus : 1 sur 2"
    assert "oui" in told
    assert "NON" in told
    assert "2.00 ×" in told
