"""The unguessable addresses of an attempt. The secrets are derived from the row's key, so that none is stored."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from guichet.kit.crypto import blind_index

_LENGTH = 32  # hexadecimal characters: 128 bits


class Secrets(NamedTuple):
    """What the payer's browser (``back``) and the provider's notifier (``notify``) show of an attempt."""

    back: str
    notify: str


def secrets_of(attempt_id: UUID) -> Secrets:
    """The same for every repetition of a start, so that an answer lost on the way opens no second set of addresses."""
    return Secrets(
        blind_index(str(attempt_id), "payments.return")[:_LENGTH],
        blind_index(str(attempt_id), "payments.notify")[:_LENGTH],
    )


def return_key(secret: str) -> str:
    """What is stored to find an attempt by its return address."""
    return blind_index(secret, "payments.return_key")


def notify_key(secret: str) -> str:
    """What is stored to find an attempt by its notification address."""
    return blind_index(secret, "payments.notify_key")


def return_url(secrets: Secrets) -> str:
    """Where the provider sends the payer back, whatever the end."""
    return settings.PUBLIC_URL + reverse("payments:returned", args=[secrets.back])


def notify_url(secrets: Secrets, ending: str) -> str:
    """Where the provider tells that there is something to ask about; ``ending`` is ``s`` or ``f`` and decides nothing."""
    return settings.PUBLIC_URL + reverse("payments:notified", args=[secrets.notify, ending])
