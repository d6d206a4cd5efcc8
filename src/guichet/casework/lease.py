"""The lease backend of the Tasks API: jobs are rows of the same database, enqueued with the business change.

A worker leases a job for a while; killed, its lease runs out and another takes it. The slow part of a job runs
outside any transaction; what it returns is run in one short transaction together with the job's end, and only if the
lease is still held: a job done twice takes effect once (ADR 0004).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connection
from django_tasks import TaskResult, TaskResultStatus, task
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task

from guichet.kit.ids import uuid7
from guichet.kit.writing import change

from .models import Job, JobStatus

P = ParamSpec("P")
T = TypeVar("T")

DEFAULT_RETRIES: tuple[int, ...] = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class PermanentFailure(Exception):  # noqa: N818 - reads as what happened
    """Raised by a job that no other try can help: it is given up at once, where the desk sees it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedTask(Task[P, T]):
    """A task with its patience: seconds to wait before each retry, length of a lease, failures before an alarm.

    One that ``takes_over`` is asked for once by the job before it, whose row and lease it may have.
    """

    retry_after: tuple[int, ...] = DEFAULT_RETRIES
    lease_seconds: int = 120
    alarm_at: int | None = None
    takes_over: bool = False


class LeaseBackend(BaseTaskBackend):
    """Enqueues jobs into the database of the business data."""

    task_class = LeasedTask
    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """One INSERT in the caller's transaction; the same task with the same arguments still waiting is left alone,
        and only brought forward if this call wants it sooner."""
        result: TaskResult[T] = TaskResult(
            task=task,
            id=str(uuid7()),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        heir, mine = _heir.get(), cast("LeasedTask[..., Any]", task)
        if heir is not None and heir.task is None and mine.takes_over and mine.run_after is None:
            heir.task, heir.args, heir.kwargs = mine, args, kwargs
        else:
            _insert(task, args, kwargs)
        return result


@dataclass(slots=True)
class Heir:
    """The job that takes over the place of one that is ending; none if ``task`` is None."""

    task: LeasedTask[..., Any] | None = None
    args: Any = ()
    kwargs: Any = None


_heir: ContextVar[Heir | None] = ContextVar("heir", default=None)


@contextmanager
def handing_over() -> Iterator[Heir]:
    """While a job ends: the first that ``takes_over`` of those asked for has its row and its lease.

    It needs no row of its own, and nobody has to look for it: its worker goes on with it.
    """
    token = _heir.set(heir := Heir())
    try:
        yield heir
    finally:
        _heir.reset(token)


def _insert(task: Task[..., Any], args: Any, kwargs: Any) -> None:
    row = Job(
        task_path=task.module_path,
        args=args,
        kwargs=kwargs,
        dedupe_key=dedupe_key(task.module_path, args, kwargs),
        priority=task.priority,
        run_after=task.run_after,
    )
    fields = [f for f in Job._meta.concrete_fields if f.name != "enqueued_at"]
    table = f'"{Job._meta.db_table}"'
    columns = ", ".join(f'"{f.column}"' for f in fields)
    sooner = (
        f"CASE WHEN excluded.run_after IS NULL OR {table}.run_after IS NULL THEN NULL "
        f"WHEN excluded.run_after < {table}.run_after THEN excluded.run_after ELSE {table}.run_after END"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))}) "  # noqa: S608 - own names
            f"ON CONFLICT (dedupe_key) WHERE status = 'waiting' DO UPDATE SET run_after = {sooner}",
            [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields],
        )


def enqueue_instead(waiting: Task[..., Any], task: Task[..., Any], *args: Any, of: Sequence[Any]) -> None:
    """Enqueue ``task`` in the place of ``waiting`` with the arguments ``of``, which nobody needs any more.

    If that one doesn't wait (it was never asked for, or a worker has it already), nothing but the new one is written.
    """
    if _heir.get() is None:
        work = {"task_path": task.module_path, "args": list(args), "dedupe_key": dedupe_key(task.module_path, args, {})}
        fresh = {"attempts": 0, "run_after": None, "last_error": "", "alarm": False}
        unneeded = dedupe_key(waiting.module_path, of, {})
        if change(Job, {**work, **fresh}, dedupe_key=unneeded, status=JobStatus.WAITING):
            return
    task.enqueue(*args)


def dedupe_key(path: str, args: Sequence[Any], kwargs: dict[str, Any]) -> str:
    """What makes two waiting jobs the same: the task and its arguments."""
    return hashlib.sha256(json.dumps([path, args, kwargs], sort_keys=True).encode()).hexdigest()


def job(
    *,
    retry_after: Sequence[int] = DEFAULT_RETRIES,
    lease_seconds: int = 120,
    alarm_at: int | None = None,
    takes_over: bool = False,
) -> Callable[[Callable[..., Any]], LeasedTask[..., Any]]:
    """Declare a background job: the Tasks API's ``task`` with the patience of our backend.

    The function does its slow work outside any transaction and returns None or a ``commit()`` function. A keyword-only
    parameter ``wiring`` is filled in by the worker and is not an argument of ``enqueue``; so are ``at``, the present, and
    ``tries``, how often this job was begun, this time included: counted and committed before it begins.
    """
    declare = task(
        retry_after=tuple(retry_after), lease_seconds=lease_seconds, alarm_at=alarm_at, takes_over=takes_over
    )
    return cast("Callable[[Callable[..., Any]], LeasedTask[..., Any]]", declare)
