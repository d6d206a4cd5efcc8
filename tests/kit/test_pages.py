"""Pages of the gallery and of what went wrong, as a browser receives them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory

from guichet.kit import views
from guichet.kit.error_pages import ErrorPages
from guichet.kit.gallery import PAGES

pytestmark = pytest.mark.django_db


def assets_of(page: str) -> Iterator[bytes]:
    """What a browser fetches at once to show a page in French: sheet, icon, and the first font of the sheet."""
    names = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    for name in [*names, "kit/fonts/public-sans.woff2"]:
        plain = re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", name)
        yield Path(str(finders.find(plain))).read_bytes()


@pytest.mark.parametrize("address", [page.address for page in PAGES])
def test_every_page_of_the_gallery_is_shown_under_the_strict_policy(client: Client, address: str) -> None:
    response = client.get(address)
    policy = response["Content-Security-Policy"]

    assert response.status_code == 200
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", [page.address for page in PAGES])
def test_no_page_of_the_gallery_asks_the_database(client: Client, address: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get(address)


def test_the_first_page_weighs_at_most_25_kib_in_four_requests(client: Client) -> None:
    page = client.get("/").content
    assets = list(assets_of(page.decode()))

    weight = len(gzip.compress(page)) + sum(min(len(asset), len(gzip.compress(asset))) for asset in assets)

    assert 1 + len(assets) <= 4
    assert weight <= 25 * 1024


def test_a_refused_form_is_answered_with_422_and_says_so_in_its_title(client: Client) -> None:
    response = client.post("/kit/formulaire/", {})

    assert response.status_code == 422
    assert "<title>Erreur\N{NO-BREAK SPACE}: Vos données" in response.content.decode()


def test_an_unknown_address_gets_a_french_page_with_both_contacts(client: Client, settings: Any) -> None:
    response = client.get("/n-existe-pas/")
    page = response.content.decode()

    assert response.status_code == 404
    assert "Cette page n'existe pas" in page.replace("&#x27;", "'")
    assert settings.OFFICE["contact_technical"] in page
    assert settings.OFFICE["contact_substance"] in page


def test_a_form_without_its_token_is_told_to_reload() -> None:
    response = Client(enforce_csrf_checks=True).post("/kit/formulaire/", {})

    assert response.status_code == 403
    assert "rechargez-la" in response.content.decode()


def test_a_broken_page_needs_neither_session_nor_database(rf: RequestFactory, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = views.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "ne payez pas une seconde fois" in response.content.decode()


def test_a_database_that_does_not_answer_is_told_as_unavailable(rf: RequestFactory) -> None:
    try:
        raise OperationalError("connection refused at a secret place")
    except OperationalError:
        response = views.server_error(rf.get("/"))

    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "secret place" not in response.content.decode()


def test_an_empty_405_becomes_a_page_and_keeps_the_allowed_methods(rf: RequestFactory) -> None:
    answer = ErrorPages(lambda request: HttpResponseNotAllowed(["POST"]))

    response = answer(rf.get("/"))

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "formulaire" in response.content.decode()


def test_other_answers_pass_untouched(rf: RequestFactory) -> None:
    answer = HttpResponse("bonjour")

    assert ErrorPages(lambda request: answer)(rf.get("/")) is answer


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/suivi/%00/", "/prestations/?q=%00", "/verifier/%00/"])
def test_an_address_with_a_nul_is_no_address(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("came_from", "leads_back"),
    [("http://testserver/suivi/?a=1", 'href="/suivi/?a=1"'), ("https://ailleurs.exemple.ch/piege", ""), ("", "")],
)
def test_what_is_refused_leads_back_to_where_one_was_on_this_site(
    client: Client, came_from: str, leads_back: str
) -> None:
    page = client.get("/identite/demande/rien/", headers={"referer": came_from}).content.decode()

    assert "Repartir de l'accueil" in page
    assert ("Revenir à la page précédente" in page) is bool(leads_back)
    assert leads_back in page
    assert "ailleurs" not in page
