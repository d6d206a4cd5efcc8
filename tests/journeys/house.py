"""The whole counter as people meet it: ``guichet run`` with its worker and simulators, in processes of their own."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg import sql

from guichet.people.accounts.demo import PASSWORD

START_SECONDS = 120
STOP_SECONDS = 30


@dataclass(frozen=True)
class House:
    """A running counter: its address without a last slash, and the folder of its data."""

    url: str
    data: Path

    @property
    def password(self) -> str:
        """What every account of the demonstration signs in with."""
        return PASSWORD


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def fresh_database() -> Iterator[str | None]:
    """The address of an empty database on the server the tests use, removed afterwards; None where that is SQLite."""
    given = settings.DATABASES["default"]
    if given["ENGINE"].endswith("sqlite3"):
        yield None
        return
    server, name = os.environ["DATABASE_URL"], f"guichet_journeys_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def running_house(data: Path) -> Iterator[House]:
    """Start everything on free ports, wait for the line that says it is ready, and stop everything at the end."""
    with fresh_database() as database:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUICHET_", "DATABASE_URL"))}
        env = {**kept, **({"DATABASE_URL": database} if database else {})}
        env["GUICHET_PRODUCTION_SECONDS"] = "0"  # asked at each beat
        command = [sys.executable, "-m", "guichet", "run", "--data", str(data), "--port", str(_free_port())]
        command += ["--payment-port", "0", "--persons", "120", "--sim-control"]
        log = data.with_suffix(".log")
        with (
            log.open("w") as told,
            subprocess.Popen(command, env=env, text=True, stdout=subprocess.PIPE, stderr=told) as process,
        ):
            try:
                yield House(_ready(process, log), data)
            finally:
                process.terminate()
                process.wait(STOP_SECONDS)


def _ready(process: subprocess.Popen[str], log: Path) -> str:
    """The address that the house prints when its first page answers."""
    too_late = threading.Timer(START_SECONDS, process.kill)
    too_late.start()
    line = process.stdout.readline() if process.stdout else ""
    too_late.cancel()
    if not line.startswith("ready "):
        raise AssertionError(f"the counter did not start: {log.read_text()[-2000:]}")
    return line.split()[1].rstrip("/")
