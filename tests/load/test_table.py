"""The bench's table says of each figure whether its goal is held."""

from __future__ import annotations

import pytest

from .table import Goal, Line, _identity, _lists, written


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


def a_list(**more: float) -> dict[str, float]:
    return {"rows": 50, "sql": 4, "cpu_ms": 5.0, "p50_ms": 6.0, "p95_ms": 9.0, **more}


def test_a_list_is_judged_by_its_slowest_and_by_its_growth() -> None:
    found = {"populated": {"1000000": {"liste": a_list(p50_ms=9.6, p95_ms=51.0)}, "10000": {"liste": a_list()}}}

    rows = _lists(found)

    assert {row.what: row.is_held for row in rows if row.goal} == {
        "liste, 10000 dossiers : p95": True,
        "SQL d'une liste, 10000 dossiers, au plus": True,
        "liste, 1000000 dossiers : p95": False,
        "  p50, 50 lignes": False,
        "SQL d'une liste, 1000000 dossiers, au plus": True,
    }
    assert next(row.ratio for row in rows if row.what.startswith("  p50")) == pytest.approx(1.6)


@pytest.mark.parametrize("before", [3, 240])
def test_the_growth_of_a_page_that_shows_other_rows_is_told_and_not_judged(before: int) -> None:
    found = {"populated": {"1000000": {"liste": a_list(p50_ms=20.0)}, "10000": {"liste": a_list(rows=before)}}}

    (row,) = [row for row in _lists(found) if "p50" in row.what]

    assert (row.what, row.goal) == (f"  p50, 50 lignes au lieu de {before}", None)


def test_the_statements_of_a_month_are_judged_by_the_bare_sums() -> None:
    rush = {"clients": 200, "booked": 200, "rate": 50.0, "p95_ms": 900.0}
    month = {"entries": 5000, "totals": 16.0, "floor": 10.0, "spreadsheets": 90.0}

    rows = _identity({"booking": rush, "statements": month})

    assert [row.is_held for row in rows if row.goal] == [True, False]
