"""What is owed to people: a row in the business transaction, sent after the commit, once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import parseaddr
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, Engine

from guichet.gateways.mail.sending import RefusedForGood, RefusedForNow, hand_over
from guichet.kit.writing import insert_new

from .jobs import PermanentFailure, job
from .models import Channel, OutboxMessage

log = logging.getLogger(__name__)

# Mails use none of the pages' own tags: a worker does not hold what draws pages, some 20 MiB.
_texts = Engine(app_dirs=True)


class MailRefused(PermanentFailure):
    """The mail server will never take what is left to send: the person must be reached in another way."""


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
    return owe_all([message])


def owe_all(messages: Sequence[OutboxMessage]) -> bool:
    """Owe several messages at once, as ``owe`` does one; one job sends the mails. True if any is new (2 statements)."""
    new = set(insert_new(messages))
    mails = [str(message.pk) for message in messages if message.pk in new and message.channel == Channel.MAIL]
    if mails:
        send.enqueue(mails)
    return bool(new)


def compose(message: OutboxMessage) -> tuple[str, str]:
    """Subject and body: the first line of the rendered template, and what follows its blank line."""
    room, _, name = message.kind.partition("/")
    context = {**message.context, "public_url": settings.PUBLIC_URL, "office": settings.OFFICE}
    # A mail is plain text: an apostrophe is an apostrophe, not its HTML name.
    text = _texts.get_template(f"{room}/mail/{name}.txt").render(Context(context, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


@job(takes_over=True)
def send(message_ids: list[str], *, at: datetime) -> Callable[[], None] | None:
    """Hand owed mails to the mail server by one connection; each one's Message-ID is its row's: a repeat is recognised.

    One that the server doesn't take keeps no other from being sent. What was handed over before anything fails is noted
    at once, and not sent again. Tried again with the job's patience, unless all that is left was refused for good.
    """
    sent: list[UUID] = []
    unsent = {str(message.pk): message for message in OutboxMessage.objects.unsent().filter(pk__in=message_ids)}
    if not unsent:
        return None
    try:
        _hand_over_each([unsent[key] for key in message_ids if key in unsent], sent)
    except Exception:
        _note_sent(sent, at)
        raise
    return partial(_note_sent, sent, at)


def _hand_over_each(messages: Sequence[OutboxMessage], sent: list[UUID]) -> None:
    """Hand over what the server takes, and add it to ``sent``.

    Raises:
        RefusedForNow: something was not taken for now.
        MailRefused: all that is left was refused for good.
    """
    not_taken: list[RefusedForGood | RefusedForNow] = []
    with get_connection() as connection:
        for message in messages:
            try:
                hand_over(_written(message, connection))
            except (RefusedForGood, RefusedForNow) as answer:
                not_taken.append(answer)
            else:
                sent.append(message.pk)
                log.info("mail sent kind=%s case=%s", message.kind, message.case_reference)
    if not_taken:
        raise next((answer for answer in not_taken if isinstance(answer, RefusedForNow)), MailRefused())


def _written(message: OutboxMessage, connection: BaseEmailBackend) -> EmailMessage:
    subject, body = compose(message)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=subject, body=body, to=[message.to], headers=headers, connection=connection)


def _note_sent(message_ids: list[UUID], at: datetime) -> None:
    if message_ids:
        OutboxMessage.objects.filter(pk__in=message_ids).update(sent_at=at)
