"""``guichet work``: do the background work until told to stop."""

from __future__ import annotations

import logging
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, InterfaceError, OperationalError, connection

from guichet.casework import worker
from guichet.config.wiring import SCHEDULE, WIRING
from guichet.kit import clock

log = logging.getLogger(__name__)
IDLE_SECONDS = 0.2
BEAT_SECONDS = 5.0

# What SQLite says while another writes, and PostgreSQL of a deadlock or a lock that was not to be had.
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "40", "55")


class Command(BaseCommand):
    """Claims and does jobs, enqueues periodic ones, survives the absence of the database."""

    help = "Do the background work (documents, mail, questions to the payment provider) until told to stop."

    # They load every page of the house, 30 MiB that a worker never opens; ``guichet check`` makes them.
    requires_system_checks = ()
    stopping = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--drain", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        if options["drain"]:
            done = worker.drain(wiring=WIRING, clock=clock.now)
            self.stdout.write(f"{done} tâche(s) faite(s)")
            return
        next_beat = 0.0
        while not self.stopping:
            try:
                if time.monotonic() >= next_beat:
                    worker.beat(clock.now(), SCHEDULE)
                    next_beat = time.monotonic() + BEAT_SECONDS
                claimed = worker.claim(clock.now())
                if claimed is None:
                    time.sleep(IDLE_SECONDS)
                else:
                    worker.perform(claimed, wiring=WIRING, clock=clock.now)
            except (OperationalError, InterfaceError) as error:
                log.warning("database %s: %s; trying again", trouble_of(error), type(error).__name__)
                connection.close()
                time.sleep(1)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def trouble_of(error: Error) -> str:
    """``busy`` where the database answered that others keep it from working for now, ``away`` where it did not work."""
    said = getattr(error.__cause__, "sqlite_errorname", "") or getattr(error.__cause__, "sqlstate", "") or ""
    return "busy" if said.startswith(_BUSY) else "away"
