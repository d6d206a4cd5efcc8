"""Drives a mail server from a test: starts the process, writes the fault script, reads what was received."""

from __future__ import annotations

import json
import smtplib
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from guichet.gateways.simulation import Process

from .mailbox import Mailbox


class MailServer:
    """One running simulator process; as a context manager it ends with the block."""

    def __init__(self, folder: Path, *options: str, has_control: bool = True) -> None:
        """Start it. Raises: RuntimeError when it does not start."""
        control = ["--control"] if has_control else []
        self._process = Process(f"{__package__}", "--port", "0", "--dir", str(folder), *control, *options)
        self.mailbox = Mailbox(folder)
        self.port = urlsplit(self._process.address).port or 0

    def __enter__(self) -> MailServer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> int:
        """End the process; its exit status."""
        return self._process.stop()

    def script(self, fault: str, *, to: str = "", times: int = 1, seconds: float = 1.0) -> None:
        """Let something go wrong: ``script("deferred", to="a@exemple.ch")``; see faults.py for the names."""
        self._told({"fault": fault, "to": to, "times": times, "seconds": seconds})

    def clear_script(self) -> None:
        """From now on all goes well."""
        self._told({})

    def _told(self, wanted: dict[str, object]) -> None:
        with smtplib.SMTP("127.0.0.1", self.port, local_hostname="localhost", timeout=30) as connection:
            code, said = connection.docmd("XSIM", json.dumps(wanted))
        if code != 250:
            raise ValueError(said.decode())
