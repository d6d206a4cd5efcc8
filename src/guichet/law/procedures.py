"""The procedures of the three texts, for whoever moves cases, draws screens from them, or replays events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guichet.law.acts.cgv.order import ORDER as CGV_ORDER
from guichet.law.acts.lipad.procedures import LIPAD_PROCEDURES
from guichet.law.acts.rdid.application import APPLICATION as RDID_APPLICATION
from guichet.law.acts.rdid.loss import LOSS as RDID_LOSS
from guichet.law.kernel import replay as running
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.clocks import Suspension
from guichet.law.kernel.inputs import UnknownQuestion, nearest_names
from guichet.law.kernel.procedures import ROLES, Procedure, Transition, UnknownAct
from guichet.law.kernel.replay import Event, Replay
from guichet.law.terms.periods import SUSPENSION_READING

__all__ = [
    "CGV_ORDER",
    "PROCEDURES",
    "RDID_APPLICATION",
    "RDID_LOSS",
    "ROLES",
    "SUSPENSION",
    "Event",
    "Procedure",
    "Replay",
    "UnknownAct",
    "describe",
    "edition_of",
    "find",
    "replay",
]

# Each with its editions, oldest first: a new wording of the law adds one, with the day from which cases follow it.
EDITIONS: Mapping[str, Sequence[Procedure]] = {
    each.name: (each,) for each in (CGV_ORDER, RDID_APPLICATION, RDID_LOSS, *LIPAD_PROCEDURES)
}
PROCEDURES: Mapping[str, Procedure] = {name: editions[-1] for name, editions in EDITIONS.items()}


SUSPENSION = SUSPENSION_READING


def find(name: str, *, began: date | None = None) -> Procedure:
    """The procedure of this name: its latest edition, or the one of the day a case began (a case keeps it to the end).

    Raises:
        UnknownQuestion: there is none; the refusal suggests the nearest names.
    """
    try:
        editions = EDITIONS[name]
    except KeyError:
        raise UnknownQuestion(name, nearest_names(name, list(EDITIONS)), "procedure") from None
    return edition_of(editions, began) if began else editions[-1]


def edition_of(editions: Sequence[Procedure], began: date) -> Procedure:
    """The last edition that had started on the day a case began; the first one we hold for a case older than that."""
    started = [each for each in editions if each.since is None or each.since <= began]
    return started[-1] if started else editions[0]


def replay(name: str, events: Sequence[Any], *, on: date, suspension: Suspension = Suspension.IGNORE) -> Replay:
    """Where a case stands on a day after these events (or their JSON objects), under the edition of its first event.

    Raises:
        UnknownQuestion: no such procedure.
        BadInput: an event is malformed or out of order; nothing is applied.
    """
    began = running.read_event(0, events[0]).day if events else on
    return running.replay(find(name, began=began), events, on=on, suspension=suspension)


def describe(procedure: Procedure) -> dict[str, Any]:
    """The table of a procedure as plain values, for the command and the API."""
    return {
        "name": procedure.name,
        "title": procedure.title,
        "text": procedure.text,
        "initial": procedure.initial,
        "finals": sorted(procedure.finals),
        "states": dict(procedure.states),
        "transitions": [_describe(each, procedure) for each in procedure.transitions],
        "blocks": [
            {"event": each.act, "in": sorted(each.states), "why": each.why, "basis": _write(each.basis)}
            for each in procedure.blocks
        ],
        "gates": [
            {"to": gate.to, "after": list(gate.after), "clock": gate.clock or None, "since": gate.since or None}
            for gate in procedure.gates
        ],
    }


def _describe(each: Transition, procedure: Procedure) -> dict[str, Any]:
    return {
        "event": each.act,
        "from": [state for state in procedure.states if state in each.sources],
        "to": each.target,
        "by": sorted(each.who),
        "label": each.label,
        "facts": [
            {"name": fact.name, "meaning": fact.meaning, "required": fact.required, "accepted": fact.accepted(None)}
            for fact in each.facts
        ],
        "when": {name: list(words) for name, words in each.when.items()},
        "guard": each.guard or None,
        "needs": list(each.needs),
        "unless": list(each.unless),
        "awaits": list(each.awaits),
        "renews": list(each.renews),
        "basis": _write(each.basis),
        "opens": [clock.name for clock in each.opens],
        "closes": list(each.closes),
    }


def _write(basis: Sequence[Ref]) -> list[dict[str, Any]]:
    return [ref.to_json() for ref in basis]
