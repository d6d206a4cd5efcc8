"""A process loads what it works with: the web no printer, the worker no page, neither the API before it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve, reverse

ROOT = Path(__file__).resolve().parents[2]
_ASKED = """
import sys
from guichet.config.wsgi import application
from django.urls import reverse
assert reverse("orders:catalogue") == "/prestations/"
assert not {"ninja", "pydantic", "typst", "pyhanko", "pikepdf", "lxml", "xsdata"} & set(sys.modules), sorted(sys.modules)
assert reverse("api:openapi-json") == "/api/openapi.json"
assert "ninja" in sys.modules
"""
_WORKED = """
import re, sys
from pathlib import Path
import django
django.setup()
from guichet import config
from guichet.config.management.commands import work
from guichet.casework.models import OutboxMessage
from guichet.casework.outbox import compose
assert not work.Command.requires_system_checks
mails = [path.relative_to(path.parents[2]) for path in Path(config.__file__).parents[1].glob("*/templates/*/mail/*.txt")]
for mail in mails:
    compose(OutboxMessage(kind=f"{mail.parts[0]}/{mail.stem}", context={}))
pages = [name for name in sys.modules if re.search("[.](urls|templatetags)$", name) and name.startswith("guichet.")]
print(len(mails), pages)
"""


def _said(code: str, data: Path) -> str:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "guichet.config.settings",
        "GUICHET_DATA": str(data),
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_process_of_the_web_loads_neither_the_api_nor_what_makes_documents_until_asked(tmp_path: Path) -> None:
    _said(_ASKED, tmp_path)


def test_a_worker_loads_no_page_however_many_mails_it_writes(tmp_path: Path) -> None:
    mails, _, pages = _said(_WORKED, tmp_path).partition(" ")

    assert int(mails) > 20
    assert pages.strip() == "[]"


@pytest.mark.django_db
def test_the_api_answers_and_its_names_lead_to_it(client: Client) -> None:
    address = reverse("api:openapi-json")

    assert resolve(address).namespace == "api"
    assert client.get(address).status_code == 200
    assert client.get("/api/nulle-part").status_code == 404
