"""The seeds of recovery codes, which allauth keeps in its own table: under which key, and under the first one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from guichet.kit import crypto
from guichet.kit.rotation import Tally


def keys_in_use() -> Counter[str]:
    """How many seeds stand under each key."""
    return Counter(_key_of(row) for row in _seeds())


def rotate(tally: Tally) -> None:
    """Encrypt anew, under the first key, every seed that is under another; add to ``tally``."""
    for pk in _seeds().values_list("pk", flat=True):
        with transaction.atomic():
            row = _seeds().select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            tally.seen += 1
            if _key_of(row) == crypto.first_key():
                continue
            try:
                seed = get_adapter().decrypt(row.data["seed"])
            except crypto.CannotDecrypt:
                tally.unreadable.append(f"code de secours {pk}")
                continue
            row.data = {**row.data, "seed": get_adapter().encrypt(seed)}
            row.save(update_fields=["data"])
            tally.resealed += 1


def _key_of(row: Authenticator) -> str:
    return crypto.key_of(bytes.fromhex(row.data["seed"]))


def _seeds() -> Any:
    return Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES, data__has_key="seed").order_by("pk")
