"""In which row of its diagram each state and act of a procedure stands: what comes first, higher."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.law.kernel.procedures import Procedure, Transition

MOST_LINES_TO_AN_ACT, MOST_ACTS_IN_A_ROW = 3, 4


def lines_of(procedure: Procedure) -> Mapping[str, Transition]:
    """The lines of the table by a name of their own: that of the act, numbered from its second line on."""
    return {
        line.act if place == 1 else f"{line.act}-{place}": line
        for lines in procedure.acts.values()
        for place, line in enumerate(lines, start=1)
    }


def rows_of(procedure: Procedure) -> Mapping[str, int]:
    """``state:NAME`` and ``act:LINE`` to the row, 0 at the top; every act stands between two rows of states."""
    levels = _levels(procedure)
    gaps: dict[int, list[str]] = {}
    for name, line in lines_of(procedure).items():
        gaps.setdefault(_gap(line, procedure, levels), []).append(name)
    rows: dict[str, int] = {}
    row = 0
    for level in range(max(levels.values()) + 1):
        rows |= {f"state:{state}": row for state, where in levels.items() if where == level}
        row += 1
        acts = gaps.get(level, [])
        depth = -(-len(acts) // MOST_ACTS_IN_A_ROW)
        # Acts of a crowded gap alternate between its rows: lines pass between neighbours.
        rows |= {f"act:{act}": row + place % depth for place, act in enumerate(acts)}
        row += depth
    return rows


def layered_sources(line: Transition, procedure: Procedure) -> list[str]:
    """The states that decide how low the act stands: the first alone, where it is possible in many."""
    sources = [state for state in procedure.states if state in line.sources]
    return sources if len(sources) <= MOST_LINES_TO_AN_ACT else sources[:1]


def _levels(procedure: Procedure) -> dict[str, int]:
    """How many steps lead to each state on the longest way from the first that turns back nowhere."""
    onwards = _onwards(procedure)
    levels = dict.fromkeys(procedure.states, 0)
    for _ in procedure.states:
        for state, targets in onwards.items():
            for target in targets:
                levels[target] = max(levels[target], levels[state] + 1)
    return levels


def _onwards(procedure: Procedure) -> Mapping[str, list[str]]:
    """From each state to the states that an act leads to, without those that lead back to where one came from."""
    leads: dict[str, list[str]] = {state: [] for state in procedure.states}
    for each in procedure.transitions:
        for state in layered_sources(each, procedure):
            if each.target != state and each.target not in leads[state]:
                leads[state].append(each.target)
    onwards: dict[str, list[str]] = {state: [] for state in procedure.states}
    finished: set[str] = set()

    def visit(state: str, way: tuple[str, ...]) -> None:
        for target in leads[state]:
            if target not in way:
                onwards[state].append(target)
                if target not in finished:
                    visit(target, (*way, target))
        finished.add(state)

    for state in (procedure.initial, *procedure.states):
        if state not in finished:
            visit(state, (state,))
    return onwards


def _gap(line: Transition, procedure: Procedure, levels: Mapping[str, int]) -> int:
    """Below which row of states an act stands: below its last source on the way on, above its source on the way back."""
    sources, target = layered_sources(line, procedure), levels[line.target]
    onwards = [levels[state] for state in sources if levels[state] < target]
    if onwards:
        return max(onwards)
    return max(min(levels[state] for state in sources) - 1, target)
