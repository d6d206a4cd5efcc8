"""A mail server in a process of its own, and Django's settings that lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from guichet.gateways.mail.simulator.control import MailServer

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(scope="session")
def running_server(tmp_path_factory: Any) -> Iterator[MailServer]:
    """One process for all tests of the room."""
    with MailServer(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture
def server(running_server: MailServer, settings: Any) -> Iterator[MailServer]:
    """The process with nothing scripted; Django speaks to it as in production."""
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = SMTP, running_server.port
    yield running_server
    running_server.clear_script()
