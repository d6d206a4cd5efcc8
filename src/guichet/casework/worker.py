"""The worker: claims jobs under a lease, works outside transactions, ends each job in one short transaction."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.module_loading import import_string

from guichet.kit.rows import Columns, parameter
from guichet.kit.writing import change, remove

from .lease import Heir, LeasedTask, PermanentFailure, dedupe_key, handing_over
from .models import Beat, Job, JobStatus

log = logging.getLogger(__name__)


# 200 characters at most, as the row holds it.
UNKNOWN_TASK = (
    "Cette version ne connaît pas cette tâche. Remettez en service la version qui la connaît, redémarrez « guichet work », "
    "puis relancez la tâche depuis cette page."
)


class Periodic(NamedTuple):
    """A job that is due every ``seconds``."""

    task: LeasedTask[..., Any]
    seconds: int


class Claim(NamedTuple):
    """A leased job."""

    id: UUID
    token: UUID
    attempts: int
    task: LeasedTask[..., Any]
    args: list[Any]
    kwargs: dict[str, Any]


class LeaseLost(Exception):  # noqa: N818 - reads as what happened
    """Another worker has taken the job over: what this one did must not take effect."""


def claim(at: datetime) -> Claim | None:
    """Lease the next job that is due: waiting, or running under a lease that has run out (2 statements, 1 when idle).

    The first statement only looks: an idle worker takes no lock that a writer would wait for. The second takes the
    job only if nobody did meanwhile; otherwise the next one is looked for.
    """
    while (row := _due(at)) is not None:
        # The row may have become another job's since it was read: its key says of which job it is.
        seen = {"id": row.pk, "status": row.status, "lease_token": row.lease_token, "dedupe_key": row.dedupe_key}
        try:
            task: LeasedTask[..., Any] = import_string(row.task_path)
        except ImportError:
            _bury_unknown(seen)
            continue
        token = uuid4()
        lease = {"lease_token": token, "lease_until": at + timedelta(seconds=task.lease_seconds)}
        taken = change(Job, {"status": JobStatus.RUNNING, **lease, "attempts": row.attempts + 1}, **seen)
        if taken:
            return Claim(row.pk, token, row.attempts + 1, task, row.args, row.kwargs)
    return None


def _bury_unknown(seen: Mapping[str, Any]) -> None:
    """A task that exists no more: nobody can do it, a person must look."""
    unleased = {"status": JobStatus.DEAD, "lease_token": None, "lease_until": None}
    change(Job, {**unleased, "last_error": UNKNOWN_TASK, "alarm": True}, **seen)


_JOBS = Columns(Job, "j")
_DUE = (
    f"SELECT {_JOBS.sql} FROM {_JOBS.table} WHERE j.status = 'waiting' AND (j.run_after IS NULL OR j.run_after <= %s) "  # noqa: S608 - own names
    "OR j.status = 'running' AND j.lease_until < %s ORDER BY j.priority DESC, j.id LIMIT 1"
)


def _due(at: datetime) -> Job | None:
    """The next of the jobs that wait to be done at ``at``, or whose lease has run out."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [parameter(Job, "run_after", at), parameter(Job, "lease_until", at)])
        found = cursor.fetchone()
    return _JOBS.row(found) if found else None


def perform(claimed: Claim, *, wiring: Mapping[str, Any], clock: Callable[[], datetime]) -> int:
    """Do a leased job, and those that take over its place one after another; how many took effect.

    The last one may have failed (it will be retried or is dead) or lost its lease; what was before it is done.
    """
    done, following = 0, claimed
    while True:
        try:
            heir = _do(following, wiring=wiring, clock=clock)
        except LeaseLost:
            log.warning("lease lost task=%s", following.task.name)
            return done
        except Exception as error:  # noqa: BLE001 - whatever a job raises is recorded on its row and retried
            fail(following, error, clock())
            return done
        done += 1
        if heir is None:
            return done
        following = heir


