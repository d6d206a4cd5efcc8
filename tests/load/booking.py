"""Many people who want an appointment at once, over HTTP: how long it takes, and that no place is given twice."""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from collections import Counter
from typing import Any

from .journey import percentile
from .office import Office

TOKEN = "b" * 32
PLACES, SLOT_COUNT = 3, 50
MOST_TRIES = 20


def prepare(clients: int) -> dict[str, Any]:
    """Lodged applications and slots with fewer places than people: their addresses, in the office's own process."""
    from datetime import date, timedelta

    from guichet.identity.models import Slot
    from guichet.identity.operations import lodging
    from guichet.institutions.models import Office as Authority
    from guichet.kit import clock
    from guichet.kit.ids import secret_token

    at = clock.now()
    commune = Authority.objects.get(code="commune-gy")
    told = {"request": "identity_card", "reason": "first", "born_on": date(1990, 6, 12), "commune": commune.bfs_number}
    tokens = []
    for _ in range(clients):
        application = lodging.start(account_id=None, start_key=secret_token(), at=at)
        lodging.save_step(application, "person", {}, at=at, **told)
        lodging.lodge(application, at=at)
        tokens.append(application.token)
    starts = [at + timedelta(days=1, minutes=20 * place) for place in range(SLOT_COUNT)]
    rows = [Slot(office=commune, starts_at=start, minutes=20, capacity=PLACES) for start in starts]
    slots = [str(one.pk) for one in Slot.objects.bulk_create(rows)]
    return {"tokens": tokens, "slots": slots}


def measure(office: Office, clients: int) -> dict[str, float]:
    """Everybody at once, each wanting the earliest place; who comes too late takes the next one.

    Raises:
        RuntimeError: a place was given twice, or somebody was left without although there was room.
    """
    made = json.loads(office.call("-m", "tests.load.booking", clients))
    waits: list[float] = []
    outcomes: Counter[str] = Counter()
    together = threading.Barrier(clients)

    def come(token: str) -> None:
        together.wait()
        begun = time.perf_counter()
        outcomes[_book(office.port, token, made["slots"])] += 1
        waits.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=come, args=[token]) for token in made["tokens"]]
    begun = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    seconds = time.perf_counter() - begun
    _check(office, outcomes, clients)
    return {
        "clients": clients,
        "booked": outcomes["booked"],
        "seconds": seconds,
        "rate": outcomes["booked"] / seconds,
        "p50_ms": percentile(waits, 0.5),
        "p95_ms": percentile(waits, 0.95),
    }


def _check(office: Office, outcomes: Counter[str], clients: int) -> None:
    expected = min(clients, PLACES * SLOT_COUNT, MOST_TRIES * PLACES)
    kept = "SELECT count(*) FROM identity_appointment WHERE status = 'booked'"
    wrong = (
        "SELECT count(*) FROM identity_slot s WHERE s.taken <> "
        "(SELECT count(*) FROM identity_appointment a WHERE a.slot_id = s.id AND a.status = 'booked')"
    )
    stored, disagreeing = int(office.ask_database(kept)), int(office.ask_database(wrong))
    if disagreeing or stored != outcomes["booked"] or stored != expected:
        raise RuntimeError(f"{outcomes}, {stored} stored, {expected} expected, {disagreeing} slots disagree")


def _book(port: int, token: str, slots: list[str]) -> str:
    """As a browser at its cheapest: the page, then the earliest slots one after another until one is free."""
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    headers = {"Cookie": f"csrftoken={TOKEN}", "Host": f"127.0.0.1:{port}"}
    form = {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        web.request("GET", f"/rendez-vous/{token}/", headers=headers)
        web.getresponse().read()
        for slot in slots[:MOST_TRIES]:
            web.request("POST", f"/rendez-vous/{token}/choisir/{slot}/", "", {**headers, **form})
            answer = web.getresponse()
            answer.read()
            if answer.status == 302:
                return "booked"
            if answer.status != 409:
                return str(answer.status)
        return "full"
    finally:
        web.close()


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(prepare(int(sys.argv[1]))))
