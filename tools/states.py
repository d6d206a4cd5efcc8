"""Write docs/states.md, the states and acts of an order, from its procedure in the law core.

``python -m tools.states`` writes it; a test fails when it is not current.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from guichet.law.kernel.clocks import Clock, write_length
from guichet.law.kernel.procedures import Block, Gate
from guichet.law.procedures import CGV_ORDER, ROLES, Procedure

RESULT = Path(__file__).resolve().parent.parent / "docs" / "states.md"

NOTE = (
    "Written by `python -m tools.states` from the procedure in the law core; do not edit. "
    "Only `casework.acts.take` moves a case, along this table."
)


def markdown(procedure: Procedure) -> str:
    """The whole page."""
    parts = (
        f"# {procedure.title} (`{procedure.name}`)",
        NOTE,
        "## States",
        _states(procedure),
        "## Acts",
        _acts(procedure),
        "## Guards",
        _list(f"`{each.act}`: {each.guard}" for each in procedure.transitions if each.guard),
        "## Clocks",
        _list(sorted({_clock(clock) for each in procedure.transitions for clock in each.opens})),
        "## What may not happen, and why",
        _list(_block(block, procedure) for block in procedure.blocks),
        "## Gates",
        _list(_gate(gate) for gate in procedure.gates),
    )
    return "\n\n".join(parts) + "\n"


def _states(procedure: Procedure) -> str:
    rows = []
    for state, name in procedure.states.items():
        role = "first" if state == procedure.initial else "last" if procedure.is_final(state) else ""
        leave = [f"`{each.act}`" for each in procedure.possible(state)]
        rows.append((f"`{state}`", name, role, ", ".join(leave) or "–"))
    return _table(("state", "français", "", "acts possible"), rows)


def _acts(procedure: Procedure) -> str:
    rows = [
        (
            f"`{each.act}`",
            each.label,
            ", ".join(f"`{state}`" for state in procedure.states if state in each.sources),
            f"`{each.target}`",
            ", ".join(name for role, name in ROLES.items() if role in each.who),
            "; ".join(ref.cite for ref in each.basis),
            ", ".join([*(f"opens `{c.name}`" for c in each.opens), *(f"closes `{c}`" for c in each.closes)]) or "–",
        )
        for each in procedure.transitions
    ]
    return _table(("act", "français", "from", "to", "who", "basis", "clocks"), rows)


def _clock(clock: Clock) -> str:
    basis = "; ".join(ref.cite for ref in clock.basis)
    return f"`{clock.name}`: {clock.title}, {write_length(clock)} ({basis})"


def _block(block: Block, procedure: Procedure) -> str:
    states = ", ".join(f"`{state}`" for state in procedure.states if state in block.states)
    return f"`{block.act}` in {states}: {block.why} ({'; '.join(ref.cite for ref in block.basis)})"


def _gate(gate: Gate) -> str:
    since = f" by a case that has been in `{gate.since}`" if gate.since else ""
    if gate.clock:
        return f"`{gate.to}` is never reached{since} while `{gate.clock}` is open."
    return f"`{gate.to}` is only reached{since} through {' or '.join(f'`{act}`' for act in gate.after)}."


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


if __name__ == "__main__":
    RESULT.write_text(markdown(CGV_ORDER))
