"""Runs a program of Guichet in a time that a test may move: the one clock of the house is asked, plus what a file says.

``python -m tests.scenarios.clockwork work`` is ``guichet work``; the web imports ``application`` from here.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from guichet.kit import clock

AHEAD = "SCENARIO_AHEAD"
_real_now = clock.now


def ahead(file: Path) -> timedelta:
    """How far the time of the house is ahead of the machine's."""
    try:
        return timedelta(seconds=float(file.read_text() or 0))
    except (FileNotFoundError, ValueError):
        return timedelta()


def _now() -> datetime:
    return _real_now() + ahead(Path(os.environ[AHEAD]))


def wind() -> None:
    """From now on this process lives in the time of the house."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.config.settings")
    clock.now = _now


def __getattr__(name: str) -> Any:
    if name != "application":
        raise AttributeError(name)
    wind()
    from guichet.config.wsgi import application

    return application


def keep_what_ages() -> None:
    """Sessions and contents of the store age by the machine's time, which no test moves: in a moved time nothing may
    sweep them away."""
    import django

    django.setup()
    from guichet.config.wiring import SCHEDULE

    del SCHEDULE["people.forget_sessions"], SCHEDULE["documents.sweep"]


if __name__ == "__main__":
    wind()
    keep_what_ages()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
