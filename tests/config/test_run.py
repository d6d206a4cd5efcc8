"""What ``guichet run`` leaves behind: nothing."""

from __future__ import annotations

import subprocess
import sys

import psutil
import pytest

from guichet.config.management.commands import run

# Starts a process of its own, says which, and does not end when asked to, as a web does while its worker starts.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""


def test_what_a_started_process_leaves_behind_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "STOP_SECONDS", 0.2)
    opened = subprocess.Popen
    command = run.Command()
    command.started = []
    monkeypatch.setattr(
        run.subprocess, "Popen", lambda _, **options: opened([sys.executable, "-c", STUBBORN], **options)
    )
    stubborn = command._start({}, "guichet.stubborn")
    assert stubborn.stdout is not None
    left = psutil.Process(int(stubborn.stdout.readline()))

    command._stop()

    _, alive = psutil.wait_procs([left], timeout=5)
    assert alive == []
    stubborn.stdout.close()
