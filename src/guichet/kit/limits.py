"""A limit on how often one visitor may try something that could be guessed, shared by all processes."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from .crypto import blind_index
from .errors import Refused


class TooMany(Refused):
    """Too many attempts in too short a time: wait, then try again."""

    code = "too_many"
    status = 429


def check(name: str, request: HttpRequest, *, most: int, seconds: int) -> None:
    """Count an attempt of this visitor at ``name``; at most ``most`` in ``seconds``.

    The visitor is told apart by address, of which only a keyed digest is kept, and only for ``seconds``.

    Raises:
        TooMany: the limit is passed.
    """
    key = f"limit:{name}:{blind_index(_address(request), 'visitor')[:32]}"
    if cache.add(key, 1, timeout=seconds):
        return
    try:
        tries = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, timeout=seconds)
        return
    if tries > most:
        raise TooMany("Trop d'essais en peu de temps. Attendez quelques minutes, puis recommencez.")


def _address(request: HttpRequest) -> str:
    """The visitor's address: behind the office's own proxies (``GUICHET_PROXIES``), what the first of them saw."""
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    return seen[-proxies] if 0 < proxies <= len(seen) else str(request.META.get("REMOTE_ADDR", ""))
