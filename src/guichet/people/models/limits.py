"""The table under Django's database cache, in which the limits on attempts are counted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from guichet.kit.privacy import DataUses, technical


class SharedCacheRow(models.Model):
    """One entry of the cache shared by all processes; written by ``DatabaseCache`` only, which fixes the columns.

    It is a model so that ``migrate`` makes the table, on every database, without a command of its own.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    data_uses: ClassVar[DataUses] = technical("cache_key", "value", "expires")

    class Meta:
        db_table = "people_shared_cache"
        verbose_name = "compteur partagé"

    def __str__(self) -> str:
        return self.cache_key
