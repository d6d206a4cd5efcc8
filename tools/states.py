"""Write docs/states.md, the states and acts of every kind of case, from the procedures in the law core.

``python -m tools.states`` writes it; a test fails when it is not current.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from guichet.law.kernel.clocks import Clock, write_length
from guichet.law.kernel.inputs import Input
from guichet.law.kernel.procedures import Block, Gate, Transition
from guichet.law.procedures import PROCEDURES, ROLES, Procedure

RESULT = Path(__file__).resolve().parent.parent / "docs" / "states.md"

NOTE = (
    "Written by `python -m tools.states` from the procedures in the law core; do not edit. "
    "Only `casework.acts.take` moves a case, along these tables."
)


def page() -> str:
    """The whole page."""
    return "\n".join([f"{NOTE}\n", *(markdown(procedure) for procedure in PROCEDURES.values())])


def markdown(procedure: Procedure) -> str:
    """The chapter of one procedure."""
    parts = (
        f"# {procedure.title} (`{procedure.name}`)",
        "## States",
        _states(procedure),
        "## Acts",
        _acts(procedure),
        "## Guards",
        _list(dict.fromkeys(_guard(each) for each in procedure.transitions if each.guard)),
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
        leave = dict.fromkeys(f"`{each.act}`" for each in procedure.possible(state))
        rows.append((f"`{state}`", name, role, ", ".join(leave) or "–"))
    return _table(("state", "français", "", "acts possible"), rows)


def _acts(procedure: Procedure) -> str:
    rows = [
        (
            f"`{each.act}`",
            each.label,
            ", ".join(f"`{state}`" for state in procedure.states if state in each.sources),
            f"`{each.target}`",
            ", ".join(_fact(fact, each) for fact in each.facts) or "–",
            ", ".join(name for role, name in ROLES.items() if role in each.who),
            "; ".join(ref.cite for ref in each.basis),
            ", ".join([*(f"opens `{c.name}`" for c in each.opens), *(f"closes `{c}`" for c in each.closes)]) or "–",
        )
        for each in procedure.transitions
    ]
    return _table(("act", "français", "from", "to", "facts", "who", "basis", "clocks"), rows)


def _fact(fact: Input, line: Transition) -> str:
    """``extent`` (full, partial), with a question mark where the fact may be left out."""
    words = line.words(fact.name)
    among = f" ({', '.join(words)})" if words else ""
    return f"`{fact.name}`{'' if fact.required else '?'}{among}"


def _guard(line: Transition) -> str:
    conditions = (("needs", line.needs), ("unless", line.unless), ("awaits", line.awaits))
    told = [f"{word} {', '.join(f'`{name}`' for name in names)}" for word, names in conditions if names]
    among = f" ({'; '.join(told)})" if told else ""
    return f"`{line.act}`: {line.guard}{among}"


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
    RESULT.write_text(page())
