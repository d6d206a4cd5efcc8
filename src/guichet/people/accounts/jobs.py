"""The jobs of the accounts' room."""

from __future__ import annotations

from datetime import datetime

from guichet.casework.jobs import job
from guichet.people.models import Session


@job()
def forget_sessions(*, at: datetime) -> None:
    """Remove the sessions that are over: nothing reads them any more, and they say who came and when."""
    Session.objects.filter(expire_date__lt=at).delete()
