"""The database of the house: a file, or a PostgreSQL server of its own that can be cut off and brought back."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tools import postgres

from .programs import free_port


class Database(Protocol):
    """Where the house keeps everything."""

    url: str
    settings: dict[str, Any]

    def start(self) -> None: ...

    def stop(self) -> None: ...

    @contextmanager
    def away(self) -> Iterator[None]:
        """Nobody can write (a file held by somebody else), or nobody can even connect (a server that crashed)."""
        ...


class SqliteFile:
    """The embedded default."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "guichet.sqlite3"
        self.url = f"sqlite:///{self.file}"
        self.settings: dict[str, Any] = {"NAME": str(self.file)}

    def start(self) -> None:
        """There is nothing to start."""

    def stop(self) -> None:
        """There is nothing to stop."""

    @contextmanager
    def away(self) -> Iterator[None]:
        """Another process holds the file's exclusive lock."""
        code = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1],timeout=30,isolation_level=None); "
        code += "c.execute('BEGIN EXCLUSIVE'); print('held',flush=True); sys.stdin.read(); c.rollback(); c.close()"
        command = [sys.executable, "-c", code, str(self.file)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            yield
            assert holder.stdin is not None
            holder.stdin.close()
            holder.wait(10)


class OwnPostgres:
    """A server of the house alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "postgres"
        self.folder.mkdir(parents=True)
        self.port = free_port()
        self.url = f"postgresql://guichet@127.0.0.1:{self.port}/postgres"
        self.settings: dict[str, Any] = {
            "NAME": "postgres",
            "USER": "guichet",
            "PASSWORD": "",
            "HOST": "127.0.0.1",
            "PORT": self.port,
        }
        self.binaries = postgres._binaries(self.folder)
        self.user = self._user()
        self._process: subprocess.Popen[bytes]

    def _user(self) -> int | None:
        """PostgreSQL refuses to run as root."""
        if os.geteuid():
            return None
        names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
        user = names.get("postgres", names["nobody"])
        self.folder.parent.chmod(0o755)
        os.chown(self.folder, user, -1)
        return user

    def start(self) -> None:
        data, clean = self.folder / "data", {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        if not data.exists():
            initdb = [self.binaries / "initdb", "-D", data, "-U", "guichet", "-A", "trust", "-E", "UTF8", "--no-sync"]
            subprocess.run(initdb, user=self.user, env=clean, cwd="/", check=True, stdout=subprocess.DEVNULL)
        # Commits are real (a crash must lose nothing), only the disk's own flush is spared: the machine stays up.
        options = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-p", str(self.port), "-k", str(self.folder)]
        with (self.folder / "log").open("ab") as log:
            command = [str(self.binaries / "postgres"), "-D", str(data), *options]
            self._process = subprocess.Popen(command, user=self.user, env=clean, cwd="/", stdout=log, stderr=log)
        self.wait()

    def wait(self) -> None:
        ready = [str(self.binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        for _ in range(400):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise AssertionError("PostgreSQL did not answer in twenty seconds")

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)  # "fast": whoever is still connected is cut off
        self._process.wait(20)

    def crash(self) -> None:
        """As ``pg_ctl stop -m immediate``: no clean end, recovery at the next start."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(20)

    @contextmanager
    def away(self) -> Iterator[None]:
        """The server has crashed."""
        self.crash()
        yield
        self.start()
