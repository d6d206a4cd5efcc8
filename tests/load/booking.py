"""Many people who want an appointment at once, over HTTP: how long it takes, and that no place is given twice."""

from __future__ import annotations

import http.client
import json
import random
import re
import sys
import threading
import time
from collections import Counter

from .journey import percentile
from .office import Office

TOKEN = "b" * 32
PLACES, MINUTES = 3, 20
MOST_TRIES = 50
_OFFERED = re.compile(rb"/choisir/([0-9a-f-]{36})/")


def prepare(clients: int) -> list[str]:
    """Lodged applications and one day with just enough places for all: the applications' tokens."""
    from datetime import date, timedelta

    from guichet.identity.models import Slot
    from guichet.identity.operations import lodging
    from guichet.identity.operations.opening import start_of
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
    first = start_of(clock.today() + timedelta(days=1))
    starts = [first + timedelta(minutes=MINUTES * place) for place in range(-(-clients // PLACES))]
    Slot.objects.bulk_create(
        [Slot(office=commune, starts_at=start, minutes=MINUTES, capacity=PLACES) for start in starts]
    )
    return tokens


def measure(office: Office, clients: int) -> dict[str, float]:
    """Everybody at once, each choosing among the hours of the page; who comes too late chooses again.

    Raises:
        RuntimeError: a place was given twice, or somebody was left without although there was room for all.
    """
    tokens = json.loads(office.call("-m", "tests.load.booking", clients))
    waits: list[float] = []
    refused: list[int] = []
    outcomes: Counter[str] = Counter()
    together = threading.Barrier(clients)

    def come(token: str) -> None:
        together.wait()
        begun = time.perf_counter()
        outcome, tries = _book(office.port, token)
        outcomes[outcome] += 1
        refused.append(tries - 1)
        waits.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=come, args=[token]) for token in tokens]
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
        "refused": sum(refused),
        "seconds": seconds,
        "rate": outcomes["booked"] / seconds,
        "p50_ms": percentile(waits, 0.5),
        "p95_ms": percentile(waits, 0.95),
    }


def _check(office: Office, outcomes: Counter[str], clients: int) -> None:
    kept = "SELECT count(*) FROM identity_appointment WHERE status = 'booked'"
    wrong = (
        "SELECT count(*) FROM identity_slot s WHERE s.taken <> "
        "(SELECT count(*) FROM identity_appointment a WHERE a.slot_id = s.id AND a.status = 'booked')"
    )
    stored, disagreeing = int(office.ask_database(kept)), int(office.ask_database(wrong))
    if disagreeing or stored != clients or outcomes["booked"] != clients:
        raise RuntimeError(f"{outcomes}, {stored} stored, {disagreeing} slots disagree")


def _book(port: int, token: str) -> tuple[str, int]:
    """As a browser at its cheapest: the page, then one of its hours, again until one is free; what came of it."""
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    headers = {"Cookie": f"csrftoken={TOKEN}", "Host": f"127.0.0.1:{port}"}
    form = {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
    choice = random.Random(token)
    try:
        web.request("GET", f"/rendez-vous/{token}/", headers=headers)
        page = web.getresponse().read()
        for tries in range(1, MOST_TRIES + 1):
            slot = choice.choice(_OFFERED.findall(page)).decode()
            web.request("POST", f"/rendez-vous/{token}/choisir/{slot}/", "", {**headers, **form})
            answer = web.getresponse()
            page = answer.read()
            if answer.status == 302:
                return "booked", tries
            if answer.status != 409:
                return str(answer.status), tries
        return "full", MOST_TRIES
    finally:
        web.close()


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(prepare(int(sys.argv[1]))))
