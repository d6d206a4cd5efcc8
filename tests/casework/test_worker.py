"""Background work: enqueued with the business change, leased, retried, buried, never done twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from guichet.casework import worker
from guichet.casework.jobs import enqueue_instead, job
from guichet.casework.models import Beat, Job, JobStatus

from .builders import AT

pytestmark = pytest.mark.django_db
done: list[str] = []


@pytest.fixture(autouse=True)
def _forget() -> None:
    done.clear()


@job(retry_after=(10, 20), lease_seconds=60)
def note(what: str) -> Callable[[], None]:
    """Does its slow part at once and notes ``what`` in its commit."""
    return lambda: done.append(what)


@job(lease_seconds=60)
def keep(what: str, *, at: datetime) -> Callable[[], object]:
    """Writes a row of its own each time."""
    return lambda: Beat.objects.create(name=f"{what}{Beat.objects.count()}", next_at=at)


@job(lease_seconds=30)
def begin(what: str, *, tries: int) -> Callable[[], object]:
    """Asks for two more jobs when it ends."""
    done.append(f"begin {what} {tries}")
    return lambda: (note.enqueue(what), carry_on.enqueue(what))


@job(retry_after=(10,), lease_seconds=90, takes_over=True)
def carry_on(what: str, *, tries: int) -> Callable[[], object]:
    """Fails the first time."""
    if tries == 1:
        raise ValueError(what)
    return lambda: done.append(f"carried on {what} {tries}")


@job(retry_after=(10, 20), alarm_at=2)
def fail(what: str) -> None:
    """Always fails, with a text that must not be kept."""
    raise ValueError(f"secret {what}")


@job()
def tell(*, at: datetime, wiring: dict[str, str]) -> None:
    """Needs what the worker supplies."""
    done.append(f"{at:%H:%M} {wiring['who']}")


def _clock(at: datetime = AT) -> Callable[[], datetime]:
    return lambda: at


def test_a_job_rolled_back_with_its_business_change_never_runs() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        note.enqueue("lost")
        raise RuntimeError

    assert worker.drain(wiring={}, clock=_clock()) == 0


def test_a_finished_job_leaves_no_row() -> None:
    note.enqueue("a")

    assert worker.drain(wiring={}, clock=_clock()) == 1
    assert done == ["a"]
    assert not Job.objects.exists()


def test_the_same_work_asked_for_twice_is_done_once() -> None:
    note.enqueue("a")
    note.enqueue("a")
    note.enqueue("b")

    worker.drain(wiring={}, clock=_clock())

    assert sorted(done) == ["a", "b"]


def test_asking_for_the_same_work_sooner_brings_it_forward() -> None:
    note.using(run_after=AT + timedelta(hours=1)).enqueue("a")
    note.using(run_after=AT + timedelta(minutes=1)).enqueue("a")
    note.using(run_after=AT + timedelta(hours=2)).enqueue("a")

    assert worker.claim(AT) is None
    assert Job.objects.get().run_after == AT + timedelta(minutes=1)


def test_the_worker_supplies_the_present_and_the_wiring() -> None:
    tell.enqueue()

    worker.drain(wiring={"who": "x"}, clock=_clock())

    assert done == ["10:00 x"]


def test_a_killed_workers_job_is_taken_over_when_its_lease_runs_out() -> None:
    note.enqueue("a")
    first = worker.claim(AT)
    assert first is not None
    assert worker.claim(AT + timedelta(seconds=59)) is None

    second = worker.claim(AT + timedelta(seconds=61))

    assert second is not None
    assert second.attempts == 2


def test_a_worker_that_lost_its_lease_has_no_effect() -> None:
    keep.enqueue("a")
    slow = worker.claim(AT)
    quick = worker.claim(AT + timedelta(seconds=61))
    assert slow is not None
    assert quick is not None

    assert worker.perform(quick, wiring={}, clock=_clock()) == 1
    assert worker.perform(slow, wiring={}, clock=_clock()) == 0
    assert Beat.objects.filter(name__startswith="a").count() == 1


def test_a_failing_job_is_retried_later_then_buried_with_an_alarm() -> None:
    fail.enqueue("x")
    at = AT
    for wait, status in ((10, JobStatus.WAITING), (20, JobStatus.WAITING), (0, JobStatus.DEAD)):
        claimed = worker.claim(at)
        assert claimed is not None
        assert worker.perform(claimed, wiring={}, clock=_clock(at)) == 0
        row = Job.objects.get()
        assert row.status == status
        at += timedelta(seconds=wait)

    assert row.alarm
    assert row.last_error == "builtins.ValueError"
    assert worker.claim(at + timedelta(days=1)) is None


def test_the_alarm_rings_before_the_last_retry_where_asked() -> None:
    fail.enqueue("x")
    at = AT
    for _ in range(2):
        claimed = worker.claim(at)
        assert claimed is not None
        worker.perform(claimed, wiring={}, clock=_clock(at))
        at += timedelta(seconds=60)

    assert Job.objects.alarming().get().status == JobStatus.WAITING


def test_a_dead_job_runs_again_when_a_person_asks() -> None:
    fail.enqueue("x")
    Job.objects.update(status=JobStatus.DEAD, alarm=True)

    assert worker.retry(str(Job.objects.get().pk)) is True
    assert worker.claim(AT) is not None
    assert worker.retry(str(Job.objects.get().pk)) is False


def test_a_periodic_job_is_enqueued_once_a_period_however_many_workers_beat() -> None:
    schedule = {"note": worker.Periodic(note, 60)}
    Beat.objects.create(name="note", next_at=AT)

    tell_args = [AT, AT, AT + timedelta(seconds=30)]
    note_runs = 0
    for at in tell_args:
        try:
            worker.beat(at, {"note": worker.Periodic(tell, schedule["note"].seconds)})
        finally:
            note_runs = Job.objects.count()

    assert note_runs == 1
    assert Beat.objects.get(name="worker").next_at == AT + timedelta(seconds=30)


def test_a_task_that_no_longer_exists_is_buried_not_retried() -> None:
    note.enqueue("a")
    Job.objects.update(task_path="guichet.nowhere.gone")

    assert worker.claim(AT) is None
    buried = Job.objects.get()
    assert (buried.status, buried.alarm) == (JobStatus.DEAD, True)
    assert buried.last_error == worker.UNKNOWN_TASK
    assert "relancez la tâche" in buried.last_error
    assert len(buried.last_error) <= 200


def test_a_job_that_another_asks_for_at_its_end_takes_over_its_row_and_its_lease() -> None:
    begin.enqueue("a")
    claimed = worker.claim(AT)
    assert claimed is not None

    assert worker.perform(claimed, wiring={}, clock=_clock()) == 1

    failed, asked_for = Job.objects.order_by("enqueued_at", "pk")
    assert (failed.pk, failed.task_path, failed.attempts) == (claimed.id, carry_on.module_path, 1)
    assert (asked_for.task_path, asked_for.status) == (note.module_path, JobStatus.WAITING)
    worker.drain(wiring={}, clock=_clock(AT + timedelta(seconds=11)))
    assert sorted(done) == ["a", "begin a 1", "carried on a 2"]
    assert not Job.objects.exists()


def test_a_worker_killed_after_a_job_was_taken_over_leaves_the_second_one_to_the_next() -> None:
    begin.enqueue("a")
    claimed = worker.claim(AT)
    assert claimed is not None
    heir = worker._do(claimed, wiring={}, clock=_clock())
    assert heir is not None and heir.task.name == "carry_on"

    soon, later = worker.claim(AT), worker.claim(AT + timedelta(seconds=91))

    assert soon is not None and soon.task.name == "note"  # the second asked for; the first is leased for its own time
    assert later is not None and (later.task.name, later.attempts) == ("carry_on", 2)


def test_a_job_that_is_no_longer_needed_makes_room_for_the_one_that_is() -> None:
    note.enqueue("a")
    row = Job.objects.get().pk

    enqueue_instead(note, keep, "b", of=["a"])

    assert [(job.pk, job.task_path, job.args) for job in Job.objects.all()] == [(row, keep.module_path, ["b"])]


def test_a_job_that_somebody_does_already_is_left_to_them() -> None:
    note.enqueue("a")
    assert worker.claim(AT) is not None

    enqueue_instead(note, keep, "b", of=["a"])

    assert sorted(Job.objects.values_list("status", "args")) == [("running", ["a"]), ("waiting", ["b"])]


def test_a_row_that_became_another_job_s_since_it_was_seen_is_not_done_as_what_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note.enqueue("a")
    look = worker._due
    seen = [look(AT)]
    enqueue_instead(note, keep, "b", of=["a"])
    monkeypatch.setattr(worker, "_due", lambda at: seen.pop() if seen else look(at))

    claimed = worker.claim(AT)

    assert claimed is not None and (claimed.task.name, claimed.args) == ("keep", ["b"])


def test_a_row_taken_over_just_when_its_lease_ran_out_stays_with_the_job_that_took_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin.enqueue("a")
    slow = worker.claim(AT)
    assert slow is not None
    look = worker._due
    seen = [look(AT + timedelta(seconds=31))]
    heir = worker._do(slow, wiring={}, clock=_clock(AT + timedelta(seconds=31)))
    monkeypatch.setattr(worker, "_due", lambda at: seen.pop() if seen else look(at))

    other = worker.claim(AT + timedelta(seconds=31))

    assert heir is not None and heir.task.name == "carry_on"
    assert other is not None and other.task.name == "note"
