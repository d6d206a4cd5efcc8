"""The procedures of the three texts, for whoever moves cases, draws screens from them, or replays events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guichet.law.acts.cgv.order import ORDER as CGV_ORDER
from guichet.law.kernel import replay as running
from guichet.law.kernel.inputs import UnknownQuestion, nearest_names
from guichet.law.kernel.procedures import ROLES, Procedure, UnknownAct
from guichet.law.kernel.replay import Event, Replay

__all__ = ["CGV_ORDER", "PROCEDURES", "ROLES", "Event", "Procedure", "Replay", "UnknownAct", "find", "replay"]

PROCEDURES: Mapping[str, Procedure] = {procedure.name: procedure for procedure in (CGV_ORDER,)}


def find(name: str) -> Procedure:
    """The procedure of this name.

    Raises:
        UnknownQuestion: there is none; the refusal suggests the nearest names.
    """
    try:
        return PROCEDURES[name]
    except KeyError:
        raise UnknownQuestion(name, nearest_names(name, list(PROCEDURES)), "procedure") from None


def replay(name: str, events: Sequence[Any], *, on: date) -> Replay:
    """Where a case stands on a day after these events (or their JSON objects).

    Raises:
        UnknownQuestion: no such procedure.
        BadInput: an event is malformed or out of order; nothing is applied.
    """
    return running.replay(find(name), events, on=on)


def describe(procedure: Procedure) -> dict[str, Any]:
    """The table of a procedure as plain values, for the command and the API."""
    return {
        "name": procedure.name,
        "title": procedure.title,
        "text": procedure.text,
        "initial": procedure.initial,
        "finals": sorted(procedure.finals),
        "states": dict(procedure.states),
        "transitions": [
            {
                "event": each.act,
                "from": [state for state in procedure.states if state in each.sources],
                "to": each.target,
                "by": sorted(each.who),
                "label": each.label,
                "basis": [ref.to_json() for ref in each.basis],
                "opens": [clock.name for clock in each.opens],
                "closes": list(each.closes),
            }
            for each in procedure.transitions
        ],
    }
