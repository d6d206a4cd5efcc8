"""Examine an unknown file in a process of its own, with bounds on time and memory: PDF parsers are attacked.

Run as a module it reads one line of JSON (the certificates), then the file, and writes one line of JSON.
"""

from __future__ import annotations

import base64
import json
import logging
import resource
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from guichet.kit.errors import Refused

from .seals import SealReport

CPU_SECONDS, WALL_SECONDS = 5, 30
MEMORY = 768 * 1024 * 1024
_PLACES = threading.BoundedSemaphore(2)


class TooBusy(Refused):
    """Other files are being examined; nothing is said of this one."""

    code = "too_busy"
    status = 503


def examine_apart(pdf: bytes, *, trusted: Sequence[bytes], seal: bytes) -> SealReport:
    """As ``examine``, with certificates in DER; a file that exhausts its bounds bears no seal. Takes half a second.

    Raises:
        TooBusy: two others are being examined by this process, and none ends in time.
    """
    if not _PLACES.acquire(timeout=WALL_SECONDS):
        raise TooBusy("Plusieurs fichiers sont en cours de vérification. Réessayez dans une minute.")
    try:
        return _examined(pdf, trusted, seal)
    finally:
        _PLACES.release()


def _examined(pdf: bytes, trusted: Sequence[bytes], seal: bytes) -> SealReport:
    known = {
        "trusted": [base64.b64encode(der).decode() for der in trusted],
        "seal": base64.b64encode(seal).decode(),
    }
    try:
        done = subprocess.run(  # noqa: S603 - this very module, under this very interpreter
            [sys.executable, "-m", __name__],
            input=json.dumps(known).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
        )
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return SealReport()
    at = found.pop("sealed_at")
    return SealReport(**found, sealed_at=datetime.fromisoformat(at) if at else None)


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """The process: bounds first, then the file."""
    _bound()
    logging.disable()
    from asn1crypto import x509  # noqa: PLC0415 - within the bounds, and never in the process that asks

    from .examination import examine  # noqa: PLC0415 - the same

    known = json.loads(sys.stdin.buffer.readline())
    trusted = [x509.Certificate.load(base64.b64decode(der)) for der in known["trusted"]]
    seal = x509.Certificate.load(base64.b64decode(known["seal"]))
    found = asdict(examine(sys.stdin.buffer.read(), trusted=trusted, seal=seal))
    found["sealed_at"] = found["sealed_at"].isoformat() if found["sealed_at"] else None
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
