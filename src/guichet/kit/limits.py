"""How often one visitor may try something that could be guessed: enough for a person, too little for a program.

Counted in the memory of the process, so that an attacker causes no write: the real limit is this one times the number
of processes. What it guards carries 59 unguessable bits or more; passwords and their kin are limited by allauth, in the
shared cache.
"""

from __future__ import annotations

import threading
import time
from collections import Counter

from django.conf import settings
from django.http import HttpRequest

from .errors import Refused

MOST_VISITORS = 50_000


class TooMany(Refused):
    """Too many attempts in too short a time: wait, then try again."""

    code = "too_many"
    status = 429


class _Window:
    """The attempts at one thing in the present stretch of time, which begins with the first of them."""

    def __init__(self) -> None:
        self.begun = float("-inf")
        self.counted: Counter[str] = Counter()


_windows: dict[str, _Window] = {}
_lock = threading.Lock()


def check(name: str, request: HttpRequest, *, most: int, seconds: int) -> None:
    """Count an attempt of this visitor at ``name``; at most ``most`` in each stretch of ``seconds``.

    Raises:
        TooMany: the limit is passed.
    """
    now = time.monotonic()
    with _lock:
        window = _windows.setdefault(name, _Window())
        if now - window.begun >= seconds or len(window.counted) > MOST_VISITORS:
            window.begun = now
            window.counted.clear()
        visitor = _address(request)
        window.counted[visitor] += 1
        tries = window.counted[visitor]
    if tries > most:
        raise TooMany("Trop d'essais en peu de temps. Attendez quelques minutes, puis recommencez.")


def forget() -> None:
    """Begin to count anew (for tests)."""
    with _lock:
        _windows.clear()


def _address(request: HttpRequest) -> str:
    """The visitor's address: behind the office's own proxies (``GUICHET_PROXIES``), what the first of them saw."""
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    return seen[-proxies] if 0 < proxies <= len(seen) else str(request.META.get("REMOTE_ADDR", ""))
