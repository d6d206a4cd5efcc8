"""The control surface ``/_sim/``, only there when asked for: faults, switches, clock, notifications, what was seen."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from . import acts, payer
from .exchange import Answer, Call
from .notifier import Notifier
from .world import Switches, World

Told = dict[str, Any]
Handler = Callable[[World, Notifier, Told], Any]


def respond(world: World, notifier: Notifier, call: Call) -> Answer:
    """Answers one control call with JSON; what is asked wrongly gets 400 and the reason."""
    handler = _HANDLERS.get((call.method, call.path.removeprefix("/_sim/")))
    if handler is None:
        return Answer.of(404, {"error": "no such control"})
    try:
        told = json.loads(call.body or b"{}")
        return Answer.of(200, {"result": handler(world, notifier, told)})
    except (ValueError, TypeError, KeyError) as wrong:
        return Answer.of(400, {"error": str(wrong)})


def _list(name: str) -> Handler:
    def listed(world: World, notifier: Notifier, told: Told) -> Any:
        with world.book.lock:
            return [asdict(one) for one in getattr(world.book, name).values()]

    return listed


def _violations(world: World, notifier: Notifier, told: Told) -> Any:
    return list(world.book.violations)


def _clear_violations(world: World, notifier: Notifier, told: Told) -> Any:
    with world.book.lock:
        seen = list(world.book.violations)
        world.book.violations.clear()
    return seen


def _calls(world: World, notifier: Notifier, told: Told) -> Any:
    return list(world.book.calls)


def _faults(world: World, notifier: Notifier, told: Told) -> Any:
    world.faults.add(told)
    return world.faults.waiting()


def _clear_faults(world: World, notifier: Notifier, told: Told) -> Any:
    world.faults.clear()
    return []


def _switch(world: World, notifier: Notifier, told: Told) -> Any:
    world.switches = world.switches.with_changes(told)
    notifier.wake()
    return asdict(world.switches)


def _clock(world: World, notifier: Notifier, told: Told) -> Any:
    world.advance(float(told.get("advance_seconds", 0)))
    notifier.wake()
    return {"now": world.clock.now(), "written": world.date(world.clock.now())}


def _release(world: World, notifier: Notifier, told: Told) -> Any:
    return notifier.release(told.get("ids"))


def _closing(world: World, notifier: Notifier, told: Told) -> Any:
    with world.book.lock:
        return acts.run_closing(world)


def _resolve(world: World, notifier: Notifier, told: Told) -> Any:
    if told["outcome"] not in ("authorised", "declined", "captured"):
        raise ValueError("outcome: authorised, declined or captured")
    with world.book.lock:
        one = next(one for one in world.book.of_order(told["order"]) if one.state in ("PENDING", "AUTHORIZED"))
        owed = payer.resolve(world, one, outcome=told["outcome"])
    if owed:
        notifier.owe(owed[0], success=owed[1])
    return asdict(one)


def _reset(world: World, notifier: Notifier, told: Told) -> Any:
    world.book.forget()
    notifier.forget()
    world.faults.clear()
    world.switches = Switches()
    world.clock.offset = 0.0
    world.asserts.clear()
    world.last_health = -math.inf
    return "new"


_HANDLERS: dict[tuple[str, str], Handler] = {
    ("GET", "violations"): _violations,
    ("DELETE", "violations"): _clear_violations,
    ("GET", "pages"): _list("pages"),
    ("GET", "transactions"): _list("transactions"),
    ("GET", "notifications"): _list("notifications"),
    ("POST", "notifications/release"): _release,
    ("GET", "calls"): _calls,
    ("POST", "faults"): _faults,
    ("DELETE", "faults"): _clear_faults,
    ("POST", "switches"): _switch,
    ("POST", "clock"): _clock,
    ("POST", "closing"): _closing,
    ("POST", "resolve"): _resolve,
    ("POST", "reset"): _reset,
}
