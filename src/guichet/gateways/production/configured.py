"""The production of this installation, as the settings describe it."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .adapter import HttpProduction, Setup
from .port import Production


@cache
def production() -> Production:
    """The one adapter of this process.

    Raises: ImproperlyConfigured when the address may not be used.
    """
    try:
        return HttpProduction(Setup(base_url=settings.PRODUCTION["base_url"], token=settings.PRODUCTION["token"]))
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from error
