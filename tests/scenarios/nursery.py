"""Processes of Guichet that are ready at once: one process has loaded everything and forks a child for each wish.

A child is a process like any other: it has its own connections, it can be killed, and it can be told to die by itself
at the n-th statement that it sends to the database, which no signal from outside could hit.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from .programs import ROOT, python, until

DIED = ""
FORM = "application/x-www-form-urlencoded"


class Child:
    """One process grown in the nursery."""

    def __init__(self, pid: int, result: Path) -> None:
        self.pid, self._result = pid, result

    @property
    def is_running(self) -> bool:
        with suppress(ProcessLookupError):
            os.kill(self.pid, 0)
            return True
        return False

    def kill(self) -> None:
        """SIGKILL, as a power cut."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM, and the end of it awaited."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)
        self.ended()

    def ended(self) -> str:
        """What it ended with, once it has; ``DIED`` if it was killed or killed itself."""
        until(lambda: not self.is_running, f"process {self.pid} ends", seconds=120, pause=0.005)
        return self._result.read_text() if self._result.exists() else DIED


class Nursery:
    """Seen from the tests: asks for children."""

    def __init__(self, env: Mapping[str, str], *, log: Path) -> None:
        self._lock, self._count, self._folder = Lock(), 0, log.parent.parent / "children"
        self._folder.mkdir()
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                python("-m", "tests.scenarios.nursery"),
                env=dict(env),
                cwd=ROOT,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        assert self._line() == "ready", log.read_text()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def command(self, *arguments: str, log: Path) -> Child:
        """``guichet ARGUMENTS`` with its output added to ``log``."""
        return self._fork({"do": "command", "arguments": arguments}, log)

    def job(self, *, dies_at: int, after: bool, log: Path) -> Child:
        """One job by one worker that dies at its n-th statement, before or after it was executed."""
        return self._fork({"do": "job", "dies_at": dies_at, "after": after}, log)

    def request(
        self, method: str, path: str, *, cookies: Mapping[str, str], body: str, dies_at: int, log: Path
    ) -> Child:
        """One request answered by a web process that dies after its n-th statement; ends with the answer's status."""
        asked = {"method": method, "path": path, "cookies": dict(cookies), "body": body}
        return self._fork({"do": "request", "dies_at": dies_at, "after": True, **asked}, log)

    def _fork(self, wish: dict[str, Any], log: Path) -> Child:
        with self._lock:
            self._count += 1
            result = self._folder / str(self._count)
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps({**wish, "log": str(log), "result": str(result)}) + "\n")
            self._process.stdin.flush()
            return Child(int(self._line()), result)

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


class DiesAt:
    """Ends the process at the n-th SQL statement, before or after it was executed; no handler can catch it."""

    def __init__(self, number: int, *, after: bool) -> None:
        self.left, self.after = number, after

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left == 0 and not self.after:
            os._exit(9)
        result = execute(sql, params, many, context)
        if self.left == 0:
            os._exit(9)
        return result


def _command(wish: dict[str, Any]) -> str:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["guichet", *wish["arguments"]])
    return "0"


def _job(wish: dict[str, Any]) -> str:
    from django.db import connection

    from guichet.casework import worker
    from guichet.config.wiring import WIRING
    from guichet.kit import clock

    connection.ensure_connection()
    with connection.execute_wrapper(DiesAt(wish["dies_at"], after=wish["after"])):
        claimed = worker.claim(clock.now())
        if claimed is None:
            return "idle"
        took_effect = worker.perform(claimed, wiring=WIRING, clock=clock.now)
    return f"{claimed.task.name} {took_effect}"


def _request(wish: dict[str, Any]) -> str:
    from django.db import connection
    from django.test import Client

    browser = Client(SERVER_NAME="127.0.0.1")
    browser.cookies.load(wish["cookies"])
    connection.ensure_connection()
    with connection.execute_wrapper(DiesAt(wish["dies_at"], after=wish["after"])):
        return str(browser.generic(wish["method"], wish["path"], wish["body"], content_type=FORM).status_code)


_DEEDS = {"command": _command, "job": _job, "request": _request}


def _end_with_the_nursery() -> None:
    """A run of the tests that is itself killed leaves no workers behind."""
    with suppress(OSError, AttributeError):  # Linux only
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _grow_up(wish: dict[str, Any]) -> None:
    """Become a process of one's own, do what is wished, leave word of how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(wish["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for own, given in ((0, nothing), (1, log), (2, log)):
        os.dup2(given, own)
    os.setsid()
    _end_with_the_nursery()
    try:
        ended = _DEEDS[wish["do"]](wish)
    except SystemExit as end:
        ended = str(end.code)
    except Exception:  # noqa: BLE001 - whatever it was is in the log, and the test sees that it failed
        traceback.print_exc()
        ended = "failed"
    sys.stdout.flush()
    Path(wish["result"]).write_text(ended)


def main() -> None:
    """Load everything once, then fork at each line; children that end are forgotten by the system at once."""
    from . import clockwork

    clockwork.wind()
    clockwork.keep_what_ages()
    import django

    django.setup()
    import guichet.config.urls
    import guichet.config.wiring
    import guichet.documents.sealing  # noqa: F401 - all loaded once, before the first fork

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                _grow_up(json.loads(line))
            finally:
                os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
