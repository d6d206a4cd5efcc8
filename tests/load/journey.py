"""Complete paid orders against the whole office, and the same steps against the bare floor."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import psutil

from .applicant import Applicant, Cost, Pay
from .office import Office, free_port, largest_mib, wait_for

WARM_UP = 6
# As tests/load/floor.py names them, which configures Django for itself and so cannot be imported here.
FLOOR_FIELDS = [f"champ_{number}" for number in range(8)]
Result = dict[str, Any]


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def one_client(office: Office, session: str, orders: int) -> Result:
    """Orders one after the other: what each step costs, and the processor time of web and worker for a whole order."""
    applicant, pay = Applicant(office.port, session), Pay(office.simulator.origin)
    for _ in range(WARM_UP):
        applicant.order(pay)
    office.wait_until_idle()
    applicant.costs.clear(), office.jobs_done(), office.notices_heard()
    idle = office.idle_ms_a_second()
    begun, spent = time.perf_counter(), office.processor_ms()
    took = [_timed(lambda: applicant.order(pay)) for _ in range(orders)]
    office.wait_until_idle()
    seconds = time.perf_counter() - begun
    spent = office.processor_ms() - spent - idle * seconds
    jobs, notices = office.jobs_done(), office.notices_heard()
    steps = _by_step(applicant.costs)
    return {
        "orders": orders,
        "requests": len(applicant.costs) / orders + len(notices) / orders,
        "cpu_ms": spent / orders,
        "p50_ms": percentile(took, 0.5),
        "p95_ms": percentile(took, 0.95),
        "steps": steps,
        "sql_web": sum(one.statements for one in applicant.costs) / orders + _mean(notices, 0),
        "sql_worker": sum(job["sql"] for job in jobs) / orders,
        "commits": (sum(one.commits for one in applicant.costs) + sum(job["commits"] for job in jobs)) / orders
        + _mean(notices, 1),
        "cpu_web_ms": sum(one.cpu_ms for one in applicant.costs) / orders + _mean(notices, 2),
        "cpu_worker_ms": sum(job["ms"] for job in jobs) / orders,
        "notification": {"sql": _mean(notices, 0), "commits": _mean(notices, 1), "cpu_ms": _mean(notices, 2)},
        "jobs": {
            name: {
                "sql": statistics.mean(job["sql"] for job in jobs if job["job"] == name),
                "cpu_ms": statistics.mean(job["ms"] for job in jobs if job["job"] == name),
                "each": len([job for job in jobs if job["job"] == name]) / orders,
            }
            for name in sorted({job["job"] for job in jobs})
        },
    }


def many_clients(office: Office, sessions: list[str], orders: int) -> Result:
    """Orders from several clients at once, the generator and the provider on the same processors."""
    each = max(1, orders // len(sessions))
    clients = [(Applicant(office.port, session), Pay(office.simulator.origin)) for session in sessions]
    before = office.orders_delivered()
    begun = time.perf_counter()

    def run(pair: tuple[Applicant, Pay]) -> list[float]:
        return [_timed(lambda: pair[0].order(pair[1])) for _ in range(each)]

    with ThreadPoolExecutor(len(clients)) as pool:
        took = [one for took in pool.map(run, clients) for one in took]
    ordered = time.perf_counter() - begun
    office.wait_until_idle(seconds=120)
    delivered = time.perf_counter() - begun
    made = office.orders_delivered() - before
    if made != each * len(clients):
        raise RuntimeError(f"{made} delivered of {each * len(clients)} paid")
    return {
        "clients": len(clients),
        "orders": made,
        "ordered_per_second": made / ordered,
        "delivered_per_second": made / delivered,
        "p50_ms": percentile(took, 0.5),
        "p95_ms": percentile(took, 0.95),
    }


def floor(office: Office, orders: int, clients: int) -> Result:
    """The same steps on the bare floor, one client and several."""
    office.env["FLOOR_DATABASE"] = office.floor_database
    office.call("-m", "tests.load.floor")
    port = free_port()
    start = time.perf_counter()
    server = office.serve("tests.load.floor:application", port, workers=2)
    wait_for(f"http://127.0.0.1:{port}/services/", server)
    ready = time.perf_counter() - start
    for _ in range(20):
        _floor_order(http.client.HTTPConnection("127.0.0.1", port))
    connection = http.client.HTTPConnection("127.0.0.1", port)
    begun = _cpu(server.pid)
    took = [_timed(lambda: _floor_order(connection)) for _ in range(orders)]
    spent = _cpu(server.pid) - begun
    start = time.perf_counter()
    each = max(1, orders // clients)
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(_floor_orders, [(port, each)] * clients))
    several = clients * each / (time.perf_counter() - start)
    mib = largest_mib(server)
    office.stop(server)
    return {
        "ready_s": ready,
        "mib": mib,
        "cpu_ms": spent / orders,
        "p50_ms": percentile(took, 0.5),
        "p95_ms": percentile(took, 0.95),
        "rate": several,
    }


def _floor_orders(what: tuple[int, int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", what[0])
    for _ in range(what[1]):
        _floor_order(connection)


def _floor_order(connection: http.client.HTTPConnection) -> None:
    """The twelve requests of an order, as the bare floor has them."""
    token = "f" * 32
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={token}"}

    def ask(path: str, form: dict[str, str] | None = None) -> str:
        body = None if form is None else urlencode({"csrfmiddlewaretoken": token, **form})
        connection.request("GET" if form is None else "POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"the floor answered {answer.status} to {path}")
        return answer.getheader("Location", path)

    ask("/services/")
    step = ask(ask("/services/1/"), {})
    while "review" not in step:
        step = ask(ask(step), dict.fromkeys(FLOOR_FIELDS, "un"))
    paid = ask(ask(step), {})
    ask(paid.replace("paid", "notified"))
    ask(paid)
    ask(paid)


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _cpu(pid: int) -> float:
    root = psutil.Process(pid)
    times = [one.cpu_times() for one in (root, *root.children(recursive=True))]
    return sum(one.user + one.system for one in times) * 1000


def _by_step(costs: list[Cost]) -> dict[str, Result]:
    steps = dict.fromkeys(cost.step for cost in costs)
    return {
        step: {
            "sql": statistics.mean(cost.statements for cost in costs if cost.step == step),
            "commits": statistics.mean(cost.commits for cost in costs if cost.step == step),
            "cpu_ms": statistics.median(cost.cpu_ms for cost in costs if cost.step == step),
            "p50_ms": percentile([cost.wall_ms for cost in costs if cost.step == step], 0.5),
            "p95_ms": percentile([cost.wall_ms for cost in costs if cost.step == step], 0.95),
        }
        for step in steps
    }


def _mean(rows: list[tuple[int, int, float]], place: int) -> float:
    return statistics.mean(row[place] for row in rows) if rows else 0.0
