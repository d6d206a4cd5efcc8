"""The payment provider of this installation, as the settings describe it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .port import PaymentProvider
from .saferpay import Saferpay, Setup


@cache
def provider() -> PaymentProvider:
    """The one adapter of this process, with its pool of connections.

    Raises: ImproperlyConfigured when the address of the provider may not be used.
    """
    return made_from(settings.PAYMENT)


def made_from(chosen: dict[str, Any]) -> Saferpay:
    """An adapter from a block of settings.

    Raises: ImproperlyConfigured.
    """
    try:
        return Saferpay(
            Setup(
                base_url=chosen["base_url"],
                customer_id=chosen["customer_id"],
                terminal_id=chosen["terminal_id"],
                username=chosen["username"],
                password=chosen["password"],
                means=tuple(chosen["means"]),
                spec_version=chosen.get("spec_version", "1.53"),
                business_licence=bool(chosen.get("business_licence", False)),
            )
        )
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from error
