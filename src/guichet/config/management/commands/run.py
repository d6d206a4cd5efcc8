"""``guichet run``: the whole counter on this machine, with its simulators, until told to stop."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

# A small machine that does much else takes its time to load the application.
START_SECONDS = 120
STOP_SECONDS = 10
# The simulated production goes on by a stage each time it is asked: a document of the demonstration takes a minute.
PRODUCTION_SECONDS = "20"


class Interrupted(Exception):  # noqa: N818 - reads as what happened
    """Ctrl-C or SIGTERM."""


class Command(BaseCommand):
    """Starts simulators, database, demonstration data, worker and web; prints ``ready URL``; stops all it started."""

    help = (
        "Run the demonstration on this machine: web, worker, simulators of payment, time-stamps, production and mail."
    )
    requires_system_checks = ()  # it serves no page itself

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the web's port (default 8000)")
        parser.add_argument("--data", type=Path, default=None, metavar="DIR", help="the data folder (default var)")
        parser.add_argument(
            "--payment-port", type=int, default=None, help="the payment simulator's port (default: port + 1)"
        )
        parser.add_argument("--persons", type=int, default=200, help="synthetic persons in the register (default 200)")
        parser.add_argument("--sim-control", action="store_true", help="let the payment simulator be scripted")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGINT, _interrupt)
        self.started: list[subprocess.Popen[str]] = []
        try:
            self._run(options)
        except Interrupted:
            pass
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            self._stop()

    def _run(self, options: dict[str, Any]) -> None:
        data = (options["data"] or Path(os.environ.get("GUICHET_DATA", "var"))).resolve()
        data.mkdir(parents=True, exist_ok=True)
        url = f"http://127.0.0.1:{options['port']}"
        env = {**os.environ, "GUICHET_DATA": str(data), "GUICHET_DEMO": "1", "GUICHET_COLLECTED_STATIC": "1"}
        env["PYTHONUNBUFFERED"] = "1"
        control = ["--control"] if options["sim_control"] else []
        # The same port after a restart, so that payment pages opened before still lead somewhere.
        payment_port = options["port"] + 1 if options["payment_port"] is None else options["payment_port"]
        payment = self._start(
            env,
            "guichet.gateways.payment.simulator",
            *("--port", str(payment_port), "--dir", str(data / "payment-simulator"), *control),
        )
        production = self._start(
            env,
            "guichet.gateways.production.simulator",
            *("--port", "0", "--dir", str(data / "production-simulator"), *control),
        )
        mail = self._start(
            env,
            "guichet.gateways.mail.simulator",
            *("--port", "0", "--dir", str(data / "mail-simulator"), *control),
        )
        self._call(env, "guichet.gateways.signing.authority", str(data / "seal"))  # while the others start
        stamps = self._start(env, "guichet.gateways.timestamp.simulator", "--port", "0", "--dir", str(data / "seal"))
        env["GUICHET_PRODUCTION_URL"] = _ready(production)
        env.setdefault("GUICHET_PRODUCTION_SECONDS", PRODUCTION_SECONDS)
        env["GUICHET_SAFERPAY_URL"] = f"{_ready(payment)}/api"
        env["GUICHET_TIMESTAMP_URL"] = _ready(stamps)
        env |= _smtp(_ready(mail))
        env["GUICHET_PUBLIC_URL"] = os.environ.get("GUICHET_PUBLIC_URL", url)
        self._call(env, "guichet", "demo", "--persons", str(options["persons"]))
        self._start(env, "guichet", "work", quiet=False)
        self._start_web(env, options["port"])
        _wait_for(f"{url}/sante/", self.started)
        self._announce(url, data)
        self._watch()

    def _announce(self, url: str, data: Path) -> None:
        accounts = data / "demo-accounts.txt"
        if accounts.exists():
            self.stderr.write(accounts.read_text())
        self.stdout.write(f"ready {url}/")
        self.stdout.flush()

    def _start_web(self, env: dict[str, str], port: int) -> None:
        granian = Path(sys.executable).with_name("granian")
        command = [granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
        command += ["--blocking-threads", "4", "--no-ws", "--log-level", "warning", "guichet.config.wsgi:application"]
        self.started.append(subprocess.Popen([str(part) for part in command], env=env, text=True, process_group=0))

    def _start(self, env: dict[str, str], module: str, *arguments: str, quiet: bool = True) -> subprocess.Popen[str]:
        out = subprocess.PIPE if quiet else None
        command = [sys.executable, "-m", module, *arguments]
        process = subprocess.Popen(command, env=env, text=True, stdout=out, process_group=0)
        self.started.append(process)
        return process

    @staticmethod
    def _call(env: dict[str, str], module: str, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments], env=env, check=False, stdout=subprocess.PIPE, text=True
        )
        if done.returncode:
            raise CommandError(f"{module} ended with status {done.returncode}")

    def _watch(self) -> None:
        while True:
            for process in self.started:
                if process.poll() is not None:
                    raise CommandError(f"a process ended by itself (status {process.returncode}): {process.args!r}")
            time.sleep(0.5)

    def _stop(self) -> None:
        """End all that was started, each with its group: a web told to end while its worker starts leaves that behind."""
        for process in reversed(self.started):
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.started:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Interrupted


def _smtp(address: str) -> dict[str, str]:
    """The settings that lead to the simulated mail server, whatever the environment says of a real one."""
    found = urlsplit(address)
    host = {"GUICHET_SMTP_HOST": str(found.hostname), "GUICHET_SMTP_PORT": str(found.port)}
    return {**host, "GUICHET_SMTP_TLS": "none", "GUICHET_SMTP_USER": "", "GUICHET_SMTP_PASSWORD": ""}


def _ready(process: subprocess.Popen[str]) -> str:
    """The address a simulator prints when it answers."""
    line = process.stdout.readline() if process.stdout else ""
    if not line.startswith("ready "):
        raise CommandError(f"a simulator did not start: {process.args!r}")
    return line.split(maxsplit=1)[1].strip().rstrip("/")


def _wait_for(url: str, started: list[subprocess.Popen[str]]) -> None:
    """Wait until a page answers, or something that was started has ended."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in started):
            raise CommandError("a process ended before the first page answered (is the port free?)")
        if _answers(url):
            return
        time.sleep(0.05)
    raise CommandError(f"the first page did not answer in {START_SECONDS} seconds")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        pass
    return False
