"""An applicant's browser at its cheapest: one kept connection, cookies, no parsing; it notes what each answer cost."""

from __future__ import annotations

import gzip
import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

RESIDENCE = "attestation-de-residence"
TOKEN = "b" * 32
_HIDDEN = re.compile(rb'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass
class Cost:
    """One answer: its step, milliseconds as the client waits, and what the server says it cost."""

    step: str
    wall_ms: float
    statements: int
    commits: int
    cpu_ms: float
    octets: int


@dataclass
class Applicant:
    """Signed in by a session made beforehand; orders, pays and follows."""

    port: int
    session: str
    costs: list[Cost] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, step: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, bytes]:
        """One request; status, where it sends to, and the body."""
        headers = {
            "Accept-Encoding": "gzip",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "Host": f"127.0.0.1:{self.port}",
        }
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
        begun = time.perf_counter()
        self._web.request("POST" if form is not None else "GET", path, body, headers)
        answer = self._web.getresponse()
        sent = answer.read()
        wall = (time.perf_counter() - begun) * 1000
        statements, commits, cpu = (answer.headers.get("X-Meter") or "0 0 0").split()
        self.costs.append(Cost(step, wall, int(statements), int(commits), float(cpu), len(sent)))
        content = gzip.decompress(sent) if answer.headers.get("Content-Encoding") == "gzip" else sent
        if answer.status >= 400:
            raise RuntimeError(f"{step}: {answer.status} {path}")
        return answer.status, answer.headers.get("Location", ""), content

    def order(self, pay: Pay) -> str:
        """From the catalogue to the page that says where the paid order stands; the order's own address."""
        self.ask("catalogue", "/prestations/")
        self.ask("prestation", f"/prestations/{RESIDENCE}/")
        _, person, _ = self.ask("commencer", f"/prestations/{RESIDENCE}/commander/", {"start_key": _once()})
        self.ask("personne", person)
        _, delivery, _ = self.ask("personne, envoi", person, {"email": "amelie@exemple.ch"})
        self.ask("livraison", delivery)
        _, review, _ = self.ask("livraison, envoi", delivery, {"delivery": "download"})
        _, _, shown = self.ask("vérification", review)
        _, page, _ = self.ask("vérification, envoi et paiement", review, {"accept": "on", **_hidden(shown)})
        back = urlsplit(pay(page)).path
        self.ask("retour du paiement", back)
        tracking = person.replace("/commande/", "/suivi/").replace("personne/", "")
        self.ask("suivi", tracking)
        return tracking


class Pay:
    """Presses « payer » on the provider's page; keeps one connection."""

    def __init__(self, origin: str) -> None:
        where = urlsplit(origin)
        self._provider = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)

    def __call__(self, address: str) -> str:
        """Approve; where the payer is sent back to."""
        path = urlsplit(address).path
        query = urlsplit(address).query
        path = f"{path}?{query}" if query else path
        self._provider.request("GET", path, headers={"Accept": "text/html"})
        self._provider.getresponse().read()
        form = urlencode({"means": "VISA", "outcome": "approve"})
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        self._provider.request("POST", path, form, kind)
        answer = self._provider.getresponse()
        answer.read()
        return answer.headers.get("Location", "")


def _hidden(page: bytes) -> dict[str, str]:
    """The hidden values of a page's forms."""
    return {name.decode(): value.decode() for name, value in _HIDDEN.findall(page)}


def _once() -> str:
    return f"bench-{time.perf_counter_ns():x}-{id(object()):x}"
