"""The time-stamper of this installation, from ``settings.TIMESTAMP``."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from .http import HttpTimeStamper
from .port import TimeStamper


def time_stamper() -> TimeStamper:
    """The configured time-stamper, one with its connection for the process."""
    return _at(settings.TIMESTAMP["url"])


@cache
def _at(url: str) -> TimeStamper:
    return HttpTimeStamper(url)
