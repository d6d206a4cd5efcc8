"""What is owed is sent once, as plain text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction

from guichet.casework import outbox, worker
from guichet.casework.models import Job, OutboxMessage

from .builders import AT

pytestmark = pytest.mark.django_db

CONTEXT = {
    "reference": "CMD-00000000-0",
    "title": "Attestation d'établissement & départ",
    "total": "25.00 CHF",
    "path": "/suivi/x/",
    "tracking_code": "AAAA-BBBB-CCCC",
    "delivery": "post",
    "receipt": "2026-000001",
}


def owe(key: str = "k") -> bool:
    return outbox.owe(
        "orders/order_confirmed", case_reference="CMD-00000000-0", to="alice@exemple.ch", context=CONTEXT, key=key
    )


def work() -> None:
    worker.drain(wiring={}, clock=lambda: AT)


def test_a_mail_is_sent_once_however_often_it_is_owed() -> None:
    assert owe() is True
    assert owe() is False

    work()

    assert [sent.to for sent in mail.outbox] == [["alice@exemple.ch"]]
    assert OutboxMessage.objects.get().sent_at == AT


def test_a_mail_is_plain_text_with_plain_apostrophes() -> None:
    owe()

    work()

    assert "Attestation d'établissement & départ" in mail.outbox[0].body
    assert "&#" not in mail.outbox[0].body + mail.outbox[0].subject


def test_a_mail_of_an_act_that_was_undone_is_never_sent() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        owe()
        raise RuntimeError

    work()

    assert mail.outbox == []


def test_a_mail_sent_again_after_a_crash_carries_the_same_message_id() -> None:
    owe()
    message = OutboxMessage.objects.get()

    outbox.send.func([str(message.pk)], at=AT)
    outbox.send.func([str(message.pk)], at=AT)

    first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first == second
    assert str(message.pk) in first


def a_mail(key: str, to: str) -> OutboxMessage:
    kind = "orders/order_confirmed"
    return OutboxMessage(kind=kind, case_reference="CMD-00000000-0", to=to, context=CONTEXT, key=key)


def test_mails_owed_together_are_sent_by_one_job_each_once() -> None:
    owe("a")

    assert outbox.owe_all([a_mail("a", "x@exemple.ch"), a_mail("b", "b@exemple.ch"), a_mail("c", "c@exemple.ch")])
    assert outbox.owe_all([a_mail("b", "x@exemple.ch")]) is False

    assert sorted(len(job.args[0]) for job in Job.objects.all()) == [1, 2]
    work()
    assert sorted(sent.to for sent in mail.outbox) == [["alice@exemple.ch"], ["b@exemple.ch"], ["c@exemple.ch"]]


def test_a_mail_that_cannot_be_sent_does_not_have_the_one_before_it_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    outbox.owe_all([a_mail("a", "a@exemple.ch"), a_mail("b", "nobody@exemple.ch")])
    send = EmailMessage.send

    def refusing(message: EmailMessage) -> int:
        if message.to == ["nobody@exemple.ch"]:
            raise OSError("refused")
        return send(message)

    monkeypatch.setattr(EmailMessage, "send", refusing)

    for minute in range(3):
        worker.drain(wiring={}, clock=lambda minute=minute: AT + timedelta(minutes=minute))

    assert [sent.to for sent in mail.outbox] == [["a@exemple.ch"]]
    assert [message.to for message in OutboxMessage.objects.unsent()] == ["nobody@exemple.ch"]
