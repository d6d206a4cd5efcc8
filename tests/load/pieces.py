"""What single pieces cost in one process: questions to the law, a document, a seal, a stored file. Prints JSON.

``python -m tests.load.pieces`` in the environment of an office whose first orders are delivered.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django

QUESTIONS = 1_000_000


def processor_ms(act: Callable[[], object], times: int) -> float:
    """Processor time of one call, threads of libraries included."""
    act()
    begun = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - begun) / times * 1000


def law() -> dict[str, Any]:
    """Microseconds a question with its reasons; and a million mixed ones, beside looking known answers up in a table."""
    from guichet.law.questions import ask

    day = date(2026, 3, 2)
    asked: list[tuple[str, dict[str, Any]]] = [
        ("cgv.fee", {"service": "residence"}),
        ("cgv.postage", {"option": "a_standard"}),
        ("cgv.delivery_window", {"ordered_on": day}),
    ]
    each = {
        name: processor_ms(lambda: ask(name, on=day, **inputs), QUESTIONS // 500) * 1000  # noqa: B023 - called at once
        for name, inputs in asked
    }
    days = [day + timedelta(days=number) for number in range(365)]

    def put(answer: Callable[..., object]) -> float:
        """Microseconds a question, a million of them, two kinds over a year of days."""
        begun = time.process_time()
        for number in range(QUESTIONS):
            name, inputs = asked[number % 2]
            answer(name, on=days[number % 365], **inputs)
        return (time.process_time() - begun) / QUESTIONS * 1e6

    known = {(name, on): ask(name, on=on, **inputs) for name, inputs in asked[:2] for on in days}
    look_up = put(lambda name, *, on, **inputs: known[name, on])
    return {"us": each, "mixed_us": put(ask), "mixed": QUESTIONS, "look_up_us": look_up}


def document(times: int) -> dict[str, float]:
    """Milliseconds of processor time to print, to seal (B-LTA, two time-stamps over HTTP) and to store a document."""
    from guichet.documents import operations, rendering, sealing, store
    from guichet.kit import clock
    from guichet.orders import compose, jobs
    from guichet.orders.models import Order

    at = clock.now()
    order = Order.objects.select_related("version__service").filter(state="delivered").first()
    assert order is not None, "no order was delivered"
    person = jobs._read_person(order, at)

    def printed() -> bytes:
        content = compose.attestation(order, person, verification=operations.new_verification(), at=at)
        return rendering.render(content.template, content, issued_at=at)

    plain = printed()
    sealed = sealing.seal(plain)
    return {
        "print_ms": processor_ms(printed, times),
        "seal_ms": processor_ms(lambda: sealing.seal(plain), times),
        "store_ms": processor_ms(lambda: store.put(sealed + os.urandom(8)), times),
        "octets": len(sealed),
    }


def main() -> None:
    """Print what was measured."""
    django.setup()
    times = int(sys.argv[1])
    print(json.dumps({"law": law(), "document": document(times)}))


if __name__ == "__main__":
    main()
