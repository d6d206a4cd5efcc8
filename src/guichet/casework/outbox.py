"""What is owed to people: a row in the business transaction, sent after the commit, once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template import Context, Engine

from .jobs import job
from .models import Channel, OutboxMessage

log = logging.getLogger(__name__)


def owe(
    kind: str,
    *,
    case_reference: str,
    to: str,
    context: dict[str, Any],
    key: str,
    channel: Channel = Channel.MAIL,
) -> bool:
    """Owe ``to`` a message of ``kind`` (``<room>/<name>``: template ``<room>/mail/<name>.txt``). True if it is new.

    ``key`` makes it unique: owing the same thing again does nothing. Call it inside the transaction of the act
    that owes it. Letters wait for the desk's print batch; mail is sent by the worker.
    """
    message = OutboxMessage(kind=kind, case_reference=case_reference, to=to, context=context, key=key, channel=channel)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return False
    if channel == Channel.MAIL:
        send.enqueue(str(message.pk))
    return True


def compose(message: OutboxMessage) -> tuple[str, str]:
    """Subject and body: the first line of the rendered template, and what follows its blank line."""
    room, _, name = message.kind.partition("/")
    context = {**message.context, "public_url": settings.PUBLIC_URL, "office": settings.OFFICE}
    # A mail is plain text: an apostrophe is an apostrophe, not its HTML name.
    text = Engine.get_default().get_template(f"{room}/mail/{name}.txt").render(Context(context, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


@job()
def send(message_id: str, *, at: datetime) -> Callable[[], None] | None:
    """Hand one owed mail to the mail server; its Message-ID is the row's, so that a repeat can be recognised."""
    message = OutboxMessage.objects.unsent().filter(pk=message_id).first()
    if message is None:
        return None
    subject, body = compose(message)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    EmailMessage(subject=subject, body=body, to=[message.to], headers=headers).send()
    log.info("mail sent kind=%s case=%s", message.kind, message.case_reference)

    def commit() -> None:
        OutboxMessage.objects.filter(pk=message.pk).update(sent_at=at)

    return commit
