"""Counts statements, commits and processor time of the product's own processes; only the bench loads it.

The web serves ``tests.load.meter:application``: each answer carries ``X-Meter: statements commits milliseconds``.
``python -m tests.load.meter work`` is ``guichet work`` with a line in ``$METER_JOBS`` for each job. With
``METER_UNSEALED=1`` documents are left without their seal, so that the rest can be told from it; ``METER_SQL=FILE`` writes every statement down.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.config.settings")

_TOLD_SQL = os.environ.get("METER_SQL", "")
_LIFE = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SELECT 1", "SET ")


class Counted(threading.local):
    """What this thread has done since it was last asked."""

    statements = 0
    commits = 0

    def reset(self) -> None:
        self.statements = self.commits = 0


counted = Counted()


def _install() -> None:
    """Count on every connection that is opened from now on."""
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.signals import connection_created

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if not sql.startswith(_LIFE):
            counted.statements += 1
            if _TOLD_SQL:
                with Path(_TOLD_SQL).open("a") as file:
                    file.write(f"    {sql}\n")
            if not context["connection"].in_atomic_block and not sql.startswith("SELECT"):
                counted.commits += 1
        return execute(sql, params, many, context)

    def watch(connection: Any, **kwargs: Any) -> None:
        if count not in connection.execute_wrappers:
            connection.execute_wrappers.append(count)

    commit = BaseDatabaseWrapper.commit

    def counting_commit(self: Any) -> None:
        counted.commits += 1
        commit(self)

    BaseDatabaseWrapper.commit = counting_commit  # type: ignore[method-assign]
    connection_created.connect(watch, weak=False)


def _without_seal() -> None:
    from guichet.documents import sealing

    sealing.seal = lambda pdf: pdf


Start = Callable[..., Any]


def metered(inner: Callable[[dict[str, Any], Start], Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """A WSGI application that says what each answer has cost."""
    told = os.environ.get("METER_NOTICES")

    def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        counted.reset()
        begun = time.thread_time()
        if _TOLD_SQL:
            with Path(_TOLD_SQL).open("a") as file:
                file.write(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}\n")

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            spent = (time.thread_time() - begun) * 1000
            line = f"{counted.statements} {counted.commits} {spent:.3f}"
            if told and environ["PATH_INFO"].startswith("/paiement/avis/"):
                with Path(told).open("a") as file:
                    file.write(line + "\n")
            return start_response(status, [*headers, ("X-Meter", line)], *rest)

        return inner(environ, start)

    return application


def _work() -> None:
    """``guichet work``, each job counted from its claim to its end."""
    from guichet.casework import worker
    from guichet.config.management.commands.work import Command

    log = Path(os.environ["METER_JOBS"])
    claim, perform = worker.claim, worker.perform

    def counting_claim(at: Any) -> Any:
        counted.reset()
        counted.begun = time.thread_time()  # type: ignore[attr-defined]
        return claim(at)

    def counting_perform(claimed: Any, **given: Any) -> int:
        if _TOLD_SQL:
            with Path(_TOLD_SQL).open("a") as file:
                file.write(f"JOB {claimed.task.name}\n")
        done = perform(claimed, **given)
        spent = (time.thread_time() - counted.begun) * 1000  # type: ignore[attr-defined]
        line = {"job": claimed.task.name, "sql": counted.statements, "commits": counted.commits, "ms": spent}
        with log.open("a") as file:
            file.write(json.dumps({**line, "done": done}) + "\n")
        return done

    worker.claim, worker.perform = counting_claim, counting_perform
    from django.core.management import call_command

    call_command(Command())


def _ready() -> None:
    """Django made ready, with the counting in it."""
    import django

    django.setup()
    _install()


_ready()
if __name__ == "__main__":
    if os.environ.get("METER_UNSEALED") == "1":
        _without_seal()
    _work()
else:  # the web seals nothing, the worker serves no page: neither loads what the other needs
    from guichet.config.wsgi import application as _application

    application = metered(_application)
