"""Single pages: what they cost, and what a first visit transfers."""

from __future__ import annotations

import gzip
import http.client
import re
from typing import Any

from .applicant import Applicant
from .journey import percentile
from .office import Office

DESK = {"bureau, accueil": "/bureau/", "bureau, liste": "/bureau/commandes/", "bureau, à poster": "/bureau/a-poster/"}
_LINKED = re.compile(rb'(?:href|src)="(/static/[^"]+)"')
_FONTS = re.compile(rb"url\([\"']?([^)\"']+\.woff2)")


def desk(office: Office, session: str, times: int) -> dict[str, dict[str, float]]:
    """The pages an agent opens most."""
    agent = Applicant(office.port, session)
    found = {}
    for step, path in DESK.items():
        agent.ask(step, path)
        agent.costs.clear()
        for _ in range(times):
            agent.ask(step, path)
        found[step] = {
            "sql": sum(cost.statements for cost in agent.costs) / times,
            "cpu_ms": percentile([cost.cpu_ms for cost in agent.costs], 0.5),
            "p50_ms": percentile([cost.wall_ms for cost in agent.costs], 0.5),
            "p95_ms": percentile([cost.wall_ms for cost in agent.costs], 0.95),
        }
    return found


def first_visit(office: Office) -> dict[str, Any]:
    """Requests and gzip octets of the first page with all it links, fonts included (an upper bound: all of them)."""
    page = _get(office, "/")
    sizes = {"/": len(gzip.compress(page))}
    for path in {found.decode() for found in _LINKED.findall(page)}:
        content = _get(office, path)
        sizes[path] = len(gzip.compress(content))
        for font in _FONTS.findall(content):
            name = font.decode().rsplit("/", 1)[-1]
            sizes[name] = len(_get(office, f"{path.rsplit('/', 1)[0]}/fonts/{name}"))
    fonts = sum(size for name, size in sizes.items() if name.endswith("woff2"))
    return {"requests": len(sizes), "kib": sum(sizes.values()) / 1024, "fonts_kib": fonts / 1024, "sizes": sizes}


def _get(office: Office, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", office.port, timeout=30)
    connection.request("GET", path)
    content = connection.getresponse().read()
    connection.close()
    return content