def _do(claimed: Claim, *, wiring: Mapping[str, Any], clock: Callable[[], datetime]) -> Claim | None:
    """The slow part of a job outside any transaction, then its effect together with its end; the job that goes on.

    Raises:
        LeaseLost: another worker has it by now; nothing took effect.
    """
    commit = claimed.task.func(*claimed.args, **claimed.kwargs, **_supplied(claimed, wiring, clock()))
    with transaction.atomic(), handing_over() as heir:
        if commit is not None:
            commit()
        return _end(claimed, heir, clock())


def _end(claimed: Claim, heir: Heir, at: datetime) -> Claim | None:
    """Remove the job's row, or leave it under the same lease to the job that takes over its place (1 statement)."""
    mine = {"id": claimed.id, "lease_token": claimed.token}
    if heir.task is None:
        if not remove(Job, **mine):
            raise LeaseLost
        return None
    args, kwargs = list(heir.args), dict(heir.kwargs or {})
    path, until = heir.task.module_path, at + timedelta(seconds=heir.task.lease_seconds)
    work = {"task_path": path, "args": args, "kwargs": kwargs, "dedupe_key": dedupe_key(path, args, kwargs)}
    fresh = {"attempts": 1, "lease_until": until, "last_error": "", "alarm": False}
    taken_over = change(Job, {**work, **fresh}, **mine)
    if not taken_over:
        raise LeaseLost
    return Claim(claimed.id, claimed.token, 1, heir.task, args, kwargs)


def _supplied(claimed: Claim, wiring: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    known = {"wiring": wiring, "at": at, "tries": claimed.attempts}
    return {name: value for name, value in known.items() if name in _parameters(claimed.task.func)}


@cache
def _parameters(function: Callable[..., Any]) -> frozenset[str]:
    return frozenset(inspect.signature(function).parameters)


def fail(claimed: Claim, error: Exception, at: datetime) -> None:
    """Give the job back to be tried again later, or bury it after the last retry or for good, where the desk sees it.

    Only the kind of error is kept: its text might hold personal data.
    """
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    log.warning("job failed task=%s attempt=%s error=%s", claimed.task.name, claimed.attempts, kind)
    task = claimed.task
    again = claimed.attempts <= len(task.retry_after) and not isinstance(error, PermanentFailure)
    alarm = not again or (task.alarm_at is not None and claimed.attempts >= task.alarm_at)
    with transaction.atomic():
        mine = Job.objects.filter(pk=claimed.id, lease_token=claimed.token)
        twin = Job.objects.filter(
            dedupe_key__in=Job.objects.filter(pk=claimed.id).values("dedupe_key"), status=JobStatus.WAITING
        )
        if again and twin.exists():
            mine.delete()  # the same work was asked for again meanwhile: that request carries on
            return
        mine.update(
            status=JobStatus.WAITING if again else JobStatus.DEAD,
            run_after=at + timedelta(seconds=task.retry_after[claimed.attempts - 1]) if again else None,
            lease_token=None,
            lease_until=None,
            last_error=kind[:200],
            alarm=alarm,
        )


def beat(at: datetime, schedule: Mapping[str, Periodic]) -> None:
    """Enqueue the periodic jobs that are due, each once however many workers ask, and leave a sign of life."""
    Beat.objects.update_or_create(name="worker", defaults={"next_at": at})
    for name, periodic in schedule.items():
        following = at + timedelta(seconds=periodic.seconds)
        with transaction.atomic():
            created = Beat.objects.get_or_create(name=name, defaults={"next_at": following})[1]
            if created or Beat.objects.filter(name=name, next_at__lte=at).update(next_at=following):
                periodic.task.enqueue()


def drain(*, wiring: Mapping[str, Any], clock: Callable[[], datetime], limit: int = 10_000) -> int:
    """Do every job that is due now, at most ``limit``; the number done. For tests and ``guichet work --drain``."""
    done = 0
    while done < limit and (claimed := claim(clock())):
        done += perform(claimed, wiring=wiring, clock=clock)
    return done


def retry(job_id: str) -> bool:
    """Put a dead job back in the queue, at a person's request; False if it isn't dead any more."""
    return bool(
        Job.objects.dead().filter(pk=job_id).update(status=JobStatus.WAITING, attempts=0, run_after=None, alarm=False)
    )
