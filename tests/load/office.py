"""The whole office as processes for the bench: simulators, web, worker, database; their processor time and memory."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil

from guichet.gateways.mail.simulator.control import MailServer
from guichet.gateways.payment.simulator.control import Simulator

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Office:
    """Started once for a database; ``close`` ends everything."""

    def __init__(self, folder: Path, database: str) -> None:
        self.data = folder / "data"
        self.data.mkdir(parents=True)
        self.jobs, self.notices = folder / "jobs.jsonl", folder / "notices.txt"
        self.port = free_port()
        left_out = ("GUICHET_", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE")  # a cold start compiles nothing anew
        kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
        self.env = kept | {
            "GUICHET_DATA": str(self.data),
            "GUICHET_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "DATABASE_URL": database or f"sqlite:///{self.data / 'guichet.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "guichet.config.settings",
            "METER_JOBS": str(self.jobs),
            "METER_NOTICES": str(self.notices),
            "METER_UNSEALED": "1",
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "GUICHET_COLLECTED_STATIC": "1",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        file = self.data / "floor.sqlite3"
        self.floor_database = database or f"sqlite:///{file}"
        os.environ.update({name: self.env[name] for name in self.env if name.startswith(("GUICHET_", "DATABASE_URL"))})
        os.environ["DJANGO_SETTINGS_MODULE"] = self.env["DJANGO_SETTINGS_MODULE"]
        self.started: list[subprocess.Popen[Any]] = []
        self.web: subprocess.Popen[Any] | None = None
        self.worker: subprocess.Popen[Any] | None = None

    def open(self, persons: int) -> None:
        """Prepare the data and start everything but web and worker."""
        self.simulator = Simulator.start()
        self.mail = MailServer(self.data / "mail-simulator")
        self.env["GUICHET_SAFERPAY_URL"] = self.simulator.base_url
        self.env["GUICHET_SMTP_PORT"] = str(self.mail.port)
        self.call("-m", "guichet.gateways.signing.authority", str(self.data / "seal"))
        stamps = self.start("-m", "guichet.gateways.timestamp.simulator", "--port", "0", "--dir", self.data / "seal")
        assert stamps.stdout is not None
        self.env["GUICHET_TIMESTAMP_URL"] = stamps.stdout.readline().split()[1]
        self.call("-m", "guichet", "demo", "--persons", str(persons))

    def call(self, *arguments: object) -> str:
        """Run Python with these arguments to its end; what it printed."""
        command = [sys.executable, *map(str, arguments)]
        done = subprocess.run(command, env=self.env, cwd=ROOT, check=False, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout[-2000:]} {done.stderr[-3000:]}")
        return done.stdout

    def start(self, *arguments: object) -> subprocess.Popen[Any]:
        """Start Python with these arguments."""
        command = [sys.executable, *map(str, arguments)]
        process = subprocess.Popen(command, env=self.env, cwd=ROOT, text=True, stdout=subprocess.PIPE)
        self.started.append(process)
        return process

    def start_web(self, *, workers: int, application: str = "tests.load.meter:application") -> float:
        """Start the web; seconds until its first page has come."""
        begun = time.perf_counter()
        self.web = self.serve(application, self.port, workers=workers)
        wait_for(f"http://127.0.0.1:{self.port}/", self.web)
        return time.perf_counter() - begun

    def serve(self, application: str, port: int, *, workers: int) -> subprocess.Popen[Any]:
        """A WSGI application on granian, as ``guichet run`` serves ours."""
        granian = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
        return self.start(
            *granian, "--workers", workers, "--blocking-threads", "4", "--log-level", "warning", application
        )

    def hire(self, *, sealing: bool) -> None:
        """Start the worker."""
        self.env["METER_UNSEALED"] = "0" if sealing else "1"
        self.worker = self.start("-m", "tests.load.meter", "work")

    def stop(self, process: subprocess.Popen[Any] | None) -> None:
        """End one process."""
        if process is None or process.poll() is not None:
            return
        children = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for child in children:  # a granian that was told to end while a worker was still starting leaves it behind
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()

    def close(self) -> None:
        """End all that was started."""
        for process in reversed(self.started):
            self.stop(process)
        self.mail.stop()
        self.simulator.stop()

    def processor_ms(self) -> float:
        """Processor time so far of web and worker with all their children."""
        return sum(_spent(process) for process in (self.web, self.worker) if process)

    def memory_mib(self) -> dict[str, float]:
        """Resident memory: the largest web process, and the worker."""
        assert self.web is not None
        found = {"web": largest_mib(self.web)}
        if self.worker:
            found["worker"] = psutil.Process(self.worker.pid).memory_info().rss / 2**20
        return found

    def idle_ms_a_second(self) -> float:
        """What web and worker spend a second with nothing to do (an idle worker looks for jobs)."""
        begun = self.processor_ms()
        time.sleep(2)
        return (self.processor_ms() - begun) / 2

    def ask_database(self, question: str) -> Any:
        """The first value of one question in plain SQL."""
        import django
        from django.apps import apps
        from django.db import connection

        if not apps.ready:
            django.setup()
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]

    def orders_delivered(self) -> int:
        """How many orders have reached their applicant, each with one document."""
        orders = int(self.ask_database("SELECT count(*) FROM orders_order WHERE state = 'delivered'"))
        documents = int(self.ask_database("SELECT count(DISTINCT case_reference) FROM documents_issueddocument"))
        if orders != documents:
            raise RuntimeError(f"{orders} orders delivered, {documents} with a document")
        return orders

    def wait_until_idle(self, *, seconds: float = 60) -> None:
        """Until the worker has nothing left to do."""
        end, quiet = time.monotonic() + seconds, 0
        while quiet < 3:
            due = "SELECT count(*) FROM casework_job WHERE status <> 'dead' AND run_after IS NULL"
            quiet = 0 if self.ask_database(due) else quiet + 1
            if time.monotonic() > end:
                raise RuntimeError("the worker does not finish")
            time.sleep(0.1)

    def jobs_done(self) -> list[dict[str, Any]]:
        """What the worker wrote about each job since this was last asked."""
        lines = self.jobs.read_text().splitlines() if self.jobs.exists() else []
        self.jobs.unlink(missing_ok=True)
        return [json.loads(line) for line in lines]

    def notices_heard(self) -> list[tuple[int, int, float]]:
        """What each payment notification cost: statements, commits, milliseconds."""
        lines = self.notices.read_text().splitlines() if self.notices.exists() else []
        self.notices.unlink(missing_ok=True)
        return [(int(a), int(b), float(c)) for a, b, c in (line.split() for line in lines)]


def largest_mib(server: subprocess.Popen[Any]) -> float:
    """Resident memory of the largest of a server's own processes."""
    root = psutil.Process(server.pid)
    return max(one.memory_info().rss for one in root.children(recursive=True) or [root]) / 2**20


def _spent(process: subprocess.Popen[Any]) -> float:
    root = psutil.Process(process.pid)
    times = [one.cpu_times() for one in (root, *root.children(recursive=True))]
    return sum(one.user + one.system for one in times) * 1000


def wait_for(url: str, process: subprocess.Popen[Any]) -> None:
    """Wait until a page answers."""
    for _ in range(3000):
        if process.poll() is not None:
            raise RuntimeError(f"ended before its first page: {process.args!r}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("no first page in 30 seconds")
