"""A test authority and a time-stamper for tests that seal, and the outside tools that check the result."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from guichet.gateways.signing import authority
from guichet.gateways.timestamp.simulator import Simulator
from guichet.gateways.timestamp.simulator.replies import Stamp
from guichet.kit import clock


def seal_settings(folder: Path) -> dict[str, object]:
    """``settings.SEAL`` for an authority kept in ``folder``."""
    return {
        "key_file": str(folder / "seal.key.pem"),
        "certificate_file": str(folder / "seal.cert.pem"),
        "chain_file": str(folder / "chain.pem"),
        "crl_dir": str(folder),
        "pkcs11": {"module": "", "token_label": "", "key_label": "", "pin": ""},
    }


def an_authority(folder: Path) -> Path:
    """A test authority made now in ``folder``."""
    authority.ensure(folder, at=clock.now())
    return folder


@contextmanager
def a_time_stamper(folder: Path) -> Iterator[Simulator]:
    """The simulator on loopback, signing with the authority's time-stamper."""
    server = Simulator(0, Stamp.of(folder))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def output_of(*command: str) -> str:
    """What an outside tool says; without it the test can't run, which counts as failed in CI."""
    if shutil.which(command[0]) is None:
        if os.environ.get("CI"):
            pytest.fail(f"{command[0]} is not installed")
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
