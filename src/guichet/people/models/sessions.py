"""The sessions of visitors: Django's, with the account that is signed in as a column of its own (ADR 0012)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from guichet.kit.privacy import Category, DataUses, of, technical

from .accounts import Account


class Session(AbstractBaseSession):
    """A visitor's session; ``account`` repeats who is signed in, so that one statement reads both.

    What counts is the signed ``session_data``; a session whose column says otherwise is read as Django reads it.
    """

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")

    data_uses: ClassVar[DataUses] = {
        **technical("session_key", "expire_date"),
        **of(Category.AUTHENTICATION, "vous reconnaître d'une page à l'autre", "session_data", "account"),
    }

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "session"

    def __str__(self) -> str:
        return f"session until {self.expire_date:%Y-%m-%d %H:%M}"
