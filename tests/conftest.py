"""The harness: warnings are errors, the network is closed but for loopback, append-only tables can be emptied between tests."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis
from playwright.sync_api import Browser, sync_playwright

from guichet.casework import maintenance, triggers
from guichet.documents import sealing as seals
from guichet.gateways.timestamp.simulator import Simulator
from guichet.kit import limits
from guichet.kit.memory import Remembered
from tests.documents.places import a_time_stamper, an_authority, seal_settings

# How long an example takes says something of the machine and nothing of the code.
hypothesis.register_profile("guichet", deadline=None)
hypothesis.load_profile("guichet")


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> None:
    """Argon2 is made to be slow; tests sign in often."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office's own authority, made once for all tests."""
    return an_authority(tmp_path_factory.mktemp("authority") / "seal")


@pytest.fixture(scope="session")
def time_stamping(seal_folder: Path) -> Iterator[Simulator]:
    with a_time_stamper(seal_folder) as server:
        yield server


@pytest.fixture
def sealing(time_stamping: Simulator, seal_folder: Path, settings: Any) -> Iterator[Simulator]:
    """What is sealed in this test is sealed for real; gives the time-stamper, whose faults last for one test."""
    settings.SEAL = seal_settings(seal_folder)
    settings.TIMESTAMP = {"url": time_stamping.url}
    time_stamping.fault = "none"
    yield time_stamping
    time_stamping.fault = "none"


@pytest.fixture(autouse=True)
def seal_beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seal in a thread of its own where a browser of this process holds the event loop that sealing wants."""
    real = seals.seal

    def seal(pdf: bytes) -> bytes:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return real(pdf)
        with ThreadPoolExecutor(max_workers=1) as aside:
            return aside.submit(real, pdf).result()

    monkeypatch.setattr(seals, "seal", seal)


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """No test counts the attempts of another."""
    limits.forget()


@pytest.fixture(autouse=True)
def no_maintenance(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test remembers nothing of another's, but that no maintenance is announced; a test of maintenance forgets that."""
    Remembered.forget_all()
    monkeypatch.setattr(maintenance.planned_now, "_held", (float("inf"), ()))


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Any, settings: Any) -> None:
    """Each test has its own store and its own mailbox."""
    settings.STORE_DIR = tmp_path / "store"
    settings.MAILBOX_DIR = tmp_path / "mail-simulator"


_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: Any) -> None:
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"tests do not leave the machine: {address[0]}")
    _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def closed_network() -> Iterator[None]:
    """A test that would reach another machine fails."""
    socket.socket.connect = _loopback_only  # type: ignore[method-assign]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]


def _append_only_tables() -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'append_only_%'"
            )
        else:
            cursor.execute(
                "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE 'append_only_%'"
            )
        return [row[0] for row in cursor.fetchall()]


_teardown = TransactionTestCase._fixture_teardown


def _teardown_with_append_only_tables(self: TransactionTestCase) -> None:
    """Lift the triggers while a test's rows are removed, then put them back: only the harness may do that."""
    tables = _append_only_tables()
    with connection.schema_editor() as editor:
        for table in tables:
            triggers.append_only(table)[0].reverse_code(None, editor)
    try:
        _teardown(self)
    finally:
        with connection.schema_editor() as editor:
            for table in tables:
                triggers.append_only(table)[0].code(None, editor)


TransactionTestCase._fixture_teardown = _teardown_with_append_only_tables  # type: ignore[method-assign]


FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Debian's Chromium that has no window, one for all tests of a process: Playwright allows one.

    Playwright keeps an event loop in the tests' thread, which Django takes for an asynchronous view; hence the variable.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=list(FLAGS))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
