"""The letters owed, as the demonstration's mailbox shows them."""

from __future__ import annotations

from collections.abc import Sequence

from guichet.casework.models import OutboxMessage
from guichet.casework.outbox import compose
from guichet.gateways.mail.letters import Letter

SHOWN = 50


def letters() -> Sequence[Letter]:
    """The newest letters with their text; the address stays in the register, the page names the account or case."""
    return [_shown(row) for row in OutboxMessage.objects.letters().order_by("-owed_at", "-id")[:SHOWN]]


def _shown(row: OutboxMessage) -> Letter:
    subject, body = compose(row)
    to = f"l'adresse enregistrée ({row.case_reference})" if row.to.startswith("post:") else row.to
    return Letter(str(row.pk), to, subject, body, row.owed_at, row.sent_at is not None)
