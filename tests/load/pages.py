"""Single pages: what they cost, and what a first visit transfers."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Mapping
from typing import Any

from .applicant import Applicant
from .journey import percentile
from .office import Office

DESK = {"bureau, accueil": "/bureau/", "bureau, liste": "/bureau/commandes/", "bureau, à poster": "/bureau/a-poster/"}
_LINKED = re.compile(rb'(?:href|src)="(/static/[^"]+)"')
_FONTS = re.compile(rb"url\([\"']?([^)\"']+\.woff2)")


def desk(office: Office, session: str, times: int) -> dict[str, dict[str, float]]:
    """The pages an agent opens most."""
    return timed(Applicant(office.port, session), DESK, times)


def timed(agent: Applicant, pages: Mapping[str, str], times: int) -> dict[str, dict[str, float]]:
    """What each of these pages, by name and path, costs when it is asked for so many times."""
    found = {}
    for step, path in pages.items():
        _, _, shown = agent.ask(step, path)
        agent.costs.clear()
        for _ in range(times):
            agent.ask(step, path)
        found[step] = {
            "rows": shown.count(b"data-row"),
            "sql": sum(cost.statements for cost in agent.costs) / times,
            "cpu_ms": percentile([cost.cpu_ms for cost in agent.costs], 0.5),
            "p50_ms": percentile([cost.wall_ms for cost in agent.costs], 0.5),
            "p95_ms": percentile([cost.wall_ms for cost in agent.costs], 0.95),
        }
    return found


def first_visit(office: Office) -> dict[str, Any]:
    """Requests and octets, as the house sends them, of the first page and all it links.

    Of the two font files the one for the letters of the page: the other is asked for by names with rarer letters only
    (``tests/journeys/test_first_page.py`` sees it in a real browser).
    """
    octets, page = _get(office, "/")
    sizes = {"/": octets}
    for path in {found.decode() for found in _LINKED.findall(page)}:
        sizes[path], content = _get(office, path)
        for font in _FONTS.findall(content):
            name = font.decode().rsplit("/", 1)[-1]
            if "-rest" not in name:
                sizes[name], _ = _get(office, f"{path.rsplit('/', 1)[0]}/fonts/{name}")
    return {"requests": len(sizes), "kib": sum(sizes.values()) / 1024, "sizes": sizes}


def _get(office: Office, path: str) -> tuple[int, bytes]:
    """How many octets came, and what they say."""
    connection = http.client.HTTPConnection("127.0.0.1", office.port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return len(content), gzip.decompress(content) if answer.headers.get("Content-Encoding") == "gzip" else content
