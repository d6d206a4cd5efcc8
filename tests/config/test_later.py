"""The API is loaded when it is first asked for, and is found, named and described all the same."""

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


def test_a_process_of_the_web_loads_neither_the_api_nor_what_makes_documents_until_asked(tmp_path: Path) -> None:
    env = {**os.environ, "GUICHET_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}

    done = subprocess.run([sys.executable, "-c", _ASKED], env=env, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.django_db
def test_the_api_answers_and_its_names_lead_to_it(client: Client) -> None:
    address = reverse("api:openapi-json")

    assert resolve(address).namespace == "api"
    assert client.get(address).status_code == 200
    assert client.get("/api/nulle-part").status_code == 404
