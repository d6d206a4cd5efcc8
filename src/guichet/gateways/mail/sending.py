"""Handing a message to the mail server, with its answer told apart: never, or not now."""

from __future__ import annotations

import smtplib

from django.core.mail import EmailMessage

PERMANENT = 500  # an answer of 500 and more is final (RFC 5321 4.2.1)


class RefusedForGood(Exception):  # noqa: N818 - reads as what happened
    """The server will never take this message for this recipient."""


class RefusedForNow(Exception):  # noqa: N818 - reads as what happened
    """The server does not take this message now."""


def hand_over(message: EmailMessage) -> None:
    """Give one message with one recipient to the server its connection leads to.

    The text of an answer may hold an address: only its code is kept.

    Raises:
        RefusedForGood: that recipient or that text, for good.
        RefusedForNow: for now; also a sender that is refused, which is for the operator to mend.
        OSError: the connection was lost; whether the server has the message isn't known.
    """
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        _raise(min(code for code, _ in error.recipients.values()))
    except smtplib.SMTPDataError as error:
        _raise(error.smtp_code)
    except smtplib.SMTPSenderRefused as error:
        raise RefusedForNow(error.smtp_code) from None


def _raise(code: int) -> None:
    raise (RefusedForGood if code >= PERMANENT else RefusedForNow)(code) from None
