"""The demonstration's mail server: takes what Django sends and keeps it in a table for the page ``/courrier/``."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from .models import SentMessage


class Backend(BaseEmailBackend):
    """``EMAIL_BACKEND`` of the demonstration: accepts everything, at once, for every recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Deliver; the number of messages taken."""
        for message in email_messages:
            message_id = str(message.message()["Message-ID"])
            with transaction.atomic():
                for recipient in message.recipients():
                    _deliver(message, message_id, recipient)
        return len(email_messages)


def _deliver(message: EmailMessage, message_id: str, recipient: str) -> None:
    copy, is_new = SentMessage.objects.get_or_create(
        message_id=message_id,
        to=recipient,
        defaults={"sender": message.from_email, "subject": str(message.subject), "body": str(message.body)},
    )
    if not is_new:
        SentMessage.objects.filter(pk=copy.pk).update(deliveries=F("deliveries") + 1)
