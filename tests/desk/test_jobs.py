"""The background work at the desk: what is shown of it, and what may be tried again."""

from __future__ import annotations

import sys
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from guichet.casework import outbox, worker
from guichet.casework.lease import LeasedTask
from guichet.casework.models import Beat, Job, JobStatus
from guichet.casework.outbox import send
from guichet.config.wiring import SCHEDULE
from guichet.desk.backlog import _ERRORS, backlog, name_of
from guichet.gateways.mail.sending import RefusedForGood
from guichet.identity.operations.appeals import make_court_file
from guichet.identity.operations.attesting import certify
from guichet.orders.jobs import produce
from guichet.payments.operations.settling import settle_attempt
from tests.casework.test_outbox import a_mail
from tests.identity.builders import an_application
from tests.identity.loss_builders import declared

from .builders import NOW, at_most, at_the_desk, in_examination
from .test_case import an_incident

pytestmark = pytest.mark.django_db
JOBS = reverse("desk:jobs")
SECRET = "018f-personal-argument"


def a_dead_job(argument: str = SECRET) -> Job:
    """A job given up after its last retry, as the worker leaves it."""
    produce.enqueue(argument)
    job = Job.objects.get(status=JobStatus.WAITING)
    Job.objects.filter(pk=job.pk).update(
        status=JobStatus.DEAD, attempts=10, alarm=True, last_error="guichet.documents.seals.SealUnavailable"
    )
    job.refresh_from_db()
    return job


def test_dead_jobs_come_first_with_their_error_and_without_arguments() -> None:
    dead = a_dead_job()
    send.enqueue("waiting")

    answer = at_the_desk().get(JOBS)

    page = answer.content.decode()
    assert answer.context["backlog"].lines[0].id == dead.pk
    assert "Établir un document" in page
    assert "horodatage ne répond pas" in page
    assert "SealUnavailable" not in page
    assert "1 tâche en attente, 0 en cours, 1 abandonnée." in page
    assert SECRET not in page


def test_a_mail_refused_for_good_names_its_case_and_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(message: EmailMessage) -> None:
        raise RefusedForGood(550)

    monkeypatch.setattr(outbox, "hand_over", refuse)
    outbox.owe_all([a_mail("k", "nobody@exemple.ch")])
    worker.drain(wiring={}, clock=lambda: NOW)
    browser, dead = at_the_desk(), Job.objects.dead().get()

    with at_most(8):
        page = browser.get(JOBS).content.decode()
    preview = browser.post(reverse("desk:jobs_preview"), {"job": [str(dead.pk)]}).content.decode()

    for shown in (page, preview):
        assert "CMD-00000000-0" in shown
        assert "joignez la personne autrement" in shown
        assert "nobody@exemple.ch" not in shown


def test_what_failed_names_its_case_whatever_it_was_asked_about() -> None:
    order = in_examination()
    a_dead_job(str(order.pk))
    settle_attempt.enqueue(str(an_incident(order).attempt_id), "job")
    Job.objects.filter(status=JobStatus.WAITING).update(last_error="builtins.KeyError")

    lines = backlog().lines

    assert [(line.cases, line.error_words) for line in lines] == [
        ((order.reference,), "le sceau ou l'horodatage ne répond pas"),
        ((order.reference,), ""),
    ]


def test_what_failed_of_an_identity_document_names_its_case_too() -> None:
    application, declaration = an_application(), declared()
    make_court_file.enqueue(str(application.pk), "centre", str(uuid4()))
    certify.enqueue(str(declaration.pk))
    Job.objects.update(last_error="builtins.KeyError")

    assert {line.cases for line in backlog().lines} == {(application.reference,), (declaration.reference,)}


def test_every_job_of_the_house_has_words() -> None:
    import_module(settings.ROOT_URLCONF)
    rooms = [vars(room).values() for name, room in sys.modules.copy().items() if name.startswith("guichet.")]
    jobs = {one.module_path for room in rooms for one in room if isinstance(one, LeasedTask)}

    assert len(jobs) > len(SCHEDULE)
    assert {job for job in jobs if name_of(job) == job.rpartition(".")[2]} == set()


def test_only_what_waits_has_a_next_try() -> None:
    send.enqueue("waiting")
    Job.objects.update(run_after=NOW, last_error="builtins.TimeoutError")
    assert backlog().lines[0].run_after == NOW

    Job.objects.update(status=JobStatus.RUNNING, lease_until=NOW, lease_token=uuid4())

    assert backlog().lines[0].run_after is None


@pytest.mark.parametrize("error", sorted(_ERRORS))
def test_the_errors_that_have_words_are_those_of_the_house(error: str) -> None:
    room, _, name = error.rpartition(".")

    assert issubclass(getattr(import_module(room), name), Exception)


def test_a_silent_worker_is_told_in_words() -> None:
    browser = at_the_desk()

    assert "Aucun signe de vie" in browser.get(JOBS).content.decode()
    Beat.objects.create(name="worker", next_at=NOW - timedelta(minutes=10))
    assert "ne répond plus" in browser.get(JOBS).content.decode()
    Beat.objects.update(next_at=NOW)
    assert "ne répond plus" not in browser.get(JOBS).content.decode()


def test_a_dead_job_is_previewed_then_put_back_in_the_queue() -> None:
    dead = a_dead_job()
    browser = at_the_desk()

    preview = browser.post(reverse("desk:jobs_preview"), {"job": [str(dead.pk)]})
    browser.post(reverse("desk:retry_jobs"), {"job": [str(dead.pk)]})

    assert "Relancer 1 tâche" in preview.content.decode()
    dead.refresh_from_db()
    assert (dead.status, dead.attempts, dead.alarm) == (JobStatus.WAITING, 0, False)


def test_a_job_that_is_not_dead_is_left_alone_and_told() -> None:
    send.enqueue("waiting")
    waiting = Job.objects.get()

    answer = at_the_desk().post(reverse("desk:retry_jobs"), {"job": [str(waiting.pk)]}, follow=True)

    assert "déjà reprise" in answer.content.decode()
    waiting.refresh_from_db()
    assert waiting.status == JobStatus.WAITING


def test_a_dead_job_whose_twin_waits_already_is_left_alone() -> None:
    dead = a_dead_job("same")
    produce.enqueue("same")

    answer = at_the_desk().post(reverse("desk:retry_jobs"), {"job": [str(dead.pk)]}, follow=True)

    assert "le même travail attend déjà" in answer.content.decode()
    dead.refresh_from_db()
    assert dead.status == JobStatus.DEAD


@pytest.mark.parametrize("chosen", [[], ["abc"], ["018f0000-0000-7000-8000-000000000000"]])
def test_choosing_no_dead_job_is_told(chosen: list[str]) -> None:
    answer = at_the_desk().post(reverse("desk:jobs_preview"), {"job": chosen}, follow=True)

    assert "Choisissez au moins une tâche" in answer.content.decode()


def test_the_page_costs_six_statements_whatever_waits() -> None:
    for number in range(3):
        a_dead_job(str(number))
    browser = at_the_desk()

    with at_most(6):
        browser.get(JOBS)
