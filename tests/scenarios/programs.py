"""Real processes of the house: started, ended politely, or killed as a power cut would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Program:
    """One process with all it starts; its output goes to a file that the privacy check reads."""

    def __init__(self, command: list[str], *, env: Mapping[str, str], log: Path) -> None:
        self.command, self.env, self.log = command, env, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Program:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=dict(self.env), cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        return self

    def run(self) -> None:
        """Start it and wait for its good end."""
        self.start()
        assert self.process is not None
        assert self.process.wait(60) == 0, self.log.read_text()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """SIGKILL to the process and all it started."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM, and the end of it awaited."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            raise
        self.process = None


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(is_so: Callable[[], object], what: str, *, seconds: float = 40, pause: float = 0.05) -> None:
    """Wait until something is so, looking again after each pause.

    Raises:
        AssertionError: it isn't so after ``seconds``.
    """
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(pause)
