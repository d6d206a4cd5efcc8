"""What is owed leaves by SMTP: what the mail server answers decides whether it is tried again, given up, or sent once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from guichet.casework import outbox, worker
from guichet.casework.models import Job, JobStatus, OutboxMessage
from guichet.gateways.mail.simulator.control import MailServer

from .builders import AT
from .test_outbox import a_mail

pytestmark = [pytest.mark.django_db, pytest.mark.processes]
ALICE, BOB = "alice@exemple.ch", "bob@exemple.ch"


@pytest.fixture
def server(tmp_path: Any, settings: Any) -> Iterator[MailServer]:
    """A mail server of this test, to which Django speaks as in production."""
    with MailServer(tmp_path / "server") as running:
        settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", running.port
        yield running


def owe_two() -> None:
    """One job with a mail to Alice and one to Bob."""
    assert outbox.owe_all([a_mail("a", ALICE), a_mail("b", BOB)])


def work(minutes: int = 0) -> int:
    """The worker does all that is due so long after the beginning."""
    return worker.drain(wiring={}, clock=lambda: AT + timedelta(minutes=minutes))


def received(server: MailServer) -> list[tuple[str, int]]:
    """Who has a copy, delivered how often."""
    return sorted((mail.to, mail.deliveries) for mail in server.mailbox.mails())


def unsent() -> list[str]:
    return [message.to for message in OutboxMessage.objects.unsent()]


def test_what_the_server_takes_is_sent_once(server: MailServer) -> None:
    owe_two()

    assert (work(), work(1)) == (1, 0)

    assert received(server) == [(ALICE, 1), (BOB, 1)]
    ids = sorted(mail.message_id for mail in server.mailbox.mails())
    assert ids == sorted(f"<{message.pk}@guichet.example>" for message in OutboxMessage.objects.all())


def test_a_mail_that_is_not_taken_now_is_sent_by_the_next_try_and_the_other_only_once(server: MailServer) -> None:
    owe_two()
    server.script("deferred", to=ALICE)

    work()
    assert (received(server), unsent()) == ([(BOB, 1)], [ALICE])
    assert Job.objects.get().last_error == "guichet.gateways.mail.sending.RefusedForNow"
    work(1)

    assert received(server) == [(ALICE, 1), (BOB, 1)]
    assert (unsent(), Job.objects.exists()) == ([], False)


@pytest.mark.parametrize("fault", ["refused", "content_refused"])
def test_a_mail_that_is_refused_for_good_is_given_up_at_once_where_the_desk_sees_it(
    server: MailServer, fault: str
) -> None:
    owe_two()
    server.script(fault, to=ALICE, times=0)

    work()
    work(60)

    assert (received(server), unsent()) == ([(BOB, 1)], [ALICE])
    (dead,) = Job.objects.alarming()
    assert (dead.status, dead.attempts) == (JobStatus.DEAD, 1)


def test_a_mail_refused_for_good_does_not_end_the_patience_with_the_other(server: MailServer) -> None:
    owe_two()
    server.script("refused", to=ALICE, times=0)
    server.script("deferred", to=BOB)

    work()
    assert Job.objects.get().status == JobStatus.WAITING
    work(1)

    assert (received(server), unsent()) == ([(BOB, 1)], [ALICE])
    assert Job.objects.get().status == JobStatus.DEAD


def test_a_mail_given_up_is_sent_when_a_person_has_it_tried_again(server: MailServer) -> None:
    owe_two()
    server.script("refused", to=ALICE)
    work()

    assert worker.retry(str(Job.objects.get().pk))
    work(60)

    assert received(server) == [(ALICE, 1), (BOB, 1)]


def test_an_answer_that_is_lost_leaves_one_copy_for_the_person(server: MailServer) -> None:
    owe_two()
    server.script("answer_lost", to=BOB)

    work()
    assert unsent() == [BOB]
    work(1)

    assert received(server) == [(ALICE, 1), (BOB, 2)]
    assert unsent() == []


def test_a_connection_that_is_lost_between_two_mails_sends_each_once(server: MailServer) -> None:
    owe_two()
    server.script("cut_after", to=ALICE)

    work()
    assert unsent() == [BOB]
    work(1)

    assert received(server) == [(ALICE, 1), (BOB, 1)]


def test_a_server_that_is_away_is_asked_again(server: MailServer) -> None:
    owe_two()
    server.stop()

    work()

    assert unsent() == [ALICE, BOB]
    assert (Job.objects.get().status, Job.objects.get().last_error) == (
        JobStatus.WAITING,
        "builtins.ConnectionRefusedError",
    )
