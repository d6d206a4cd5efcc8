"""Bring what is encrypted in the database under the first key, so that an older one can be taken out of service.

In batches of rows, each batch one short transaction: the counter stays open meanwhile, and a rotation that was
interrupted goes on where it stood, because what is under the first key already is left alone.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models, transaction

from . import crypto


@dataclass
class Tally:
    """What a rotation did: values looked at, values encrypted anew, and where one could not be opened."""

    seen: int = 0
    resealed: int = 0
    unreadable: list[str] = field(default_factory=list)


def encrypted_models() -> list[type[models.Model]]:
    """Every model that has an encrypted column."""
    return [model for model in apps.get_models() if encrypted_columns(model)]


def encrypted_columns(model: type[models.Model]) -> list[str]:
    """The names of a model's encrypted columns."""
    found = (each for each in model._meta.concrete_fields if isinstance(each, crypto.EncryptedTextField))
    return [each.attname for each in found]


def keys_in_use(model: type[models.Model]) -> Counter[str]:
    """How many values of a model stand under each key."""
    columns = encrypted_columns(model)
    rows = model._default_manager.only("pk", *columns).iterator(chunk_size=500)
    return Counter(key_id for row in rows for _, key_id in _sealed(row, columns))


def rotate(model: type[models.Model], tally: Tally, *, batch: int) -> None:
    """Encrypt anew, under the first key, every value of a model that is under another; add to ``tally``."""
    last = None
    while True:
        with transaction.atomic():
            rows = model._default_manager.select_for_update().order_by("pk")
            found = list((rows if last is None else rows.filter(pk__gt=last))[:batch])
            for row in found:
                _reseal(row, tally)
        if not found:
            return
        last = found[-1].pk


def _reseal(row: models.Model, tally: Tally) -> None:
    stale = []
    for column, key_id in _sealed(row, encrypted_columns(type(row))):
        tally.seen += 1
        if key_id == crypto.first_key():
            continue
        try:
            getattr(row, column)  # opened now, it is encrypted anew when it is saved
        except crypto.CannotDecrypt:
            tally.unreadable.append(f"{row._meta.label}.{column} {row.pk}")
        else:
            stale.append(column)
    if stale:
        row.save(update_fields=stale)
        tally.resealed += len(stale)


def _sealed(row: models.Model, columns: list[str]) -> Iterator[tuple[str, str]]:
    """Each encrypted column of a row just read that holds something, and the id of its key."""
    for column in columns:
        value = row.__dict__[column]
        if value is not None:
            yield column, crypto.key_of(base64.b85decode(value.text))
